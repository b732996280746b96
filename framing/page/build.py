"""Executed notebooks, section by section, as one HTML page."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

from framing.inert import inert, shown
from framing.page.style import FRAME, STYLE
from framing.page.tables import Table, read_tables

WARNED_AT = re.compile(r"^\S+:\d+: (?=\w*Warning: )")


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
    alternatives : mapping of str to str
        What a figure shows, in words, by its path without the ending.
    """

    name: str
    cells: Sequence[Any]
    files: dict[int, list[str]] = field(default_factory=dict)
    alternatives: Mapping[str, str] = field(default_factory=dict)


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
        self.n_figures = self.n_tables = 0
        self._pending: list[str] = []
        self._drawn: list[_Figure] = []
        self._prose = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
        self._shown = MarkdownIt("commonmark", {"html": False}).enable("table")
        self._shown.disable(["image", "link", "autolink", "reference"])

    def add(self, section: Section) -> None:
        """Add one executed notebook."""
        self.parts.append("")
        opening, n_before = len(self.parts) - 1, len(self.headings)
        for number, cell in enumerate(section.cells):
            tags = cell.metadata.get("tags", [])
            if cell.cell_type == "markdown":
                self._fold_code()
                self.parts.append(self._markdown(cell.source))
            elif cell.cell_type == "code" and "injected-parameters" not in tags:
                self._code(cell, section.files.get(number, []), section.alternatives)
        self._fold_code()
        named = (
            f' aria-labelledby="{self.headings[n_before][2]}"' if self.headings[n_before:] else ""
        )
        self.parts[opening] = f"<section{named}>"
        self.parts.append("</section>")
        self._place_figures()

    def _markdown(self, source: str) -> str:
        """Return prose as HTML; headings stand one level lower and get an anchor."""
        tokens = self._prose.parse(inert(source))
        for place, token in enumerate(tokens):
            if token.type in ("heading_open", "heading_close"):
                deepest = (
                    self.headings[-1][0] + (token.type == "heading_open") if self.headings else 2
                )
                token.tag = f"h{min(6, int(token.tag[1]) + 1, deepest)}"
            if token.type == "heading_open":
                anchor = f"part-{len(self.headings) + 1}"
                token.attrSet("id", anchor)
                text = "".join(child.content for child in tokens[place + 1].children or [])
                self.headings.append((int(token.tag[1]), text, anchor))
        return str(self._prose.renderer.render(tokens, self._prose.options, {}))

    def _code(self, cell: Any, files: list[str], alternatives: Mapping[str, str]) -> None:
        """Add a cell's outputs; its code waits until something is shown below it."""
        if code := cell.source.strip():
            self._pending.append(shown(code))
        said = [_image(output) or self._output(output) for output in cell.outputs]
        if any(said) or files:
            self._fold_code()
        stems, left = _figure_stems(files), list(files)
        for text in filter(None, said):
            if text.startswith("data:"):
                stem = stems.pop(0) if stems else ""
                own = sorted(path for path in left if stem and _is_of(path, stem))
                left = [path for path in left if path not in own]
                self._figure(text, stem, own, alternatives.get(stem, ""))
            else:
                self.parts.append(text)
        if left:
            left = sorted(left)
            self.parts.append(f'<p class="files">Files: {_links(left, left)}</p>')

    def _fold_code(self) -> None:
        """Add the code that waits, folded."""
        code = "\n\n".join(self._pending)
        if code:
            folded = f"<details><summary>Code</summary><pre><code>{code}</code></pre></details>"
            self.parts.append(folded)
        self._pending = []

    @property
    def _heading(self) -> str:
        """The heading that stands above."""
        return self.headings[-1][1] if self.headings else "Results"

    def _figure(self, image: str, stem: str, files: list[str], says: str) -> None:
        """Keep a place for an image with its number, what it shows, and its files."""
        self.n_figures += 1
        name = stem.rpartition("/")[2]
        alt = says or f"Chart: {self._heading}" + (f" ({name})" if name else "")
        links = f" Files: {_links(files, [_kind(path, stem) for path in files])}" if files else ""
        place = len(self.parts)
        self._drawn.append(
            _Figure(place, len(self.headings), self.n_figures, self._heading, name, links)
        )
        self.parts.append(f'<figure><img src="{image}"{_size(image)} alt="{shown(alt)}">')

    def _place_figures(self) -> None:
        """Write the captions; where one heading has several figures, each with its own name."""
        n_below = Counter(figure.below for figure in self._drawn)
        for figure in self._drawn:
            several = n_below[figure.below] > 1 and figure.name
            own = f" ({figure.name.replace('-', ' ')})" if several else ""
            said = shown(f"Figure {figure.number}. {figure.heading}{own}.")
            self.parts[figure.place] += f"<figcaption>{said}{figure.links}</figcaption></figure>"
        self._drawn = []

    def _table(self, table: Table) -> str:
        """Return a table with its number and caption, in a frame that scrolls."""
        self.n_tables += 1
        number = f"Table {self.n_tables}"
        caption = f"{number}. {table.caption or self._heading}"
        title = f'<p class="title">{shown(table.title)}</p>' if table.title else ""
        return (
            f'{title}<div class="scroll" tabindex="0" role="region" aria-label="{number}">'
            f"{table.html(caption)}</div>"
        )

    def _output(self, output: Any) -> str:
        """Return one output of a cell that is not an image."""
        if output.output_type == "stream":
            if output.name == "stderr":
                said = "\n".join(warnings_in([output]))
                return f'<pre class="note">{shown(said)}</pre>' if said else ""
            text = output.text.rstrip()
            return f'<pre class="output">{shown(text)}</pre>' if text else ""
        if output.output_type == "error":
            return f'<pre class="note">{shown(f"{output.ename}: {output.evalue}")}</pre>'
        data = output.get("data", {})
        if "application/vnd.jupyter.widget-view+json" in data:
            return ""
        if tables := read_tables(data.get("text/html", "")):
            return "".join(map(self._table, tables))
        if "text/markdown" in data:
            return self._said(data["text/markdown"])
        text = data.get("text/plain", "").rstrip()
        return f'<pre class="output">{shown(text)}</pre>' if text else ""

    def _said(self, text: str) -> str:
        """Return an output of Markdown as HTML; its headings are none of the page's."""
        tokens = self._shown.parse(inert(text))
        for token in tokens:
            if token.type in ("heading_open", "heading_close"):
                token.tag = "p"
            if token.type == "heading_open":
                token.attrSet("class", "title")
        return str(self._shown.renderer.render(tokens, self._shown.options, {}))

    def html(self, *, title: str, about: Iterable[str], generator: str) -> str:
        """Return the whole page."""
        digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
        lines = "\n".join(f'<p class="about">{shown(line)}</p>' for line in about)
        return FRAME.format(
            digest=digest,
            generator=shown(generator),
            title=shown(title),
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
            link = f'<li><a href="#{anchor}">{shown(text)}</a>'
            if level == 2:
                items.append(("</ol></li>" if inside else "</li>" if items else "") + link)
                inside = False
            elif level == 3 and items:
                items.append(link + "</li>" if inside else "<ol>" + link + "</li>")
                inside = True
        end = "</ol></li>" if inside else "</li>" if items else ""
        listed = "".join(items) + end
        return f'<nav aria-label="Contents"><h2>Contents</h2><ol>{listed}</ol></nav>'


@dataclass
class _Figure:
    """What the caption of a figure needs: its place, below which heading, and its files."""

    place: int
    below: int
    number: int
    heading: str
    name: str
    links: str


def _figure_stems(files: Iterable[str]) -> list[str]:
    """Return the figures that files belong to, without their endings."""
    paths = [path for path in files if path.startswith("figures/")]
    stems = dict.fromkeys(path.rpartition(".")[0] for path in paths)
    told = [stem for stem in stems if f"{stem}.json" in paths]
    return told or list(stems)


def _is_of(path: str, stem: str) -> bool:
    """Tell whether a file belongs to a figure: of its name, or of its name and resolution."""
    return re.fullmatch(re.escape(stem) + r"(-\d+)?\.\w+", path) is not None


def _kind(path: str, stem: str) -> str:
    """Return what a file of a figure is called in its caption."""
    name, _, ending = path.rpartition(".")
    dots = name.removeprefix(stem).strip("-")
    return ending.upper() + (f" ({dots} dpi)" if dots else "")


def _size(image: str) -> str:
    """Return the width and height of a PNG as attributes, so that nothing moves as it loads."""
    code = image.partition(",")[2][:32]
    start = base64.b64decode(code) if len(code) == 32 else b""
    if start[12:16] != b"IHDR":
        return ""
    width, height = (int.from_bytes(start[at : at + 4]) for at in (16, 20))
    return f' width="{width}" height="{height}"'


def alternatives(folder: Path, files: Iterable[str]) -> dict[str, str]:
    """Return what the figures among the files of a folder show, as `save_figure` has told."""
    found = {}
    for path in files:
        if path.startswith("figures/") and path.endswith(".json"):
            told = json.loads((folder / path).read_text(encoding="utf-8"))
            if isinstance(told, dict) and isinstance(told.get("alt_text"), str):
                found[path.removesuffix(".json")] = told["alt_text"]
    return found


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
    return " · ".join(f'<a href="{quote(path)}">{shown(name)}</a>' for path, name in pairs)


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
