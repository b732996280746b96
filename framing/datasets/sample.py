"""The bundled sample: invented articles that read like news."""

from __future__ import annotations

from pathlib import Path

from framing.articles import Articles, read_articles

# In a wheel the data lie inside the package, in a checkout beside it.
_FOLDERS = (
    Path(__file__).resolve().parents[1] / "_data" / "sample",
    Path(__file__).resolve().parents[2] / "data" / "sample",
)


def load_sample() -> Articles:
    """Return 120 short invented articles on an invented round of ceasefire talks.

    Four invented outlets of four countries report from September to November 2024, each in its
    own words, on a war in a country that does not exist. Outlets, articles and people are all
    made up; use them to try things out without a network, never as evidence.

    Returns
    -------
    Articles
        `articles` and `problems`, as `read_articles` returns them.

    Raises
    ------
    FileNotFoundError
        If the installation lacks the sample.

    See Also
    --------
    fetch_news_articles : A real corpus of nine outlets.
    make_articles : Synthetic articles with known differences.

    Examples
    --------
    >>> from framing.datasets import load_sample
    >>> articles, problems = load_sample()
    >>> articles["source"].value_counts().sort_index().to_dict()
    {'Fantasie-Kurier': 30, 'Imaginary Ledger': 30, 'Khayal News': 30, 'Skazka Wire': 30}
    >>> len(problems)
    0
    """
    for folder in _FOLDERS:
        if (folder / "articles.csv").is_file():
            return read_articles(folder / "articles.csv")
    msg = (
        f"load_sample: there is no articles.csv in {str(_FOLDERS[0])!r} or {str(_FOLDERS[1])!r}. "
        "The installation is incomplete. Install the package again."
    )
    raise FileNotFoundError(msg)
