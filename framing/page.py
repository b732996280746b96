"""Executed notebooks as one HTML page that holds everything and runs nothing."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

STYLE = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 62rem; background: #fff;
  color: #1c1c1c; font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", sans-serif;
  overflow-wrap: anywhere; }
h1, h2, h3, h4 { line-height: 1.25; margin: 2.2rem 0 .6rem; }
h1 { font-size: 1.8rem; margin-top: 0; }
h2 { font-size: 1.45rem; margin-top: 3.5rem; padding-top: .8rem; border-top: 2px solid #1c1c1c; }
h3 { font-size: 1.12rem; }
p, ul, ol { max-width: 44rem; }
a { color: #1a4f8b; }
nav { margin: 1.5rem 0; padding: .2rem 1.2rem .8rem; background: #f5f5f5; }
nav h2 { font-size: 1rem; margin: .8rem 0 .3rem; padding: 0; border: 0; }
nav ol { margin: 0; padding-left: 1.3rem; }
nav ol ol { list-style: none; padding-left: .4rem; }
.about { color: #555; margin: .2rem 0; }
figure { margin: 1.4rem 0; }
figure img { display: block; max-width: 100%; height: auto; }
figcaption, .files { color: #444; font-size: .86rem; margin: .4rem 0 1.2rem; }
.scroll { overflow-x: auto; margin: 1rem 0 .3rem; }
table { border-collapse: collapse; font-size: .86rem; line-height: 1.35; overflow-wrap: normal; }
th, td { padding: .22rem .7rem .22rem 0; text-align: left; vertical-align: top;
  unicode-bidi: isolate; max-width: 32rem; overflow-wrap: break-word; }
thead th { border-bottom: 1px solid #1c1c1c; vertical-align: bottom; }
tbody tr { border-bottom: 1px solid #e4e4e4; }
tbody th { font-weight: 600; }
td.date { white-space: nowrap; }
mark { background: #ffe9a8; color: inherit; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
pre { margin: .8rem 0; overflow-x: auto; font-size: .84rem; line-height: 1.4; }
pre.output { white-space: pre-wrap; }
pre.note { white-space: pre-wrap; padding: .6rem .9rem; background: #fff4d6;
  border-left: 4px solid #c98a00; }
details { margin: .5rem 0; color: #555; font-size: .9rem; }
details pre { padding: .6rem .9rem; background: #f5f5f5; color: #1c1c1c; }
summary { cursor: pointer; }
@page { margin: 18mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  details, nav { display: none; }
  h2 { break-before: page; }
  h2, h3 { break-after: avoid; }
  figure, tr { break-inside: avoid; }
  .scroll { overflow: visible; }
  a { color: inherit; text-decoration: none; }
}
"""

