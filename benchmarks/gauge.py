"""Seconds and peak memory of a piece of work."""

from __future__ import annotations

import ctypes
import gc
import resource
import sys
import time
from pathlib import Path
from types import TracebackType

_STATUS = Path("/proc/self/status")
_CLEAR = Path("/proc/self/clear_refs")


class Gauge:
    """Measures what is done inside `with`.

    Attributes
    ----------
    seconds : float
        Wall time.
    cpu : float
        Processor seconds of all threads together: what other work on the machine disturbs least.
    start : int
        Bytes of resident memory at the start.
    peak : int
        Bytes of resident memory at the highest, beyond those at the start. Off Linux only what
        exceeds the process's highest so far is seen.
    """

    seconds: float
    cpu: float
    start: int
    peak: int

    def __enter__(self) -> Gauge:
        _let_go()
        self.start = _reset()
        self._clock = time.perf_counter(), time.process_time()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.seconds = time.perf_counter() - self._clock[0]
        self.cpu = time.process_time() - self._clock[1]
        self.peak = max(0, _highest() - self.start)


def _let_go() -> None:
    """Return free memory to the system, so that work cannot hide in what was freed before."""
    gc.collect()
    if "pyarrow" in sys.modules:
        import pyarrow as pa

        pa.default_memory_pool().release_unused()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim:
            trim(0)


def resident() -> int:
    """Return the bytes that are resident now."""
    return _status("VmRSS") if _STATUS.exists() else _highest()


def _reset() -> int:
    """Return the bytes that are resident now, and start counting the highest anew."""
    if _CLEAR.exists():
        _CLEAR.write_text("5")
    return resident()


def _highest() -> int:
    if _STATUS.exists():
        return _status("VmHWM")
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _status(name: str) -> int:
    lines = dict(line.split(":", 1) for line in _STATUS.read_text().splitlines())
    return int(lines[name].split()[0]) * 1024
