"""The tables of a notebook's HTML, read as text and written anew."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from framing.inert import shown

SILENT = {"script", "style", "template", "iframe", "object", "noscript", "title", "textarea"}
BREAKS = {"br", "p", "div", "li"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
NUMBER = re.compile(r"[-+−]?[\d,.]*\d[\d,.]*(e[-+]?\d+)? ?%?|[-+]?inf|nan|–", re.IGNORECASE)

_LONGEST_NUMBER = 40
_LONG, _MOST = 60, 5000
"""Characters from which a cell wants room, and those that are shown of it."""

Row = tuple[str, "list[Cell]"]


@dataclass
class Cell:
    """One cell of a table: `th` or `td`, how far it spans, and pieces of text, marked or not."""

    tag: str
    spans: dict[str, int] = field(default_factory=dict)
    pieces: list[tuple[str, bool]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text of the cell, without marks and without space around it."""
        return "".join(piece for piece, _ in self.pieces).strip()

    def html(self, part: str, *, number: bool) -> str:
        """Return the cell as HTML, to the right where its column holds numbers."""
        text = self.text
        name = self.tag if text or part == "tbody" else "td"
        spans = "".join(f' {side}="{n}"' for side, n in self.spans.items())
        kind = "number" if number else "date" if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else ""
        if name == "td" and not kind and len(text) >= _LONG:
            kind = "long"
        kind = f' class="{kind}"' if kind else ""
        scope = f' scope="{self._scope(part)}"' if name == "th" else ""
        return f"<{name}{spans}{scope}{kind}>{self._content(text)}</{name}>"

    def _scope(self, part: str) -> str:
        """Return which cells a name stands for."""
        side, span = ("col", "colspan") if part == "thead" else ("row", "rowspan")
        return side + ("group" if self.spans.get(span, 1) > 1 else "")

    def _content(self, text: str) -> str:
        """Return what stands in the cell; bars of text are nothing to be read out."""
        if text and not text.strip("█"):
            return f'<span aria-hidden="true">{shown(text)}</span>'
        if len(text) > _MOST:
            return shown(f"{text[:_MOST]}… ({len(text) - _MOST:,} characters more)")
        if not any(mark for _, mark in self.pieces):
            return shown(text)
        return "".join(
            f"<mark>{shown(piece)}</mark>" if mark else shown(piece) for piece, mark in self.pieces
        ).strip()


@dataclass
class Table:
    """A table as text.

    Attributes
    ----------
    title : str
        The heading in front of it, where it is the first below it.
    caption : str
        Its caption.
    rows : list
        The name of each row's part (`thead` or `tbody`) and its cells.
    """

    title: str = ""
    caption: str = ""
    rows: list[Row] = field(default_factory=list)

    def html(self, caption: str = "") -> str:
        """Return the table as HTML; columns of numbers, from the right, go to the right."""
        rows = _without_places(_heads_joined(self.rows))
        numbers = _columns_of_numbers(rows)
        lines = {"thead": "", "tbody": ""}
        for part, cells in rows:
            spanned = any("colspan" in cell.spans for cell in cells)
            right = [False] * len(cells) if spanned else numbers[: len(cells)][::-1]
            texts = (cell.html(part, number=n) for cell, n in zip(cells, right, strict=True))
            lines[part] += f"<tr>{''.join(texts)}</tr>"
        named = f"<caption>{shown(caption)}</caption>" if caption else ""
        parts = "".join(f"<{part}>{row}</{part}>" for part, row in lines.items() if row)
        return f"<table>{named}{parts}</table>"


