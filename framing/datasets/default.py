"""The articles that the notebooks work on: one's own, or else what the toolkit offers."""

from __future__ import annotations

import os
import warnings
from collections.abc import Mapping
from pathlib import Path

from framing._checks import listing
from framing.articles import Articles, read_articles
from framing.datasets.news import fetch_news_articles
from framing.datasets.sample import load_sample

SAMPLE = "sample"


def load_articles(
    path: str | Path | None = None,
    *,
    columns: Mapping[str, str] | None = None,
    source: str | None = None,
    date: str | None = None,
    date_order: str | None = None,
    encoding: str | None = None,
    max_bytes: int = 4 * 1024**3,
) -> Articles:
    """Read your own articles or, without a path, the news corpus.

    The notebooks begin with it, so that one parameter puts them on other articles. Where no path
    is given and the news corpus is neither on this computer nor to be had, it returns the bundled
    sample with a warning.

    Parameters
    ----------
    path
        A folder or file that `read_articles` can read, or ``"sample"`` for the bundled sample
        (unless a folder or file in the working folder is called so: that comes first). None takes
        what the environment variable ``FRAMING_ARTICLES`` names, or else the news corpus.
    columns, source, date, date_order, encoding, max_bytes
        How to read your own articles, as in `read_articles`.

    Returns
    -------
    Articles
        `articles` and `problems`, as `read_articles` returns them.

    Raises
    ------
    FileNotFoundError
        Where the path does not exist.
    ValueError
        Where nothing in it can be read, or where it is said how to read articles that are not
        your own.

    See Also
    --------
    read_articles : Reads files with all its options.
    fetch_news_articles : The news corpus.
    load_sample : The bundled sample.

    Examples
    --------
    >>> from framing.datasets import load_articles
    >>> articles, problems = load_articles("sample")
    >>> len(articles)
    120
    """
    given = path if path is not None else os.environ.get("FRAMING_ARTICLES") or None
    if given is not None and not is_sample(given):
        return read_articles(
            given,
            columns=columns,
            source=source,
            date=date,
            date_order=date_order,
            encoding=encoding,
            max_bytes=max_bytes,
        )
    options = {
        "columns": columns,
        "source": source,
        "date": date,
        "date_order": date_order,
        "encoding": encoding,
    }
    named = [name for name, value in options.items() if value]
    if named:
        what = "the news corpus" if given is None else "the bundled sample"
        msg = (
            f"load_articles: {listing(named)} tell how to read your own articles, but these are "
            f"{what}. Name a folder or file, or leave that out."
        )
        raise ValueError(msg)
    if given is not None:
        return load_sample()
    try:
        return fetch_news_articles()
    except OSError as error:
        msg = (
            "load_articles: these are the 120 INVENTED articles of the bundled sample, because the "
            f"news corpus could not be had ({error})"
        )
        warnings.warn(msg, stacklevel=2)
        return load_sample()


def is_sample(path: str | Path | None) -> bool:
    """Tell whether a path is the name of the bundled sample, and no file or folder of one's own."""
    return path == SAMPLE and not Path(SAMPLE).exists()
