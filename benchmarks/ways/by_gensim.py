"""The tasks by gensim."""

from __future__ import annotations

from typing import Any

from ways.way import WORD, Way, said_tokens, texts


def _tokenise(lines: list[str]) -> Any:
    from gensim.corpora import Dictionary
    from gensim.matutils import corpus2csc
    from gensim.utils import simple_preprocess

    words = [simple_preprocess(line, min_len=1, max_len=1000) for line in lines]
    dictionary = Dictionary(words)
    bags = [dictionary.doc2bow(line) for line in words]
    return corpus2csc(bags, num_terms=len(dictionary), num_docs=len(bags), dtype=int), dictionary


def _see_tokens(made: Any) -> str:
    matrix, dictionary = made
    row = dictionary.token2id[WORD]
    return said_tokens(matrix.sum(), matrix.shape[0], matrix[[row]].sum())


WAYS = [Way("tokens", "gensim Dictionary, doc2bow", texts, _tokenise, _see_tokens, "gensim")]
