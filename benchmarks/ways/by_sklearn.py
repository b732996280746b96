"""The tasks by scikit-learn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ways.way import WORD, Way, kept, said_count, said_keyness, said_tokens, sources, texts


def _vectorise(lines: list[str]) -> Any:
    from sklearn.feature_extraction.text import CountVectorizer

    vectoriser = CountVectorizer(token_pattern=r"\b\w+\b")
    return vectoriser.fit_transform(lines), vectoriser.vocabulary_


def _see_tokens(made: Any) -> str:
    matrix, places = made
    return said_tokens(matrix.sum(), matrix.shape[1], matrix[:, places[WORD]].sum())


def matrix(folder: Path) -> Any:
    """Return the matrix, the vocabulary and the source of each article."""
    import numpy as np

    found, places = kept(folder, "sklearn", lambda folder: _vectorise(texts(folder)))
    return found, places, np.array(sources(folder))


def _frequency(made: Any) -> Any:
    import numpy as np
    import pandas as pd

    found, places, source = made
    names = np.unique(source)
    sums = [np.asarray(found[source == name].sum(axis=0)).ravel() for name in names]
    return pd.DataFrame(sums, index=names, columns=sorted(places, key=places.get))


def _see_frequency(table: Any) -> str:
    return said_count(table.index[0], table[WORD].iloc[0])


def _chi2(made: Any) -> Any:
    import numpy as np
    from sklearn.feature_selection import chi2

    found, places, source = made
    return {name: chi2(found, source == name) for name in np.unique(source)}, places


def _see_chi2(made: Any) -> str:
    scores, places = made
    name = next(iter(scores))
    return said_keyness(str(name), scores[name][0][places[WORD]], "χ² (no sign)")


def _way(task: str, name: str, make: Any, do: Any, see: Any) -> Way:
    return Way(task, name, make, do, see, "scikit-learn")


WAYS = [
    _way("tokens", "scikit-learn CountVectorizer", texts, _vectorise, _see_tokens),
    _way("frequency", "scikit-learn matrix, rows summed", matrix, _frequency, _see_frequency),
    _way("keyness", "scikit-learn chi2", matrix, _chi2, _see_chi2),
]
