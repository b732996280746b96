"""Set-up shared by all tests: no window is ever opened, and no user's cache is touched."""

from __future__ import annotations

import os
import tempfile

os.environ["MPLBACKEND"] = "agg"
os.environ["FRAMING_CACHE"] = tempfile.mkdtemp(prefix="framing-tests-")
