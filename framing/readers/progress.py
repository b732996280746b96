"""A progress bar for work that takes more than a second."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Any

DELAY = 1.0  # seconds


class LateBar:
    """Show how much of some bytes is done, once the work has lasted a second.

    tqdm has such a delay too, but loading it takes longer than reading a usual file.

    Parameters
    ----------
    total
        The bytes to work through.
    what
        What is being done, shown before the bar.
    """

    def __init__(self, total: int, what: str) -> None:
        self.total = total
        self.what = what
        self.done = 0
        self.bar: Any = None
        self.start = time.monotonic()

    def __enter__(self) -> LateBar:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.bar is not None:
            self.bar.close()

    def update(self, n_bytes: int) -> None:
        """Count bytes as done."""
        self.done += n_bytes
        if self.bar is not None:
            self.bar.update(n_bytes)
        elif time.monotonic() - self.start > DELAY:
            from tqdm.auto import tqdm

            self.bar = tqdm(
                total=self.total, initial=self.done, desc=self.what, unit="B", unit_scale=True,
                leave=False,
            )  # fmt: skip