FRAME = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; \
style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="{generator}">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<header>
<h1>{title}</h1>
{about}
{contents}
</header>
<main>
{sections}
</main>
</body>
</html>
"""

SILENT = {"script", "style", "template", "iframe", "object", "noscript", "title", "textarea"}
BREAKS = {"br", "p", "div", "li"}

# Controls that turn the direction of what follows, and those that a page or terminal may obey.
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
COLOURS = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
WARNED_AT = re.compile(r"^\S+:\d+: (?=\w*Warning: )")
NUMBER = re.compile(r"[-+−]?[\d,.]*\d[\d,.]*(e[-+]?\d+)? ?%?|[-+]?inf|nan", re.IGNORECASE)


@dataclass
class Section:
    """One executed notebook: its file name, its cells, and the files that each cell wrote.

    Attributes
    ----------
    name : str
        File name of the notebook.
    cells : sequence
        The cells with their outputs, as nbformat holds them.
    files : dict of int to list of str
        Number of a cell, and the paths it wrote, relative to the page.
    """

    name: str
    cells: Sequence[Any]
    files: dict[int, list[str]] = field(default_factory=dict)


def inert(text: str) -> str:
    """Return text without characters that a page or a terminal would obey.

    Controls of direction become their names, such as ``[U+202E]``; colour codes go; other control
    characters become U+FFFD. Line ends and tabs stay.
    """
    plain = COLOURS.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    named = TURNS.sub(lambda found: f"[U+{ord(found[0]):04X}]", plain)
    return CONTROLS.sub("\ufffd", named)


def escape(text: object) -> str:
    """Return text as HTML that shows it and does nothing else."""
    return html.escape(inert(str(text)), quote=True)


@dataclass
class Cell:
    """One cell of a table: `th` or `td`, how far it spans, and pieces of text, marked or not."""

    tag: str
    spans: str
    pieces: list[tuple[str, bool]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text of the cell, without marks and without space around it."""
        return "".join(piece for piece, _ in self.pieces).strip()

    def html(self, *, number: bool) -> str:
        """Return the cell as HTML, to the right where its column holds numbers."""
        date = re.fullmatch(r"\d{4}-\d{2}-\d{2}", self.text)
        kind = ' class="number"' if number else ' class="date"' if date else ""
        if any(mark for _, mark in self.pieces):
            shown = "".join(
                f"<mark>{escape(piece)}</mark>" if mark else escape(piece)
                for piece, mark in self.pieces
            ).strip()
        else:
            shown = escape(self.text)
        return f"<{self.tag}{self.spans}{kind}>{shown}</{self.tag}>"


class Tables(HTMLParser):
    """Reads the tables of an HTML text as cells of text and its marks; all else is passed over.

    Attributes
    ----------
    found : list
        For each table its rows, each the name of its part (`thead` or `tbody`) and its cells.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[list[tuple[str, list[Cell]]]] = []
        self._depth = 0
        self._part = "tbody"
        self._cell: Cell | None = None
        self._silent = 0
        self._mark = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a part, a row or a cell."""
        if tag in SILENT:
            self._silent += 1
        elif tag in BREAKS and self._cell:
            self._cell.pieces.append((" ", False))
        elif tag == "mark":
            self._mark = True
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.found.append([])
        elif self._depth != 1:
            return
        elif tag in ("thead", "tbody"):
            self._part = tag
        elif tag == "tr":
            self._cell = None
            self.found[-1].append((self._part, []))
        elif tag in ("th", "td") and self.found[-1]:
            self._cell = Cell(tag, _spans(attrs))
            self._mark = False
            self.found[-1][-1][1].append(self._cell)

    def handle_endtag(self, tag: str) -> None:
        """End a table, a part or a cell."""
        if tag in SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "table":
            self._depth = max(0, self._depth - 1)
        elif tag == "thead":
            self._part = "tbody"
        elif tag == "mark":
            self._mark = False
        if tag in ("th", "td", "tr", "table") and self._depth < 2:
            self._cell = None

    def handle_data(self, data: str) -> None:
        """Keep the text of a cell."""
        if self._cell is not None and not self._silent:
            self._cell.pieces.append((data, self._mark))


def _spans(attrs: list[tuple[str, str | None]]) -> str:
    """Return how many rows and columns a cell spans, as attributes."""
    return "".join(
        f' {name}="{int(value)}"'
        for name, value in attrs
        if name in ("colspan", "rowspan") and value and re.fullmatch("[0-9]{1,4}", value)
    )


def only_tables(text: str) -> str:
    """Return the tables of an HTML text, written anew; empty where it has none."""
    parser = Tables()
    parser.feed(text)
    parser.close()
    return "".join(_table(rows) for rows in parser.found if rows)


