"""What each kernel runs before the code of a page: no progress bars, no paths in warnings."""

from __future__ import annotations

import functools
import warnings

import tqdm.auto


def one_line(message: Warning | str, category: type[Warning], *_: object) -> str:
    """Return a warning without the file that it came from."""
    return f"{category.__name__}: {message}\n"


# The bars of notebooks would need scripts from the web, and do not heed TQDM_DISABLE.
tqdm.auto.tqdm = functools.partial(tqdm.auto.tqdm, disable=True)
warnings.formatwarning = one_line
