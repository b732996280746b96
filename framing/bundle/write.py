"""Writing a replication bundle."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from framing._checks import check_at_least, check_one_of
from framing.bundle.archive import write_archive
from framing.bundle.counts import UNITS, count_files
from framing.bundle.environment import environment
from framing.bundle.figures import Drawing, drawing_of, strings_in
from framing.bundle.guard import Rules, check_no_text, shareable, texts_of
from framing.bundle.ids import check_key, key_beside, key_text
from framing.bundle.readme import readme_text
from framing.corpus import Corpus, check_corpus
from framing.saving import replacing
from framing.tables import csv_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORM = "framing-bundle-1"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")


def bundle(
    path: str | Path,
    *,
    corpus: Corpus,
    results: Mapping[str, pd.DataFrame] | None = None,
    figures: Mapping[str, Figure | Axes] | None = None,
    counts: str = "article",
    min_articles: int = 5,
    licence: str | None = None,
    key: str | None = None,
) -> Path:
    """Write a replication bundle: all numbers and figures of a study, and no text of its articles.

    One zip file with a README that says what is in it, for an archive or the appendix of a paper.
    ``framing reproduce`` draws its figures again. Columns that hold text, addresses or places of
    words are left out, and listed; then every cell and label is compared with the articles. The
    same content and key give the same bytes.

    Parameters
    ----------
    path
        The file to write, such as ``"replication.zip"``; folders are made. It appears whole or
        not at all.
    corpus
        The corpus of the study, as `build_corpus` made it. Of it go in: keyed id, source, country,
        date and number of tokens of each article, and counts of terms.
    results
        Tables by name. Ids of articles become keyed ids; the table of `find_mentions` becomes
        counts of mentions by article and actor.
    figures
        What charts or `facets` returned, by name. The whole tables that they were given go in, so
        that they can be drawn again.
    counts
        What words are counted in: each ``"article"`` of 100 tokens or more, or each source and
        ``"month"`` of at least `min_articles` articles, which tells less of single articles.
    min_articles
        Articles in which a term must occur to be counted; the others' terms are left out.
    licence
        Under which licence you publish the bundle, such as ``"CC BY 4.0"``.
    key
        What keyed ids are made with, 16 characters or more. None takes the key in the file beside
        the bundle that ends in ``.key``, or writes a new one there. Do not publish it.

    Returns
    -------
    Path
        The bundle.

    Raises
    ------
    ValueError
        Where a name is no file name, a table or figure would show text of the articles, or a
        setting makes no sense.
    TypeError
        Where a result is no table, a figure no figure, or they come without names.

    See Also
    --------
    reproduce : Draws the figures of a bundle again and says what differs.
    save_corpus : Writes a corpus with its texts, for yourself.

    Examples
    --------
    >>> import tempfile
    >>> import framing as fr
    >>> corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    >>> table = fr.term_frequency(corpus, by="source")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = fr.bundle(folder + "/study.zip", corpus=corpus, results={"terms": table})
    ...     sorted(one.name for one in path.parent.iterdir())
    ['study.key', 'study.zip']
    """
    path = _checked_path(path)
    _check_study(corpus, counts, min_articles)
    results = _named("results", results, "table")
    figures = _named("figures", figures, "fig")
    secret, new_key = key_beside(path) if key is None else (check_key(key), None)
    counted = count_files(corpus, unit=counts, min_articles=min_articles, key=secret)
    rules = counted.rules
    files, about, texts = _tables(results, rules)
    drawings = {
        name: drawing_of(name, fig, corpus=corpus, rules=rules) for name, fig in figures.items()
    }
    for one in drawings.values():
        files |= one.files
        texts += one.texts
        about["left_out"] += [left.__dict__ for left in one.left]
    about |= _about(corpus, counted.about, drawings, licence)
    texts.append(("what is said of the corpus", strings_in(about)))
    check_no_text(corpus, texts)
    files |= counted.files
    files["bundle.json"] = (json.dumps(about, indent=1, ensure_ascii=False) + "\n").encode("utf-8")
    files["README.md"] = readme_text(about, path.name).encode("utf-8")
    _write(path, files, None if new_key is None else (new_key, secret))
    _warn_of_changed(drawings)
    return path


def _checked_path(path: str | Path) -> Path:
    """Return the path with its ending."""
    path = Path(path)
    if path.suffix == "":
        path = path.with_name(f"{path.name}.zip")
    if path.suffix.lower() != ".zip":
        msg = f"bundle: path={path.name!r} ends in {path.suffix!r}. A bundle is a .zip file."
        raise ValueError(msg)
    return path


def _check_study(corpus: Corpus, counts: str, min_articles: int) -> None:
    """Raise where the corpus is a part of articles, or a setting makes no sense."""
    check_corpus("bundle", corpus)
    check_one_of("bundle", "counts", counts, UNITS)
    check_at_least("bundle", "min_articles", min_articles, 2)
    if corpus.origin is not None or corpus.articles["doc_id"].duplicated().any():
        msg = (
            "bundle: the corpus holds the words around mentions, not whole articles; counts in so "
            "few words could be put in order. Pass the corpus that build_corpus() made."
        )
        raise ValueError(msg)


def _named(what: str, given: object, example: str) -> dict[str, Any]:
    """Return what the caller gave by names; raise where it has none, or none for a file."""
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        msg = (
            f"bundle: {what} is {type(given).__name__}, not a mapping of names. "
            f"Pass for example {what}={{'wording': {example}}}."
        )
        raise TypeError(msg)
    _check_names(what, given)
    return dict(given)


def _check_names(what: str, given: Mapping[Any, object]) -> None:
    """Raise ValueError for a name that is no file name on every system."""
    seen: set[str] = set()
    for name in given:
        if not isinstance(name, str) or not NAME.fullmatch(name):
            msg = (
                f"bundle: {what}: {name!r} is no name for a file. "
                "Take letters, digits, - and _, at most 64 of them."
            )
            raise ValueError(msg)
        if name.lower() in seen:
            msg = (
                f"bundle: {what}: {name!r} differs from another name in capitals only, which some "
                "systems take for the same file. Rename one."
            )
            raise ValueError(msg)
        seen.add(name.lower())


def _tables(
    results: Mapping[str, pd.DataFrame], rules: Rules
) -> tuple[dict[str, bytes], dict[str, Any], list[tuple[str, Iterable[str]]]]:
    """Return the files of the results, what is told of them, and their texts."""
    files: dict[str, bytes] = {}
    about: dict[str, Any] = {"format": FORM, "results": {}, "left_out": []}
    texts: list[tuple[str, Iterable[str]]] = []
    for name, table in results.items():
        if not isinstance(table, pd.DataFrame):
            msg = (
                f"bundle: results[{name!r}] is {type(table).__name__}, not a DataFrame. "
                "Pass the table that a function of the toolkit returned."
            )
            raise TypeError(msg)
        plain, left = shareable(f"results[{name!r}]", table, rules)
        files[f"results/{name}.csv"] = csv_text(plain).encode("utf-8")
        about["results"][name] = {"rows": len(plain), "columns": [str(one) for one in plain]}
        about["left_out"] += [one.__dict__ for one in left]
        texts.append((f"results[{name!r}]", texts_of(plain)))
    return files, about, texts


def _about(
    corpus: Corpus,
    counts: Mapping[str, Any],
    drawings: Mapping[str, Drawing],
    licence: str | None,
) -> dict[str, Any]:
    """Return what `bundle.json` tells besides the tables."""
    figures = {
        name: {**one.about, "recipe": f"figures/{name}.recipe.json" in one.files}
        for name, one in drawings.items()
    }
    settings = {name: value for name, value in corpus.settings.items() if name != "phrases"}
    settings["n_phrases"] = len(corpus.settings.get("phrases") or [])
    return {
        "licence": licence,
        "corpus": {"fingerprint": corpus.fingerprint, "settings": settings},
        "counts": dict(counts),
        "figures": figures,
        "environment": environment(),
    }


def _write(path: Path, files: Mapping[str, bytes], new_key: tuple[Path, str] | None) -> None:
    """Write the bundle, and the key before it, so that no bundle is without its key."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if new_key is not None:
        place, secret = new_key
        with replacing(place) as stream:
            stream.write(key_text(secret).encode())
    try:
        with replacing(path) as stream:
            write_archive(stream, files)
    except BaseException:
        if new_key is not None:
            new_key[0].unlink(missing_ok=True)
        raise


def _warn_of_changed(drawings: Mapping[str, Drawing]) -> None:
    """Warn of figures that the recipe does not draw as they are."""
    changed = [name for name, one in drawings.items() if not one.about["redraws"]]
    if changed:
        said = "; ".join(f"{name}: {drawings[name].about['why']}" for name in changed)
        msg = (
            f"bundle: {len(changed)} of {len(drawings)} figures cannot be drawn again byte for "
            f"byte ({said}). The bundle holds their pictures and numbers."
        )
        warnings.warn(msg, stacklevel=3)
