"""The report: every notebook run on one set of articles, as one page with its files."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from framing import page
from framing.running import Ran, ReportError, files_in, run_notebooks, say

__all__ = ["ReportError", "build_report"]

MARKER = ".framing-report.json"
OF_THE_SYSTEM = {".DS_Store", "Thumbs.db", "desktop.ini"}
WHERE = "framing report"


def build_report(
    articles: str | Path | None = None,
    *,
    out: str | Path = "report",
    notebooks: str | Path | None = None,
    columns: Mapping[str, str] | None = None,
    source: str | None = None,
    date_order: str | None = None,
    encoding: str | None = None,
) -> Path:
    """Run the notebooks on a set of articles and write what they show as one page.

    The folder `out` gets `index.html`, which holds everything and needs no network, and beside it
    `figures` (PDF, PNG, the table of each figure and its settings) and `tables` (CSV). It appears
    when all is done: a run that fails or is interrupted leaves an earlier report as it was.

    Parameters
    ----------
    articles
        A folder or file that `read_articles` can read, or ``"sample"`` for the bundled sample
        (unless a folder or file in the working folder is called so: that comes first, and the
        report says so). None takes what the environment variable ``FRAMING_ARTICLES`` names, or
        else the news corpus of `fetch_news_articles`, or else, where that cannot be had, the
        sample, and says so.
    out
        The folder to write. An earlier report is replaced; any other folder with files in it is
        refused.
    notebooks
        A folder of notebooks, shown in the order of their names; None takes the toolkit's own. As
        many run at once as there are processors, at most four, each in a folder of its own, so
        that none can build on another's files. The values of `ARTICLES`, `READING` and `OUT` are
        set after their cell tagged ``parameters``.
    columns, source, date_order, encoding
        How to read your own articles, as in `read_articles`; the notebooks get them as `READING`.

    Returns
    -------
    Path
        The page, `index.html`.

    Raises
    ------
    FileNotFoundError
        Where the articles or the notebooks do not exist.
    ValueError
        Where the articles cannot be read, or `out` cannot be written without harm.
    ReportError
        Where a cell fails.

    See Also
    --------
    framing.load_articles : What the notebooks begin with.
    """
    place = _place(articles)
    options = {
        "columns": dict(columns or {}),
        "source": source,
        "date_order": date_order,
        "encoding": encoding,
    }
    reading = {name: value for name, value in options.items() if value}
    target = Path(out).expanduser()
    target = target.parent.resolve() / target.name if not target.is_symlink() else target.resolve()
    paths = _notebooks(notebooks)
    _check_target(target, out, place)
    if notebooks is None:
        place = _read_first(place, reading)
    values = {"ARTICLES": place, "READING": reading, "OUT": "."}
    with _staged(target) as folder:
        with tempfile.TemporaryDirectory(prefix="work-", dir=folder.parent) as work:
            every = run_notebooks(paths, Path(work), values, where=WHERE)
            sections = [_section(ran, folder) for ran in every]
        _write_page(folder, sections, place)
    return target / "index.html"


def _place(articles: str | Path | None) -> str | None:
    """Return what ARTICLES shall be in the notebooks: a path, the sample, or None."""
    from framing.datasets.default import SAMPLE, is_sample

    given = articles if articles is not None else os.environ.get("FRAMING_ARTICLES") or None
    if given is None:
        return None
    if is_sample(given):
        return SAMPLE
    path = Path(given).expanduser()
    if not path.exists():
        msg = (
            f"{WHERE}: {str(given)!r} does not exist (looked in {str(Path.cwd())!r}). "
            "Name a folder or file of articles, or none for the news corpus."
        )
        raise FileNotFoundError(msg)
    if given == SAMPLE:
        kind = "folder" if path.is_dir() else "file"
        say(
            f"The report is on the {kind} {str(path.resolve())!r}, not on the bundled sample: "
            "what is called so in the working folder comes first."
        )
    return str(path.resolve())


def _read_first(place: str | None, reading: Mapping[str, Any]) -> str | None:
    """Read the articles before any notebook does, so that what is wrong with them is told at once.

    Returns what ARTICLES shall be.
    """
    from framing.datasets import load_articles
    from framing.datasets.default import SAMPLE

    if place is None and not reading:
        return _at_hand()
    articles, problems = load_articles(place, **reading)
    n_sources = articles["source"].nunique()
    number = f"{len(articles):,} {'article' if len(articles) == 1 else 'articles'}"
    name = "the bundled sample, INVENTED" if place == SAMPLE else str(place)
    say(
        f"{name}: {number} of {n_sources:,} "
        f"{'source' if n_sources == 1 else 'sources'}; problems recorded: {len(problems):,}"
    )
    return place


def _at_hand() -> str | None:
    """Fetch the news corpus once for all notebooks; return the sample where that cannot be."""
    from framing.datasets import fetch_news_articles
    from framing.datasets.default import SAMPLE

    try:
        fetch_news_articles()
    except OSError as error:
        say(str(error))
        say("The report is on the bundled sample instead: 120 INVENTED articles, no evidence.")
        return SAMPLE
    return None


def _notebooks(folder: str | Path | None) -> list[Path]:
    """Return the notebooks to run, in the order of their names."""
    package = Path(__file__).resolve().parent
    places = [Path(folder)] if folder else [package / "_notebooks", package.parent / "notebooks"]
    for place in places:
        if found := sorted(place.glob("*.ipynb")):
            return found
    msg = f"{WHERE}: no notebook in {' or '.join(repr(str(place)) for place in places)}. "
    msg += "Install media-framing again, or name a folder that has some."
    raise FileNotFoundError(msg)


def _check_target(target: Path, out: str | Path, source: str | None) -> None:
    """Raise where writing the report would harm what is there."""
    if source is not None and Path(source).is_dir() and target.is_relative_to(source):
        msg = (
            f"{WHERE}: out={str(out)!r} lies inside the folder of articles {source!r}, so its "
            "tables would be read as articles the next time. Choose a folder outside with --out."
        )
        raise ValueError(msg)
    if not target.exists():
        return
    if not target.is_dir():
        msg = f"{WHERE}: out={str(out)!r} is a file. Name a folder with --out."
        raise ValueError(msg)
    foreign = _foreign(target)
    if foreign:
        msg = (
            f"{WHERE}: out={str(out)!r} holds files that no report wrote, such as "
            f"{foreign[0]!r}. Move them away, or name another folder with --out."
        )
        raise ValueError(msg)


def _foreign(folder: Path) -> list[str]:
    """Return the files of a folder that are not those of an earlier report."""
    try:
        listed = json.loads((folder / MARKER).read_text(encoding="utf-8"))["files"]
        known = {str(name) for name in listed} | {MARKER}
    except (OSError, ValueError, KeyError, TypeError):
        known = set()
    known |= {name for name in files_in(folder) if Path(name).name in OF_THE_SYSTEM}
    return [name for name in files_in(folder) if name not in known]


@contextlib.contextmanager
def _staged(target: Path) -> Iterator[Path]:
    """Yield an empty folder that takes the target's name when the block ends without an error."""
    new = [parent for parent in (target.parent, *target.parents) if not parent.exists()]
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        staging = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        try:
            folder = staging / "report"
            folder.mkdir()
            yield folder
            _swap(folder, target, staging / "before")
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    except BaseException:
        for parent in new:
            with contextlib.suppress(OSError):
                parent.rmdir()
        raise


