"""Set-up shared by all tests: no window is ever opened, and no user's cache is touched."""

from __future__ import annotations

import os
import tempfile

import pandas as pd
import pytest
from hypothesis import settings

import framing as fr

os.environ["MPLBACKEND"] = "agg"
os.environ["FRAMING_CACHE"] = tempfile.mkdtemp(prefix="framing-tests-")
# What needs a browser is run by `make browser`.
collect_ignore = [] if os.environ.get("FRAMING_BROWSER") else ["browser"]
# On a shared machine a deadline says nothing; in CI the same examples are tried each time.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


@pytest.fixture(scope="session")
def sample() -> tuple[fr.Corpus, pd.DataFrame]:
    """The sample as a corpus, and the mentions in it."""
    corpus = fr.build_corpus(fr.load_sample().articles)
    return corpus, fr.find_mentions(corpus, fr.load_ledger())