class Reader(HTMLParser):
    """Reads tables as cells of text and its marks, captions and headings; passes over all else.

    Attributes
    ----------
    found : list of Table
        The tables in turn.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Table] = []
        self._depth = 0
        self._part = "tbody"
        self._cell: Cell | None = None
        self._said: list[str] | None = None
        self._title = ""
        self._silent = 0
        self._mark = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a heading, a table, a part, a row or a cell."""
        if tag in SILENT:
            self._silent += 1
        elif tag in BREAKS and self._cell:
            self._cell.pieces.append((" ", False))
        elif tag == "mark":
            self._mark = True
        elif tag in HEADINGS and self._depth == 0:
            self._said = []
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.found.append(Table(self._title))
                self._title, self._said = "", None
        elif self._depth != 1:
            return
        elif tag == "caption":
            self._said, self._cell = [], None
        elif tag in ("thead", "tbody"):
            self._part = tag
        else:
            self._begin_cell(tag, attrs)

    def _begin_cell(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a row or a cell."""
        rows = self.found[-1].rows
        if tag == "tr":
            self._cell = None
            rows.append((self._part, []))
        elif tag in ("th", "td") and rows:
            self._cell = Cell(tag, _spans(attrs))
            self._said, self._mark = None, False
            rows[-1][1].append(self._cell)

    def handle_endtag(self, tag: str) -> None:
        """End a heading, a table, a part or a cell."""
        if tag in SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in HEADINGS and self._depth == 0 and self._said is not None:
            self._title, self._said = " ".join("".join(self._said).split()), None
        elif tag == "caption" and self._depth == 1 and self._said is not None:
            self.found[-1].caption, self._said = " ".join("".join(self._said).split()), None
        elif tag == "table":
            self._depth = max(0, self._depth - 1)
        elif tag == "thead":
            self._part = "tbody"
        elif tag == "mark":
            self._mark = False
        if tag in ("th", "td", "tr", "table") and self._depth < 2:
            self._cell = None

    def handle_data(self, data: str) -> None:
        """Keep the text of a cell, a caption or a heading."""
        if self._silent:
            return
        if self._cell is not None:
            self._cell.pieces.append((data, self._mark))
        elif self._said is not None and self._depth < 2:
            self._said.append(data)


def read_tables(text: str) -> list[Table]:
    """Return the tables of an HTML text that have a row."""
    reader = Reader()
    reader.feed(text)
    reader.close()
    return [table for table in reader.found if table.rows]


def only_tables(text: str) -> str:
    """Return the tables of an HTML text, written anew; empty where it has none."""
    return "".join(table.html(table.caption) for table in read_tables(text))


def _spans(attrs: list[tuple[str, str | None]]) -> dict[str, int]:
    """Return how many rows and columns a cell spans."""
    return {
        name: int(value)
        for name, value in attrs
        if name in ("colspan", "rowspan") and value and re.fullmatch("[0-9]{1,4}", value)
    }


def _columns_of_numbers(rows: list[Row]) -> list[bool]:
    """Tell of each column, counted from the right, whether its values are numbers."""
    body = [cells for part, cells in rows if part == "tbody"]
    numbers: list[bool] = []
    for place in range(1, max((len(cells) for _, cells in rows), default=0) + 1):
        column = [cells[-place] for cells in body if len(cells) >= place]
        data = [cell.text for cell in column if cell.tag == "td"]
        numbers.append(any(data) and all(map(_is_number, filter(None, data))))
    return numbers


def _is_number(text: str) -> bool:
    return len(text) <= _LONGEST_NUMBER and NUMBER.fullmatch(text) is not None


def _heads_joined(rows: list[Row]) -> list[Row]:
    """Return rows with the names of the index, which pandas puts below, in the row of names."""
    heads = [cells for part, cells in rows if part == "thead"]
    if len(heads) != 2 or len(heads[0]) != len(heads[1]):
        return rows
    pairs = list(zip(*heads, strict=True))
    if any(one.spans or other.spans or (one.text and other.text) for one, other in pairs):
        return rows
    joined = [one if one.text else other for one, other in pairs]
    return [("thead", joined), *rows[2:]]


def _without_places(rows: list[Row]) -> list[Row]:
    """Return rows without an index that has no name and only counts them: 0, 1, 2, …."""
    body = [cells for part, cells in rows if part == "tbody"]
    counted = [str(place) for place in range(len(body))]
    first = [cells[0] for _, cells in rows if len(cells) > 1]
    names = [cells[0].text for cells in body if len(cells) > 1 and cells[0].tag == "th"]
    if not body or len(rows) - len(body) != 1 or len(first) < len(rows) or names != counted:
        return rows
    if any(cell.spans for cell in first) or first[0].text:
        return rows
    return [(part, cells[1:]) for part, cells in rows]
