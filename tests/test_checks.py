"""What functions say of a number that is none, no whole one, or too small."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest

from framing._checks import check_at_least
from framing.collocation import collocates
from framing.concordance import kwic
from framing.corpus import Corpus, build_corpus
from framing.datasets import make_articles
from framing.dispersion import dispersion
from framing.keyness import keyness
from framing.plots.keyness import plot_keyness
from framing.plots.style import paper


def small() -> Corpus:
    texts = ["talks on Syria began", "talks on Syria ended", "rebels left Aleppo"]
    articles = pd.DataFrame({"doc_id": ["a", "b", "c"], "text": texts, "source": ["X", "X", "Y"]})
    return build_corpus(articles, fields=["text"])


def shown() -> pd.DataFrame:
    return keyness(small(), by="source", target="X", min_count=1)


CALLS: dict[str, Callable[[Any], object]] = {
    "collocates: window=": lambda n: collocates(small(), "syria", window=n),
    "collocates: min_count=": lambda n: collocates(small(), "syria", min_count=n),
    "kwic: window=": lambda n: kwic(small(), "syria", window=n),
    "kwic: limit=": lambda n: kwic(small(), "syria", limit=n),
    "keyness: min_count=": lambda n: keyness(small(), by="source", min_count=n),
    "dispersion: min_count=": lambda n: dispersion(small(), min_count=n),
    "make_articles: n_articles=": lambda n: make_articles(n, seed=1),
    "plot_keyness: n=": lambda n: plot_keyness(shown(), n=n),
}


@pytest.mark.parametrize("number", [2.5, "ten", True, np.nan])
@pytest.mark.parametrize("place", sorted(CALLS))
def test_a_number_that_is_no_whole_one_is_named(place: str, number: object) -> None:
    least = "0" if place.startswith("kwic: window") else "1"
    message = f"{place}{number!r} is not a whole number. Pass {least} or more."
    with pytest.raises(TypeError, match=f"^{re.escape(message)}$"):
        CALLS[place](number)


def test_whole_numbers_of_numpy_are_whole_numbers() -> None:
    one = kwic(small(), "syria", window=np.int64(1))
    pd.testing.assert_frame_equal(one, kwic(small(), "syria", window=1))


def test_a_length_may_have_a_fraction_but_is_a_number() -> None:
    with paper(89.5):
        assert mpl.rcParams["figure.figsize"][0] == pytest.approx(89.5 / 25.4)
    message = "paper: height='tall' is not a number. Pass 20 or more."
    with pytest.raises(TypeError, match=f"^{re.escape(message)}$"):
        paper("single", height="tall")  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [0, -3, 0.5])
def test_a_number_below_the_least_is_named(value: float) -> None:
    message = f"here: n={value!r} is below 1. Pass 1 or more."
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        check_at_least("here", "n", value, 1, whole=False)
