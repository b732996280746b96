"""The report's page for readers of the screen: an own small checker, and what it must catch."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output, writes

import framing as fr
from framing import page
from framing.page.style import STYLE
from framing.report import build_report

VOID = {"meta", "img", "br", "link", "hr", "input"}


class Outline(HTMLParser):
    """Reads a page and collects what a reader of the screen would stumble over."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.levels: list[int] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.landmarks: list[str] = []
        self.names: list[str] = []
        self.lang = self.title = ""
        self.tables: list[list[str]] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in pairs}
        if tag not in VOID:
            self._open.append(tag)
        if "id" in own:
            self.ids.append(own["id"])
        if own.get("href", "").startswith("#"):
            self.targets.append(own["href"][1:])
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))
        if tag in ("header", "nav", "main", "footer", "aside"):
            self.landmarks.append(tag)
        if tag == "html":
            self.lang = own.get("lang", "")
        if tag == "table":
            self.tables.append([])
        if self.tables and "table" in self._open:
            self.tables[-1].append(tag)
        self._check(tag, own)

    def _check(self, tag: str, own: dict[str, str]) -> None:
        scrolls = own.get("class") == "scroll"
        if tag == "img" and not own.get("alt", "").strip():
            self.wrong.append("an image without words")
        if tag == "th" and own.get("scope") not in ("col", "row", "colgroup", "rowgroup"):
            self.wrong.append("a name of no row and no column")
        if scrolls and (own.get("tabindex") != "0" or own.get("role") != "region"):
            self.wrong.append("a frame that scrolls and cannot be reached")
        if own.get("role") == "region":
            self.names.append(own.get("aria-label", ""))
        if tag == "table" and "section" in self._open and self._open[-2:-1] != ["div"]:
            self.wrong.append("a table without a frame")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if self._open[-1:] == ["title"]:
            self.title += data

    def stumbles(self) -> list[str]:
        """Return everything that is wrong with the page as a whole."""
        wrong = list(self.wrong)
        if self.levels.count(1) != 1 or self.levels[:1] != [1]:
            wrong.append("not one heading of the page")
        steps = zip(self.levels, self.levels[1:], strict=False)
        wrong += ["a level is left out" for above, below in steps if below > above + 1]
        if not self.lang or not self.title.strip():
            wrong.append("no language or no title")
        if self.landmarks.count("main") != 1 or "nav" not in self.landmarks:
            wrong.append("no landmarks")
        wrong += [f"no place {name!r}" for name in self.targets if name not in self.ids]
        if len(set(self.ids)) < len(self.ids) or len(set(self.names)) < len(self.names):
            wrong.append("two places of one name")
        if "" in self.names:
            wrong.append("a region without a name")
        wrong += ["a table without a caption" for tags in self.tables if "caption" not in tags]
        return wrong


PRE = '<html lang="en"><title>T</title><nav></nav><main><h1>T</h1>'


@pytest.mark.parametrize(
    ("text", "stumble"),
    [
        ("<img src=x>", "an image without words"),
        ("<table><caption>C</caption><th>x</th></table>", "a name of no row and no column"),
        ("<table><tr><td>x</td></tr></table>", "a table without a caption"),
        ('<div class="scroll">', "a frame that scrolls and cannot be reached"),
        ("<h3>x</h3>", "a level is left out"),
        ("<h1>x</h1>", "not one heading of the page"),
        ('<a href="#nowhere">x</a>', "no place 'nowhere'"),
        ("<main></main>", "no landmarks"),
        ('<p id="a"></p><p id="a"></p>', "two places of one name"),
        ('<section><table><caption>C</caption><tr></tr></table>', "a table without a frame"),
    ],
)  # fmt: skip
def test_the_checker_catches(text: str, stumble: str) -> None:
    assert Outline(PRE).stumbles() == []
    assert Outline(PRE + text).stumbles() == [stumble]


def outputs() -> list[str]:
    """Return the HTML of tables of each kind."""
    corpus = fr.build_corpus(fr.make_articles(60, seed=1))
    rows = fr.term_frequency(corpus, by="source", terms="said")
    model = fr.fit_topics(corpus, n_topics=2, seed=1, engine="nmf")
    frame = pd.DataFrame({("a", "x"): [1, 2], ("a", "y"): [3, 4]}, index=["r", "s"])
    named = pd.crosstab(corpus.articles["source"], corpus.articles["date"].dt.year)
    many = rows.set_index(["source", "term"])
    shown = [fr.show_evidence(fr.evidence(rows, corpus, n=1, seed=1)),
             fr.topic_card(model, corpus, topic=0)]  # fmt: skip
    frames = [rows, frame, named, many, frame.T, pd.DataFrame({"n": []})]
    return [one._repr_html_() for one in shown] + [one.to_html() for one in frames]


def test_every_kind_of_output_can_be_read_out() -> None:
    cells = [new_markdown_cell("# One\n\n#### Deep\n\n## Two")]
    for html in outputs():
        output = new_output("display_data", {"text/html": html})
        cells.append(new_code_cell("x", outputs=[output]))
    built = page.Page()
    built.add(page.Section("01.ipynb", cells))
    found = Outline(built.html(title="T", about=["About."], generator="framing"))
    assert found.stumbles() == []
    assert len(found.tables) > 8


def test_a_built_report_can_be_read_out(tmp_path: Path) -> None:
    (tmp_path / "books").mkdir()
    code = (
        "import framing as fr\n"
        "corpus = fr.build_corpus(fr.load_articles(ARTICLES)[0])\n"
        "rows = fr.term_frequency(corpus, by='source', terms=['said', 'war'])\n"
        "ax = fr.plot_term_frequency(rows)\n"
        "fr.save_figure(ax, 'figures/words')\n"
        "rows"
    )
    book = new_notebook(cells=[new_markdown_cell("## Words"), new_code_cell(code)])
    (tmp_path / "books" / "01.ipynb").write_text(writes(book), encoding="utf-8")
    path = build_report("sample", out=tmp_path / "report", notebooks=tmp_path / "books")
    text = path.read_text(encoding="utf-8")
    found = Outline(text)
    assert found.stumbles() == []
    assert len(found.tables) == 1
    (alt,) = re.findall('<img [^>]*alt="([^"]*)"', text)
    assert "said" in alt
    assert "occurrences" in alt


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG 2 defines it."""
    code = "".join(2 * digit for digit in colour) if len(colour) == 3 else colour
    parts = [int(code[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * p for weight, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_contrast() -> None:
    assert luminance("fff") == pytest.approx(1)
    texts = set(re.findall(r"(?<![-\w])color: #([0-9a-f]+)", STYLE))
    grounds = set(re.findall(r"background: #([0-9a-f]+)", STYLE))
    assert len(texts) > 3
    assert len(grounds) > 3
    for text in texts:
        for ground in grounds:
            assert (luminance(ground) + 0.05) / (luminance(text) + 0.05) >= 4.5, (text, ground)