def _swap(folder: Path, target: Path, before: Path) -> None:
    """Put a folder in the place of another; where that fails, the other stays."""
    if not target.exists():
        folder.rename(target)
        return
    target.rename(before)
    try:
        folder.rename(target)
    except BaseException:
        before.rename(target)
        raise


def _section(ran: Ran, folder: Path) -> page.Section:
    """Move the files of a notebook to those of the report; return the notebook for the page."""
    files = files_in(ran.folder)
    drawn = page.alternatives(ran.folder, files)
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (ran.folder / name).replace(folder / name)
    return page.Section(ran.path.name, ran.cells, ran.files, drawn)


def _write_page(folder: Path, sections: list[page.Section], source: str | None) -> None:
    """Write the page and the list of all files of the report."""
    from framing import __version__
    from framing.datasets.default import SAMPLE

    built = page.Page()
    for section in sections:
        built.add(section)
    when = dt.datetime.now(tz=dt.UTC).strftime("%Y-%m-%d %H:%M UTC")
    known = {
        None: "the news corpus",
        SAMPLE: "the bundled sample, INVENTED, no evidence of anything",
    }
    name = known.get(source) or Path(str(source)).name
    text = built.html(
        title="How news sources differ",
        about=[f"Articles: {name}. Made by framing {__version__}, {when}."],
        generator=f"framing {__version__}",
    )
    (folder / "index.html").write_text(text, encoding="utf-8", newline="\n")
    marker = {"made_by": "framing", "version": __version__, "files": files_in(folder)}
    (folder / MARKER).write_text(json.dumps(marker, indent=1) + "\n", encoding="utf-8")