def _table(rows: list[tuple[str, list[Cell]]]) -> str:
    """Return rows as a table; columns of numbers, counted from the right, go to the right."""
    rows = _heads_joined(rows)
    body = [cells for part, cells in rows if part == "tbody"]
    numbers: list[bool] = []
    for place in range(1, max((len(cells) for _, cells in rows), default=0) + 1):
        column = [cells[-place] for cells in body if len(cells) >= place]
        data = [cell.text for cell in column if cell.tag == "td"]
        numbers.append(any(data) and all(NUMBER.fullmatch(value) for value in data if value))
    lines = {"thead": "", "tbody": ""}
    for part, cells in rows:
        spanned = any("colspan" in cell.spans for cell in cells)
        right = [False] * len(cells) if spanned else numbers[: len(cells)][::-1]
        shown = (cell.html(number=n) for cell, n in zip(cells, right, strict=True))
        lines[part] += f"<tr>{''.join(shown)}</tr>"
    return "<table>" + "".join(f"<{p}>{r}</{p}>" for p, r in lines.items() if r) + "</table>"


def _heads_joined(rows: list[tuple[str, list[Cell]]]) -> list[tuple[str, list[Cell]]]:
    """Return rows with the names of the index, which pandas puts below, in the row of names."""
    heads = [cells for part, cells in rows if part == "thead"]
    if len(heads) != 2 or len(heads[0]) != len(heads[1]):
        return rows
    pairs = list(zip(*heads, strict=True))
    if any(one.spans or other.spans or (one.text and other.text) for one, other in pairs):
        return rows
    joined = [one if one.text else other for one, other in pairs]
    return [("thead", joined), *rows[2:]]


