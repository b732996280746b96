"""Articles: one table from whatever files they are in, and a record of what was wrong."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping, Sequence
from os import PathLike
from typing import NamedTuple

import numpy as np
import pandas as pd

from framing._checks import check_one_of, close_match, listing
from framing.readers import FORMATS, can_read, read_bytes
from framing.readers.columns import STANDARD, to_strings
from framing.readers.dates import ORDERS, parse_dates
from framing.readers.files import File, list_files
from framing.readers.keys import make_keys
from framing.readers.progress import LateBar
from framing.readers.record import (
    DAMAGED,
    DUPLICATE_ARTICLE,
    DUPLICATE_ID,
    EMPTY_FILE,
    KEPT,
    LEFT_OUT,
    MENDED,
    NO_TEXT_COLUMN,
    NOT_READABLE,
    UNKNOWN_FORMAT,
    WHAT,
    Origin,
    Part,
    Problem,
    Settings,
    shorten,
)
from framing.readers.tidy import Tidied, join_texts, tidy
from framing.schema import ARTICLES, PROBLEMS

__all__ = ["WHAT", "Articles", "read_articles"]

Path = str | PathLike[str]
MOST_IN_A_MESSAGE = 5


class Articles(NamedTuple):
    """The articles of a load, and what was wrong with their files.

    Attributes
    ----------
    articles : DataFrame
        One row an article.
    problems : DataFrame
        One row a thing that was wrong.

    See Also
    --------
    framing.read_articles : Returns one.

    Examples
    --------
    >>> import framing as fr
    >>> articles, problems = fr.load_sample()
    >>> len(articles), len(problems)
    (120, 0)
    """

    articles: pd.DataFrame
    problems: pd.DataFrame


def read_articles(
    path: Path | Sequence[Path],
    *,
    columns: Mapping[str, str] | None = None,
    source: str | None = None,
    date: str | None = None,
    date_order: str | None = None,
    encoding: str | None = None,
    max_bytes: int = 4 * 1024**3,
) -> Articles:
    r"""Return the articles in files of any usual kind, and a table of all that was wrong with them.

    Reads plain text, CSV, TSV, JSON, JSON Lines, Parquet and Excel, each also inside `.gz`, `.zip`,
    `.xz` and `.zst`. A bad row, file or archive member is recorded in `problems` and never stops
    a load; look at that table before you trust the first.

    Parameters
    ----------
    path
        A folder, which is walked in the order of its names; a file; or a list of those. Links
        that lead out of a folder are not followed.
    columns
        The file's own column name to the toolkit's, as in `{"content": "text"}`, for columns that
        are not recognised. Those of the toolkit are doc_id, text, title, date, source, url,
        headings, tags and country.
    source
        The source of articles of which neither the file nor its folder or name says it. Where it
        is None, it is the host of the article's web address, without `www.`.
    date
        The date of articles of which neither the file nor its name says it.
    date_order
        `"dmy"` or `"mdy"`, for dates such as 3/4/2017. With None the other dates of the file
        decide; where they cannot, such a date is missing and recorded. Dates with dots, such as
        3.4.2017, have the day first unless others of the file say otherwise.
    encoding
        The encoding of files without a byte-order mark; with None it is found out for each.
    max_bytes
        How many bytes one archive may unpack to. More is left out and recorded.

    Returns
    -------
    Articles
        A pair. `articles` has one row an article: doc_id, source, date (UTC where the file named a
        zone, otherwise as written), title, text, then headings, tags, url and country where there
        are any, file, line and encoding, then every further column as it is. `problems` has one
        row a problem: file, member, line, doc_id, field, what, value and action. `what` is one of
        `framing.articles.WHAT`. Damage that was mended, or left as it is, is one row for each file
        and field; what was left out or set to missing is a row for each article.

    Raises
    ------
    FileNotFoundError
        Where there is no such path.
    ValueError
        Where nothing can be read, or an argument has a value that does not exist.
    TypeError
        Where a path is not one.

    See Also
    --------
    framing.build_corpus : Turns articles into a corpus.
    framing.load_articles : Offers the news corpus where no path is given.
    framing.fetch_news_articles : Real articles to begin with.

    Notes
    -----
    *Left out* are articles without text. Articles without a word of letters, or in another script
    than the Latin, are kept and recorded. Dates before 1600 or after tomorrow become missing.
    Months may be written in English, German, French or Spanish.

    *Plain text.* A title repeated on the first lines is one title, and so is a single first line
    without a full stop. Up to two short lines in a row without a full stop, between paragraphs,
    are headings. A lower-case word behind the last sentence is a tag. Source and date come from
    YAML front matter, or from the folder and file name, as in `TASS/2016-09-02_talks.txt`.

    *Mending* concerns characters, never words: mojibake, control characters, ligatures, HTML tags
    and entities; quotation marks keep their shape, and the result is in Unicode NFC. U+FFFD, the
    sign for a character that was lost before the file was written, stays and is counted.

    *Keys.* `doc_id` is the file's own id (doc_id, article_id, id …). Where different articles
    share one, each gets 8 characters of its hash behind it. Without an id it is 16 characters of
    a hash over the letters and digits of source, day, title and text, so neither the order of
    rows, nor other files, nor a better mending of quotation marks changes it. Of articles that
    are the same, the second gets `-2`, and so on; both stay, and the second is recorded.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> import framing as fr
    >>> folder = tempfile.TemporaryDirectory()
    >>> rows = [
    ...     "headline,content,published,outlet",
    ...     "Talks resume,The talks resumed.,2017-02-07,Gazette",
    ...     "No news,,2017-02-08,Gazette",
    ... ]
    >>> _ = pathlib.Path(folder.name, "news.csv").write_text("\n".join(rows))
    >>> articles, problems = fr.read_articles(folder.name)
    >>> articles[["source", "date", "title", "text"]]
        source       date         title                text
    0  Gazette 2017-02-07  Talks resume  The talks resumed.
    >>> problems[["line", "field", "what", "value", "action"]]
       line field     what    value    action
    0     3  text  no text  No news  left out
    >>> folder.cleanup()
    """
    where = f"read_articles({_shown(path)})"
    settings = _settings(
        where,
        columns=columns,
        source=source,
        date=date,
        date_order=date_order,
        encoding=encoding,
        max_bytes=max_bytes,
    )
    files, problems = list_files(where, path)
    found: list[Tidied] = []
    looked_at: list[Problem] = list(problems)
    seen: set[str] = set()
    for part in _parts(files, settings):
        if not len(part.rows):
            looked_at += part.problems or [Problem(part.origin, EMPTY_FILE, LEFT_OUT, "no rows")]
            continue
        seen.update(
            map(str, part.rows.columns if isinstance(part.rows, pd.DataFrame) else part.rows[0])
        )
        try:
            found.append(tidy(part, settings))
        except (ValueError, TypeError, LookupError, OverflowError, RecursionError) as error:
            # The last net, as in the readers.
            value = shorten(f"{type(error).__name__}: {error}")
            looked_at += [*part.problems, Problem(part.origin, DAMAGED, LEFT_OUT, value)]
    _check_columns(where, settings, found, seen)
    if not any(len(one.articles) for one in found):
        every = [*looked_at, *(problem for one in found for problem in one.problems)]
        raise ValueError(_nothing_read(where, files, every))
    articles = _together(found)
    table = _problems_table(looked_at, found, articles["doc_id"])
    return Articles(articles, table)


def _shown(path: object) -> str:
    """Return the path as the caller wrote it, a long list shortened."""
    if isinstance(path, (list, tuple)):
        return f"[{listing(map(str, path), most=3)}]" if path else "[]"
    return repr(str(path)) if isinstance(path, PathLike) else repr(path)


def _settings(
    where: str,
    *,
    columns: Mapping[str, str] | None,
    source: str | None,
    date: str | None,
    date_order: str | None,
    encoding: str | None,
    max_bytes: int,
) -> Settings:
    """Return the arguments checked."""
    columns = {} if columns is None else dict(columns)
    for name, standard in columns.items():
        if standard not in STANDARD and name in STANDARD:
            msg = (
                f"{where}: columns={{{name!r}: {standard!r}}} names no column of the toolkit "
                f"behind the colon. Is it the other way round? "
                f"Then pass columns={{{standard!r}: {name!r}}}."
            )
            raise ValueError(msg)
        check_one_of(where, "a value of columns", standard, STANDARD)
    if date_order is not None:
        check_one_of(where, "date_order", date_order, ORDERS)
    if encoding is not None:
        try:
            codecs.lookup(encoding)
        except LookupError as error:
            msg = (
                f"{where}: encoding={encoding!r} is not an encoding that Python knows. "
                "Pass for example 'utf-8', 'cp1252' or 'utf-16'."
            )
            raise ValueError(msg) from error
    if date is not None:
        moments, wrong = parse_dates(pd.Series([str(date)], dtype="str"), date_order)
        if wrong[0] or moments.isna().iloc[0]:
            msg = f"{where}: date={date!r} is no date: {wrong[0]}. Pass for example '2016-09-02'."
            raise ValueError(msg)
        date = str(moments.iloc[0])
    if not max_bytes >= 1:
        msg = f"{where}: max_bytes={max_bytes!r} is below 1. Pass a number of bytes."
        raise ValueError(msg)
    return Settings(columns, source, date, date_order, encoding, max_bytes)


def _parts(files: list[File], settings: Settings) -> Iterator[Part]:
    """Yield the parts of all files; in each folder the tables, then the texts as one part."""
    texts: list[Part] = []
    with LateBar(sum(file.size for file in files), "Reading articles") as bar:
        for file in files:
            half = file.size // 2
            for part in _parts_of(file, settings):
                bar.update(half)
                half = 0
                if texts and _folder(texts[0]) != _folder(part):
                    yield join_texts(texts)
                    texts = []
                if part.lines is None and len(part.rows) == 1:
                    texts.append(part)
                else:
                    yield part
            bar.update(file.size - file.size // 2 + half)
        if texts:
            yield join_texts(texts)


def _folder(part: Part) -> str:
    return part.origin.label.rpartition("/")[0]


def _parts_of(file: File, settings: Settings) -> Iterator[Part]:
    """Yield the parts of one file; one that cannot be opened is recorded."""
    try:
        with file.path.open("rb") as stream:
            head = stream.read(16)
            readable = not head or can_read(file.path.name, head)
            stream.seek(0)
            data = stream.read() if readable else b""
    except OSError as error:
        value = shorten(error.strerror or error)
        yield Part(file.origin, [], problems=[Problem(file.origin, NOT_READABLE, LEFT_OUT, value)])
        return
    if readable:
        parts = read_bytes(data, file.origin, settings)
        del data
        yield from parts
    else:
        problem = Problem(file.origin, UNKNOWN_FORMAT, LEFT_OUT, file.path.suffix or "no suffix")
        yield Part(file.origin, [], problems=[problem])


def _check_columns(where: str, settings: Settings, found: list[Tidied], seen: set[str]) -> None:
    """Raise ValueError where `columns` names one that no file has."""
    known = set().union(*(one.chosen for one in found))
    for name in settings.columns:
        if name not in known and seen:
            msg = (
                f"{where}: columns names {name!r}, which no file has. "
                f"They have {listing(sorted(seen))}.{close_match(name, seen)}"
            )
            raise ValueError(msg)


def _nothing_read(where: str, files: list[File], problems: list[Problem]) -> str:
    """Return the message for a load without an article: what was looked at, and the way out."""
    told = [_told(problem) for problem in problems[:MOST_IN_A_MESSAGE]]
    more = len(problems) - len(told)
    seen = f"no article could be read from {len(files):,} {'file' if len(files) == 1 else 'files'}"
    parts = [f"{where}: {seen if files else 'there is no file to read'}."]
    if told:
        parts.append("; ".join(told) + (f"; and {more:,} more." if more > 0 else "."))
    if any(problem.what == NO_TEXT_COLUMN for problem in problems):
        parts.append("Name the column of the texts, as in columns={'its name': 'text'}.")
    parts.append(f"Known formats are {FORMATS}.")
    return " ".join(parts)


def _told(problem: Problem) -> str:
    value = "" if problem.value is None else f" ({shorten(problem.value)})"
    line = "" if problem.line is None else f", line {problem.line:,}"
    return f"{problem.origin.label}{line}: {problem.what}{value}"


def _together(found: list[Tidied]) -> pd.DataFrame:
    """Return the articles of all parts as one table in the order of the documentation."""
    filled = [one for one in found if len(one.articles)]
    frames = [one.articles for one in filled]
    for name in {name for frame in frames for name in frame.columns}:
        kinds = [frame[name].dtype for frame in frames if name in frame.columns]
        if len(kinds) < len(frames) and all(map(pd.api.types.is_integer_dtype, kinds)):
            frames = [
                frame.astype({name: "Int64"}) if name in frame.columns else frame
                for frame in frames
            ]
    articles = frames[0] if len(frames) == 1 else pd.concat(frames, ignore_index=True)
    mixed = [name for name in articles.columns if articles[name].dtype == object]
    articles = articles.assign(**{name: to_strings(articles[name]) for name in mixed})
    own = pd.concat([one.own for one in filled], ignore_index=True)
    keys, clashing, repeated = make_keys(articles, own)
    _record_keys(filled, own, articles["title"], clashing=clashing, repeated=repeated)
    articles = articles.assign(doc_id=keys)
    first = [column.name for column in ARTICLES.columns if column.name in articles.columns]
    return articles[[*first, *(name for name in articles.columns if name not in first)]]


def _record_keys(
    found: list[Tidied],
    own: pd.Series,
    titles: pd.Series,
    *,
    clashing: np.ndarray,
    repeated: np.ndarray,
) -> None:
    """Record the articles whose id another one has, and those that are in the load twice."""
    start = 0
    for one in found:
        stop = start + len(one.articles)
        for what, action, hit, values in (
            (DUPLICATE_ID, MENDED, clashing, own),
            (DUPLICATE_ARTICLE, KEPT, repeated, titles),
        ):
            for row in np.flatnonzero(hit[start:stop]).tolist():
                place = one.articles.iloc[row]
                line = None if pd.isna(place["line"]) else int(place["line"])
                value = values.iloc[start + row]
                shown = None if pd.isna(value) else shorten(value)
                file, _, member = str(place["file"]).partition("::")
                origin = Origin(file, member or None)
                one.problems.append(Problem(origin, what, action, shown, line, "doc_id", row))
        start = stop


def _problems_table(looked_at: list[Problem], found: list[Tidied], keys: pd.Series) -> pd.DataFrame:
    """Return all problems as one table, with the keys that the articles have now."""
    rows: list[tuple[object, ...]] = [_row(problem, None) for problem in looked_at]
    start = 0
    for one in found:
        names = keys.iloc[start : start + len(one.articles)].tolist()
        start += len(one.articles)
        rows += [
            _row(problem, None if problem.row is None else names[problem.row])
            for problem in one.problems
        ]
    columns = [column.name for column in PROBLEMS.columns]
    table = pd.DataFrame(rows, columns=columns, dtype="object")
    kinds = {column.name: "Int64" if column.kind == "int" else "str" for column in PROBLEMS.columns}
    return table.astype(kinds)


def _row(problem: Problem, doc_id: str | None) -> tuple[object, ...]:
    value = None if problem.value is None else shorten(problem.value)
    origin = problem.origin
    return (
        origin.file, origin.member, problem.line, doc_id, problem.field, problem.what, value,
        problem.action,
    )  # fmt: skip
