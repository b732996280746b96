"""Set-up shared by all tests: no window is ever opened, and no user's cache is touched."""

from __future__ import annotations

import os
import tempfile

from hypothesis import settings

os.environ["MPLBACKEND"] = "agg"
os.environ["FRAMING_CACHE"] = tempfile.mkdtemp(prefix="framing-tests-")
# What needs a browser is run by `make browser`.
collect_ignore = [] if os.environ.get("FRAMING_BROWSER") else ["browser"]
# On a shared machine a deadline says nothing; in CI the same examples are tried each time.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")