class Page:
    """Builds the page section by section, and remembers headings and numbers of figures.

    Attributes
    ----------
    parts : list of str
        The HTML of the sections so far.
    headings : list
        Level, text and anchor of each heading, for the contents.
    """

    def __init__(self) -> None:
        from markdown_it import MarkdownIt

        self.parts: list[str] = []
        self.headings: list[tuple[int, str, str]] = []
        self.n_figures = 0
        self._pending: list[str] = []
        self._prose = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
        self._shown = MarkdownIt("commonmark", {"html": False}).enable("table")
        self._shown.disable(["image", "link", "autolink", "reference"])

    def add(self, section: Section) -> None:
        """Add one executed notebook."""
        self.parts.append("<section>")
        for number, cell in enumerate(section.cells):
            tags = cell.metadata.get("tags", [])
            if cell.cell_type == "markdown":
                self._fold_code()
                self.parts.append(self._markdown(cell.source))
            elif cell.cell_type == "code" and "injected-parameters" not in tags:
                self._code(cell, section.files.get(number, []))
        self._fold_code()
        self.parts.append("</section>")

    def _markdown(self, source: str) -> str:
        """Return prose as HTML; headings stand one level lower and get an anchor."""
        tokens = self._prose.parse(inert(source))
        for place, token in enumerate(tokens):
            if token.type in ("heading_open", "heading_close"):
                token.tag = f"h{min(6, int(token.tag[1]) + 1)}"
            if token.type == "heading_open":
                anchor = f"part-{len(self.headings) + 1}"
                token.attrSet("id", anchor)
                text = "".join(child.content for child in tokens[place + 1].children or [])
                self.headings.append((int(token.tag[1]), text, anchor))
        return str(self._prose.renderer.render(tokens, self._prose.options, {}))

    def _code(self, cell: Any, files: list[str]) -> None:
        """Add a cell's outputs; its code waits until something is shown below it."""
        if code := cell.source.strip():
            self._pending.append(escape(code))
        if cell.outputs or files:
            self._fold_code()
        stems = list(dict.fromkeys(path.rpartition(".")[0] for path in files))
        figures = [stem for stem in stems if stem.startswith("figures/")]
        left = list(files)
        for output in cell.outputs:
            if image := _image(output):
                stem = figures.pop(0) if figures else ""
                own = [path for path in left if stem and path.rpartition(".")[0] == stem]
                left = [path for path in left if path not in own]
                self.parts.append(self._figure(image, stem.rpartition("/")[2], own))
            else:
                self.parts.append(self._output(output))
        if left:
            self.parts.append(f'<p class="files">Files: {_links(left, left)}</p>')

    def _fold_code(self) -> None:
        """Add the code that waits, folded."""
        code = "\n\n".join(self._pending)
        if code:
            folded = f"<details><summary>Code</summary><pre><code>{code}</code></pre></details>"
            self.parts.append(folded)
        self._pending = []

    def _figure(self, image: str, name: str, files: list[str]) -> str:
        """Return an image with its number, what it shows, and its files."""
        self.n_figures += 1
        shown = self.headings[-1][1] if self.headings else "Chart"
        alt = f"Chart: {shown}" + (f" ({name})" if name else "")
        names = [path.rpartition(".")[2].upper() for path in files]
        links = f" Files: {_links(files, names)}" if files else ""
        return (
            f'<figure><img src="{image}" alt="{escape(alt)}">'
            f"<figcaption>Figure {self.n_figures}. {escape(shown)}.{links}</figcaption></figure>"
        )

    def _output(self, output: Any) -> str:
        """Return one output of a cell that is not an image."""
        if output.output_type == "stream":
            if output.name == "stderr":
                said = "\n".join(warnings_in([output]))
                return f'<pre class="note">{escape(said)}</pre>' if said else ""
            return f'<pre class="output">{escape(output.text.rstrip())}</pre>'
        if output.output_type == "error":
            return f'<pre class="note">{escape(f"{output.ename}: {output.evalue}")}</pre>'
        data = output.get("data", {})
        if "application/vnd.jupyter.widget-view+json" in data:
            return ""
        if table := only_tables(data.get("text/html", "")):
            return f'<div class="scroll" tabindex="0">{table}</div>'
        if "text/markdown" in data:
            return str(self._shown.render(inert(data["text/markdown"])))
        text = data.get("text/plain", "").rstrip()
        return f'<pre class="output">{escape(text)}</pre>' if text else ""

    def html(self, *, title: str, about: Iterable[str], generator: str) -> str:
        """Return the whole page."""
        digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
        lines = "\n".join(f'<p class="about">{escape(line)}</p>' for line in about)
        return FRAME.format(
            digest=digest,
            generator=escape(generator),
            title=escape(title),
            style=STYLE,
            about=lines,
            contents=self._contents(),
            sections="\n".join(self.parts),
        )

    def _contents(self) -> str:
        """Return the list of the headings of the first two levels."""
        items: list[str] = []
        inside = False
        for level, text, anchor in self.headings:
            link = f'<li><a href="#{anchor}">{escape(text)}</a>'
            if level == 2:
                items.append(("</ol></li>" if inside else "</li>" if items else "") + link)
                inside = False
            elif level == 3 and items:
                items.append(link + "</li>" if inside else "<ol>" + link + "</li>")
                inside = True
        end = "</ol></li>" if inside else "</li>" if items else ""
        listed = "".join(items) + end
        return f'<nav aria-label="Contents"><h2>Contents</h2><ol>{listed}</ol></nav>'


def _image(output: Any) -> str:
    """Return an output's image as a data address, empty where it has none."""
    data = output.get("data", {})
    for kind in ("image/png", "image/jpeg"):
        code = "".join(data.get(kind, "").split())
        if code and re.fullmatch("[A-Za-z0-9+/]+={0,2}", code):
            return f"data:{kind};base64,{code}"
    return ""


def _links(paths: Iterable[str], names: Iterable[str]) -> str:
    """Return links to files beside the page."""
    pairs = zip(paths, names, strict=True)
    return " · ".join(f'<a href="{quote(path)}">{escape(name)}</a>' for path, name in pairs)


def warnings_in(outputs: Iterable[Any]) -> list[str]:
    """Return the lines that cells wrote to their error stream, without where they were raised."""
    found: list[str] = []
    for output in outputs:
        if output.output_type != "stream" or output.name != "stderr":
            continue
        skip = False
        for line in output.text.splitlines():
            if skip and line.startswith("  "):
                skip = False
                continue
            skip = bool(WARNED_AT.match(line))
            found += [WARNED_AT.sub("", line)] if line.strip() else []
    return found
