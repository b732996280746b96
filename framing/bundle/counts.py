"""How often each term stands in each article, without what would lead back to the texts."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from framing.bundle.guard import SHORT, Rules
from framing.bundle.ids import keyed
from framing.corpus import Corpus, document_term_matrix
from framing.tables import csv_text

if TYPE_CHECKING:
    from scipy import sparse

LONGEST = 5
"""Words of the longest joined phrase that is given as a term."""

UNITS = ("article", "month")
KEPT = ("source", "country", "date")


@dataclass(frozen=True)
class Counts:
    """The files of counts, and what was left out.

    Attributes
    ----------
    files : dict of str to bytes
        Name and content.
    about : dict
        Numbers for the README and `bundle.json`.
    rules : Rules
        What follows for the rows of other tables.
    """

    files: dict[str, bytes]
    about: dict[str, Any]
    rules: Rules


def count_files(corpus: Corpus, *, unit: str, min_articles: int, key: str) -> Counts:
    """Return the files that tell of articles and of counts of terms.

    Articles are sorted by their keyed id, so that their order tells nothing.
    """
    articles, order = _articles(corpus, key)
    matrix = document_term_matrix(corpus)[order]
    if unit == "article":
        articles["counted"] = articles["n_tokens"] >= SHORT
        rows = articles[["doc_id"]]
        sums = _rows_where(articles["counted"].to_numpy(dtype=bool)) @ matrix
    else:
        rows, which, articles["counted"] = _months(articles, min_articles)
        sums = which @ matrix
    counted = matrix[articles["counted"].to_numpy(dtype=bool)]
    n_articles = np.bincount(counted.indices, minlength=matrix.shape[1])
    few_words = np.array([n < LONGEST for n in _joints(corpus)], dtype=bool)
    given = np.flatnonzero((n_articles >= min_articles) & few_words)
    sums = sums[:, given].tocsr()
    terms = pd.DataFrame({
        "term": corpus.vocabulary[given],
        "count": np.asarray(sums.sum(axis=0)).ravel(),
        "n_articles": n_articles[given],
    })  # fmt: skip
    files = {
        "articles.csv": csv_text(articles).encode("utf-8"),
        "counts/rows.csv": csv_text(rows).encode("utf-8"),
        "counts/terms.csv": csv_text(terms).encode("utf-8"),
        "counts/counts.mtx": _matrix_market(sums),
    }
    about = {
        "unit": unit,
        "min_articles": min_articles,
        "min_tokens": SHORT if unit == "article" else 0,
        "n_articles": len(articles),
        "n_articles_not_counted": int((~articles["counted"]).sum()),
        "n_tokens": int(articles["n_tokens"].sum()),
        "n_tokens_given": int(sums.sum()),
        "n_terms": len(corpus.vocabulary),
        "n_terms_given": len(terms),
    }
    ids = corpus.articles["doc_id"].astype(str).to_numpy(dtype=object)[order]
    hidden = ids if unit == "month" else ids[~articles["counted"].to_numpy(dtype=bool)]
    rules = Rules(key, frozenset(terms["term"]), frozenset(hidden.tolist()))
    return Counts(files, about, rules)


def _articles(corpus: Corpus, key: str) -> tuple[pd.DataFrame, npt.NDArray[np.intp]]:
    """Return one row an article, by keyed id, and the rows of the corpus that they are."""
    frame = corpus.articles
    found = pd.DataFrame({"doc_id": keyed(frame["doc_id"], key)})
    for name in KEPT:
        if name in frame.columns:
            found[name] = frame[name]
    if "date" in found.columns and pd.api.types.is_datetime64_any_dtype(found["date"]):
        found["date"] = found["date"].dt.strftime("%Y-%m-%d")
    kept = np.concatenate([[0], np.cumsum(corpus.codes >= 0)])
    found["n_tokens"] = np.diff(kept[corpus.offsets])
    order = np.argsort(found["doc_id"].to_numpy(dtype=object), kind="stable")
    return found.iloc[order].reset_index(drop=True), order


def _rows_where(mask: npt.NDArray[np.bool_]) -> sparse.csr_array[Any, tuple[int, int]]:
    """Return the matrix that keeps the rows of a mask and makes all others empty."""
    from scipy import sparse

    return sparse.csr_array(sparse.diags_array(mask.astype(np.int64), dtype=np.int64))


def _months(
    articles: pd.DataFrame, min_articles: int
) -> tuple[pd.DataFrame, sparse.csr_array[Any, tuple[int, int]], pd.Series]:
    """Return the groups of source and month with enough articles, and which articles they are."""
    from scipy import sparse

    by = pd.DataFrame(index=articles.index)
    if "source" in articles.columns:
        by["source"] = articles["source"]
    if "date" in articles.columns:
        by["month"] = articles["date"].str.slice(0, 7)
    if by.empty:
        by["source"] = "all"
    by = by.astype("str")
    grouped = by.groupby(list(by.columns), dropna=False, sort=True)
    number = grouped.ngroup().to_numpy()
    sizes = np.bincount(number)
    groups = grouped.size().index.to_frame(index=False)
    large = np.flatnonzero(sizes >= min_articles)
    place = np.full(len(sizes), -1)
    place[large] = np.arange(len(large))
    counted = place[number] >= 0
    at = np.flatnonzero(counted)
    which = sparse.csr_array(
        (np.ones(len(at), dtype=np.int64), (place[number[at]], at)),
        shape=(len(large), len(articles)),
    )
    rows = groups.iloc[large].reset_index(drop=True).assign(
        n_articles=sizes[large],
        n_tokens=np.bincount(
            place[number[at]], articles["n_tokens"].to_numpy()[at], minlength=len(large)
        ).astype(np.int64),
    )  # fmt: skip
    return rows, which, pd.Series(counted, index=articles.index)


def _joints(corpus: Corpus) -> list[int]:
    """Return for each term how many words were joined to it, less one."""
    phrases = {"_".join(str(one).split()): str(one).count(" ")
               for one in corpus.settings.get("phrases") or []}  # fmt: skip
    return [phrases.get(term, 0) for term in corpus.vocabulary]


def _matrix_market(matrix: sparse.csr_array[Any, tuple[int, int]]) -> bytes:
    """Return a matrix of counts in the format of Matrix Market, which R and Python read."""
    entries = matrix.tocoo()
    head = (
        "%%MatrixMarket matrix coordinate integer general\n"
        "% row: line of rows.csv, column: line of terms.csv, both from 1 and without their heads\n"
        f"{matrix.shape[0]} {matrix.shape[1]} {matrix.nnz}\n"
    )
    order = np.lexsort((entries.col, entries.row))
    lines = pd.DataFrame({
        "row": entries.row[order] + 1, "column": entries.col[order] + 1, "n": entries.data[order]
    })  # fmt: skip
    body = io.StringIO()
    lines.to_csv(body, sep=" ", header=False, index=False, lineterminator="\n")
    return (head + body.getvalue()).encode("ascii")
