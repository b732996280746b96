"""Plain text: one file, one article, as people keep them in folders."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from framing.readers.columns import recognise
from framing.readers.encodings import to_utf8
from framing.readers.mending import looks_like_html, strip_html
from framing.readers.record import (
    BAD_FRONT_MATTER,
    HTML,
    KEPT,
    MENDED,
    Origin,
    Part,
    Problem,
    Settings,
    shorten,
)

SUFFIXES = (".txt", ".text", ".md", ".markdown")
LONGEST_TITLE = 300
LONGEST_HEADING = 80
MOST_HEADING_WORDS = 12
MOST_IN_A_ROW = 2
MOST_TAG_WORDS = 2
LONGEST_FRONT_MATTER = 16_384
MOST_BRACKETS = 100

_BREAK = re.compile(r"\n[^\S\n]*\n\s*")
_ENDS = ".!?…:;,"
_CLOSERS = "\"'”’»)]*_ "
_TAG_BEHIND = re.compile(r"(?<=[.!?…\"”’»)])\s+(?P<tag>[a-z][a-z0-9-]{1,29})\s*\Z")
_TAG_LINE = re.compile(r"[a-z][a-z0-9 '-]{1,29}(?:, ?[a-z][a-z0-9 '-]{1,29})*")
_DATE = r"(?P<date>(?:19|20)\d\d[-_.]?(?:0[1-9]|1[0-2])[-_.]?(?:0[1-9]|[12]\d|3[01]))(?!\d)"
_DATE_FIRST = re.compile(_DATE)
# Of the form of a date; whether there is such a day is found out, and recorded, with all dates.
_WRITTEN_DATE_FIRST = re.compile(r"(?P<date>(?:19|20)\d\d([-_.])\d\d\2\d\d)(?!\d)")
_SOURCE_FIRST = re.compile(rf"(?P<source>[^_\d][^_]*)_{_DATE}")
# Names of folders that hold articles but are no outlet.
_GENERIC = frozenset(
    [
        "article",
        "articles",
        "corpus",
        "data",
        "dataset",
        "doc",
        "docs",
        "document",
        "documents",
        "download",
        "downloads",
        "export",
        "exports",
        "file",
        "files",
        "input",
        "news",
        "raw",
        "sample",
        "samples",
        "seed",
        "seeds",
        "text",
        "texts",
        "txt",
    ]
)


def read_text(data: bytes, origin: Origin, settings: Settings) -> list[Part]:
    """Return the one article of a plain-text file."""
    decoded = to_utf8(data, settings.encoding)
    problems = [Problem(origin, *finding, row=0) for finding in decoded.findings]
    text = decoded.data.decode("utf-8", errors="replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    facts, text, complaint = split_front_matter(text)
    if complaint:
        problems.append(Problem(origin, BAD_FRONT_MATTER, KEPT, shorten(complaint), row=0))
    if looks_like_html(text):
        problems.append(Problem(origin, HTML, MENDED, shorten(text), field="text", row=0))
        text = strip_html(text)
    named = facts_from_names(origin)
    row: dict[str, object] = {**split_article(text, title=_title_of(facts)), **facts}
    row.update({name: value for name, value in named.items() if name not in row})
    return [Part(origin, [row], encodings=decoded.encoding, problems=problems)]


def _title_of(facts: dict[str, object]) -> str | None:
    title = facts.get("title")
    return title if isinstance(title, str) else None


def facts_from_names(origin: Origin) -> dict[str, object]:
    """Return source and date as far as folder and file name tell them.

    `TASS/2016-09-02_talks.txt`, `TASS/2016/09/talks.txt` and `TASS_2016-09-02_talks.txt` all say
    that the source is TASS. The folder that was passed, or that holds the one file that was
    passed, counts only where the file's name begins with a date, as in the first of these.
    """
    facts: dict[str, object] = {}
    impossible = _WRITTEN_DATE_FIRST.match(origin.name)
    dated = _DATE_FIRST.match(origin.name) or impossible
    sourced = _SOURCE_FIRST.match(origin.name)
    match = dated or sourced
    if match:
        facts["date"] = re.sub(r"\D", "-" if match is impossible else "", match["date"])
    folders = list(origin.folders)
    if dated and origin.member is None:
        folders = origin.file.split("/")[:-1][-1 - len(folders) :]
    names = [name for name in folders if _may_be_source(name)]
    if names:
        facts["source"] = names[-1]
    elif sourced:
        facts["source"] = sourced["source"]
    return facts


def _may_be_source(name: str) -> bool:
    return any(map(str.isalpha, name)) and name.lower() not in _GENERIC and ":" not in name


def split_front_matter(text: str) -> tuple[dict[str, object], str, str]:
    """Return the facts at the head of a text, the rest, and what was wrong with the head."""
    if not text.startswith("---"):
        return {}, text, ""
    match = re.match(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", text, re.DOTALL)
    if match is None:
        return {}, text, ""
    head, rest = match[1], text[match.end() :]
    if len(head) > LONGEST_FRONT_MATTER:
        return {}, text, f"{len(head):,} characters; at most {LONGEST_FRONT_MATTER:,} are read"
    if head.count("[") + head.count("{") > MOST_BRACKETS:
        return {}, text, f"more than {MOST_BRACKETS} brackets"
    try:
        facts = _load_yaml(head)
    except (ValueError, RecursionError) as error:
        return {}, text, str(error) or type(error).__name__
    if not isinstance(facts, dict):
        return {}, text, f"a {type(facts).__name__}, not `name: value` lines: {head}"
    return _under_standard_names(facts), rest, ""


def _under_standard_names(facts: dict[Any, Any]) -> dict[str, object]:
    """Return front matter as columns; a `text` in it makes way for the body."""
    named = {str(name): value for name, value in facts.items() if value is not None}
    found = recognise(named, [True] * len(named), {})
    columns = {name: found.get(name, name) for name in named}
    return {
        f"{name}_original" if columns[name] == "text" else columns[name]: value
        for name, value in named.items()
    }


def _load_yaml(head: str) -> Any:
    """Return what safe YAML says, without aliases, whose expansion has no limit."""
    import yaml

    class Loader(yaml.SafeLoader):
        def compose_node(self, parent: Any, index: Any) -> Any:
            if self.check_event(yaml.AliasEvent):
                raise ValueError("it holds an alias (`*name`)")  # noqa: EM101
            return super().compose_node(parent, index)

    try:
        return yaml.load(head, Loader=Loader)
    except (yaml.YAMLError, OverflowError) as error:
        raise ValueError(str(error)) from error


def split_article(text: str, *, title: str | None = None) -> dict[str, object]:
    """Return title, body, headings and tags of an article in plain text.

    Paragraphs stand between blank lines; the lines of one paragraph are joined. Repeated first
    lines are one title; a single first line without a final full stop is the title too. Up to
    two short lines without a full stop between paragraphs are headings; more of them in a row
    are a list, and stay. A single lower-case word behind the last sentence, or a last line in
    lower case, is a tag.
    """
    found, paragraphs = _split_title(_blocks(text), title)
    paragraphs, tags = _split_tags(paragraphs)
    kept, headings = _split_headings(paragraphs)
    row: dict[str, object] = {"text": "\n\n".join(kept)}
    for name, value in (("title", found), ("headings", headings), ("tags", tags)):
        if value:
            row[name] = value if isinstance(value, str) else "\n".join(value)
    return row


def _blocks(text: str) -> list[list[str]]:
    """Return the paragraphs, each as the list of its lines."""
    blocks = [
        [line for line in map(_squeezed, block.split("\n")) if line]
        for block in _BREAK.split(text.strip())
    ]
    blocks = [lines for lines in blocks if lines]
    if len(blocks) == 1 and len(blocks[0]) > 1:
        lines = blocks[0]
        # Without blank lines: one paragraph a line, or one paragraph that was wrapped.
        if sum(line[-1] in _ENDS + _CLOSERS for line in lines[1:]) >= 0.8 * (len(lines) - 1):
            return [[line] for line in lines]
    return blocks


def _squeezed(line: str) -> str:
    return " ".join(line.split(" ")).strip()


def _same(one: str, other: str) -> bool:
    return re.sub(r"[\W_]+", "", one).casefold() == re.sub(r"[\W_]+", "", other).casefold()


def _split_title(blocks: list[list[str]], title: str | None) -> tuple[str | None, list[str]]:
    """Return the title and the paragraphs behind it."""
    first = title or (blocks[0][0] if blocks else "")
    rest = [list(lines) for lines in blocks]
    repeats = 0
    while rest and first and len(first) <= LONGEST_TITLE and _same(rest[0][0], first):
        rest[0] = rest[0][1:]
        rest = rest if rest[0] else rest[1:]
        repeats += 1
    paragraphs = [" ".join(lines) for lines in blocks]
    if title is not None or (repeats > 1 and rest):
        return title or first, [" ".join(lines) for lines in rest]
    alone = len(blocks) > 1 and len(blocks[0]) == 1 and any(map(str.isalnum, first))
    if alone and len(first) <= LONGEST_TITLE and not _ends_like_a_sentence(first, ".…:;,"):
        return first, paragraphs[1:]
    return None, paragraphs


def _ends_like_a_sentence(line: str, marks: str = _ENDS) -> bool:
    return line.rstrip(_CLOSERS)[-1:] in marks or not line.rstrip(_CLOSERS)


def _split_tags(blocks: list[str]) -> tuple[list[str], list[str]]:
    """Return the paragraphs without the tags behind the last sentence, and the tags."""
    if len(blocks) > 1 and len(blocks[-1]) <= LONGEST_HEADING and _TAG_LINE.fullmatch(blocks[-1]):
        tags = [tag.strip() for tag in blocks[-1].split(",")]
        if all(len(tag.split()) <= MOST_TAG_WORDS for tag in tags):
            return blocks[:-1], tags
    end = blocks[-1][-LONGEST_HEADING:] if blocks else ""
    match = _TAG_BEHIND.search(end)
    if match:
        return [*blocks[:-1], blocks[-1][: match.start() - len(end)]], [match["tag"]]
    return blocks, []


def _split_headings(blocks: list[str]) -> tuple[list[str], list[str]]:
    """Return the paragraphs without section headings, and the headings."""
    short = [_like_a_heading(block) for block in blocks]
    if blocks:
        short[-1] = False  # a heading heads something
    edges = [0, *(i for i, (a, b) in enumerate(pairwise(short), start=1) if a != b), len(short)]
    headings: set[int] = set()
    for start, stop in pairwise(edges):
        if short[start:stop] and short[start] and stop - start <= MOST_IN_A_ROW:
            headings.update(range(start, stop))
    kept = [block for i, block in enumerate(blocks) if i not in headings]
    return kept, [blocks[i] for i in sorted(headings)]


def _like_a_heading(block: str) -> bool:
    begin = block.lstrip("\"'“‘«([#*_ ")[:1]
    return (
        len(block) <= LONGEST_HEADING
        and len(block.split()) <= MOST_HEADING_WORDS
        and (begin.isupper() or begin.isdigit())
        and not block.startswith(("- ", "* ", "• ", "– "))
        and not _ends_like_a_sentence(block)
    )
