"""Keyness by scattertext."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

from ways.by_sklearn import matrix
from ways.way import WORD, Way, said_keyness, texts


def _corpus(folder: Path) -> Any:
    import numpy as np
    import scattertext

    warnings.simplefilter("ignore")  # scattertext takes logarithms of 0
    found, places, source = matrix(folder)
    names, number = np.unique(source, return_inverse=True)
    made = scattertext.CorpusFromScikit(
        X=found,
        y=number,
        feature_vocabulary=places,
        category_names=list(names),
        raw_texts=texts(folder),
    )
    return made.build()


def _g2(corpus: Any) -> Any:
    from scattertext.termscoring.g2 import G2

    found = {}
    for name in corpus.get_categories():
        found[name] = G2(corpus).set_categories(category_name=name).get_scores()
    return found


def _see(scores: Any) -> str:
    name = min(scores)
    return said_keyness(name, scores[name][WORD], "G²")


WAYS = [Way("keyness", "scattertext G2", _corpus, _g2, _see, "scattertext")]
