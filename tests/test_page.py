"""The page of the report: whatever a notebook shows, the page shows it and runs nothing."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

import framing as fr
from framing import page

EVIL = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    '"><svg onload=alert(1)>',
    "</td></tr></table><iframe src=//example.org></iframe>",
    "</pre><a href='javascript:alert(1)'>x</a>",
    "&lt;script&gt;",
    "=cmd|' /C calc'!A0",
]
KNOWN_TAGS = {
    "html", "head", "meta", "title", "style", "body", "header", "nav", "main", "section", "h1",
    "h2", "h3", "h4", "h5", "h6", "p", "ol", "ul", "li", "a", "em", "strong", "code", "pre",
    "details", "summary", "div", "figure", "figcaption", "img", "table", "thead", "tbody", "tr",
    "th", "td", "mark", "caption", "span",
}  # fmt: skip
KNOWN_ATTRIBUTES = {
    "lang", "charset", "http-equiv", "content", "name", "href", "id", "class", "src", "alt",
    "tabindex", "aria-label", "aria-labelledby", "aria-hidden", "role", "scope", "colspan",
    "rowspan", "width", "height",
}  # fmt: skip
PIXEL = base64.b64encode(b"\x89PNG\r\n\x1a\n").decode()


class Tags(HTMLParser):
    """Collects every tag with its attributes, and all text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def page_of(*cells: Any, files: dict[int, list[str]] | None = None) -> str:
    built = page.Page()
    built.add(page.Section("01.ipynb", cells, files or {}))
    return built.html(title="Title", about=["About."], generator="framing")


def code(*outputs: Any, source: str = "1") -> Any:
    return new_code_cell(source, outputs=list(outputs))


def shown(data: dict[str, str]) -> Any:
    return new_output("display_data", data)


def assert_harmless(text: str) -> Tags:
    """Fail unless all tags and attributes are those that the page itself uses."""
    found = Tags(text)
    assert {tag for tag, _ in found.tags} <= KNOWN_TAGS
    assert {name for _, attrs in found.tags for name in attrs} <= KNOWN_ATTRIBUTES
    for tag, attrs in found.tags:
        if tag == "img":
            assert str(attrs["src"]).startswith("data:image/png;base64,")
        if "href" in attrs:
            assert re.match("#part-|#report$|figures/|tables/", str(attrs["href"]))
    return found


def every_kind_of_output(text: str) -> list[Any]:
    frame = pd.DataFrame({text: [text], "n": [1]}, index=[text])
    return [
        new_output("stream", name="stdout", text=text),
        new_output("stream", name="stderr", text=text),
        shown({"text/plain": text}),
        shown({"text/html": text, "text/plain": text}),
        shown({"text/html": frame.to_html(), "text/plain": text}),
        shown({"text/html": frame.to_html(escape=False), "text/plain": text}),
        shown({"text/html": f"<table><tr><td>{text}"}),
        shown({"text/markdown": text}),
        shown({"image/png": text, "text/plain": text}),
        shown({"image/svg+xml": text, "text/plain": text}),
        shown({"application/javascript": text, "text/plain": text}),
        new_output("error", ename=text, evalue=text, traceback=[text]),
    ]


@pytest.mark.parametrize("text", EVIL)
def test_nothing_that_a_notebook_holds_becomes_active(text: str) -> None:
    cells = [
        new_markdown_cell(f"# {text}\n\n{text}"),
        code(*every_kind_of_output(text), source=text),
        code(shown({"image/png": PIXEL}), source=text),
    ]
    found = assert_harmless(
        page_of(*cells, files={2: [f"figures/{text}.png", f"tables/{text}.csv"]})
    )
    assert text in found.text


@given(st.text())
def test_any_text_is_harmless(text: str) -> None:
    cells = [new_markdown_cell(text), code(*every_kind_of_output(text), source=text)]
    built = page.Page()
    built.add(page.Section("01.ipynb", cells))
    text = "".join(built.parts)
    found = Tags(text)
    assert {tag for tag, _ in found.tags} <= KNOWN_TAGS | {"blockquote", "hr", "br"}
    text.encode("utf-8")


def test_escaped_table_shows_the_title_itself() -> None:
    frame = pd.DataFrame({"title": EVIL})
    found = Tags(page.only_tables(frame.to_html()))
    assert all(title in found.text for title in EVIL)


def test_table_is_written_anew() -> None:
    frame = pd.DataFrame(
        {("a", "x"): [1, 2], ("a", "y"): ["p", "q"]}, index=pd.Index(["r", "s"], name="row")
    )
    assert page.only_tables(frame.to_html(index_names=False)) == (
        '<table><thead><tr><td></td><th colspan="2" scope="colgroup">a</th></tr>'
        '<tr><td></td><th scope="col" class="number">x</th><th scope="col">y</th></tr></thead>'
        '<tbody><tr><th scope="row">r</th><td class="number">1</td><td>p</td></tr>'
        '<tr><th scope="row">s</th><td class="number">2</td><td>q</td></tr></tbody></table>'
    )


def test_name_of_the_index_joins_the_names_of_the_columns() -> None:
    frame = pd.DataFrame({"n": [1], "day": ["2017-01-31"]}, index=pd.Index(["r"], name="row"))
    assert page.only_tables(frame.to_html()) == (
        '<table><thead><tr><th scope="col">row</th><th scope="col" class="number">n</th>'
        '<th scope="col">day</th></tr></thead>'
        '<tbody><tr><th scope="row">r</th><td class="number">1</td>'
        '<td class="date">2017-01-31</td></tr>'
        "</tbody></table>"
    )


def test_marks_in_cells_are_kept_and_nothing_else() -> None:
    cell = ' <i>A</i> <mark class="x" onclick="y">war &lt;b&gt;</mark><br>ends <mark>now'
    assert page.only_tables(f"<table><tr><td>{cell}</td><td>2024-01-02</td></tr></table>") == (
        "<table><tbody><tr><td>A <mark>war &lt;b&gt;</mark> ends <mark>now</mark></td>"
        '<td class="date">2024-01-02</td></tr></tbody></table>'
    )
    assert page.only_tables("<mark><table><tr><td>4</td></tr></table>") == (
        '<table><tbody><tr><td class="number">4</td></tr></tbody></table>'
    )


def test_evidence_is_marked_on_the_page() -> None:
    articles = pd.DataFrame({"doc_id": ["a"], "text": ["The <b>war</b> & its end."]})
    corpus = fr.build_corpus(articles, fields=["text"])
    rows = fr.term_frequency(corpus, terms="war")
    shown = fr.show_evidence(fr.evidence(rows, corpus, n=1, seed=1))
    table = page.only_tables(shown._repr_html_())
    assert "The &lt;b&gt;<mark>war</mark>&lt;/b&gt; &amp; its end." in table


def test_code_without_outputs_is_folded_with_the_next() -> None:
    text = page_of(code(source="a"), code(shown({"text/plain": "x"}), source="b"), code(source="c"))
    folded = re.findall("<pre><code>(.*?)</code>", text, re.DOTALL)
    assert folded == ["a\n\nb", "c"]


def test_code_with_an_empty_output_is_folded_with_the_next() -> None:
    silent = code(new_output("stream", name="stdout", text="\n"), source="a")
    text = page_of(silent, code(shown({"text/plain": "x"}), source="b"))
    assert re.findall("<pre[^>]*>(?:<code>)?(.*?)<", text, re.DOTALL) == ["a\n\nb", "x"]


def test_columns_of_numbers_go_right() -> None:
    frame = pd.DataFrame(
        {"n": ["–", "−3.0", "", "nan"], "part": ["1,234.5 %", "2 %", "3%", "1e-05"],
         "word": ["1", "two", "3", "4"], "none": [""] * 4}
    )  # fmt: skip
    heads = re.findall(
        '<th scope="col"( class="number")?>(n|part|word|none)</th>',
        page.only_tables(frame.to_html()),
    )
    assert [name for number, name in heads if number] == ["n", "part"]


def test_text_without_a_table_is_no_table() -> None:
    assert page.only_tables("<b>bold</b><td>x</td>") == ""


def test_policy_allows_its_own_style_and_nothing_else() -> None:
    text = page_of()
    style = text[text.index("<style>") + 7 : text.index("</style>")]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = re.search('Content-Security-Policy" content="([^"]*)"', text)
    assert policy
    assert policy[1] == (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; base-uri 'none'; "
        "form-action 'none'"
    )
    assert "http://" not in text
    assert "https://" not in text


def test_headings_are_listed_and_lie_one_level_lower() -> None:
    text = page_of(new_markdown_cell("# One\n\n## Sub `a`\n\n## Sub b"), new_markdown_cell("# Two"))
    assert (
        '<ol><li><a href="#part-1">One</a><ol><li><a href="#part-2">Sub a</a></li>'
        '<li><a href="#part-3">Sub b</a></li></ol></li><li><a href="#part-4">Two</a></li></ol>'
    ) in text
    assert '<h2 id="part-1">One</h2>' in text
    assert '<h3 id="part-2">Sub <code>a</code></h3>' in text


def test_figure_has_a_number_an_alternative_text_and_its_files() -> None:
    files = {1: ["figures/words.csv", "figures/words.pdf", "tables/words.csv"]}
    text = page_of(
        new_markdown_cell("## The words\n\nSome prose."),
        code(shown({"image/png": PIXEL})),
        files=files,
    )
    assert f'<img src="data:image/png;base64,{PIXEL}" alt="Chart: The words (words)">' in text
    assert (
        '<figcaption>Figure 1. The words. Files: <a href="figures/words.csv">CSV</a>'
        ' · <a href="figures/words.pdf">PDF</a></figcaption>'
    ) in text
    assert '<p class="files">Files: <a href="tables/words.csv">tables/words.csv</a></p>' in text


def test_code_is_folded_and_injected_values_are_not_shown() -> None:
    injected = new_code_cell("OUT = '/somewhere'", metadata={"tags": ["injected-parameters"]})
    text = page_of(injected, code(source="a < b"))
    assert "<details><summary>Code</summary><pre><code>a &lt; b</code></pre></details>" in text
    assert "/somewhere" not in text


def test_progress_bars_are_left_out() -> None:
    bar = {"application/vnd.jupyter.widget-view+json": "{}", "text/plain": "  0%| | 0/9"}
    assert "0/9" not in page_of(code(shown(bar)))


def test_warnings_lose_the_place_they_were_raised_at() -> None:
    lines = "/folder/123.py:4: UserWarning: the sample is invented\n  fr.load()\n\nand more\n"
    outputs = [
        new_output("stream", name="stderr", text=lines),
        new_output("stream", name="stdout", text="not this"),
    ]
    assert page.warnings_in(outputs) == ["UserWarning: the sample is invented", "and more"]


def test_headings_leave_out_no_level() -> None:
    text = page_of(new_markdown_cell("### Deep\n\n# One\n\n#### Deeper\n\n## Two"))
    assert re.findall("<h([1-6])", text) == ["1", "2", "2", "2", "3", "3"]


def test_tables_have_numbers_captions_and_a_frame_that_scrolls() -> None:
    own = "<h4>A <b>card</b></h4><table><caption>Its <i>terms</i></caption><tr><td>x</table>"
    frame = pd.DataFrame({"n": [1]}, index=pd.Index(["r"], name="row"))
    text = page_of(
        new_markdown_cell("# The words"), code(shown({"text/html": frame.to_html() + own}))
    )
    assert (
        '<div class="scroll" tabindex="0" role="region" aria-label="Table 1">'
        "<table><caption>Table 1. The words</caption>"
    ) in text
    assert (
        '<p class="title">A card</p>'
        '<div class="scroll" tabindex="0" role="region" aria-label="Table 2">'
        "<table><caption>Table 2. Its terms</caption>"
    ) in text


def test_index_that_only_counts_is_left_out() -> None:
    counted = page.only_tables(pd.DataFrame({"a": ["x", "y"], "b": ["z", ""]}).to_html())
    assert re.findall("<t[hd](?: [^>]*)?>([^<]*)</t[hd]>", counted) == ["a", "b", "x", "z", "y", ""]
    for index in ([1, 2], pd.Index([0, 1], name="topic"), ["0", "x"]):
        kept = page.only_tables(pd.DataFrame({"a": ["x", "y"]}, index=index).to_html())
        assert f'<th scope="row">{list(index)[1]}</th>' in kept


def test_cells_that_are_long_have_room_and_an_end() -> None:
    words = page.only_tables("<table><tr><td>" + "word " * 15 + "</td><td>short</td></tr></table>")
    assert '<td class="long">word ' in words
    assert "<td>short</td>" in words
    cut = page.only_tables("<table><tr><td>" + "1" * 100_000 + "x</td></tr></table>")
    assert "1" * 5_000 + "… (95,001 characters more)" in cut


def test_bars_are_not_read_out() -> None:
    table = page.only_tables("<table><tr><td>███</td><td>a █</td></tr></table>")
    assert '<td><span aria-hidden="true">███</span></td><td>a █</td>' in table


def test_figures_below_one_heading_bear_their_names() -> None:
    files = {
        1: ["figures/a-b-600.png", "figures/a-b.json", "figures/a-b.png"],
        2: ["figures/c.json"],
        4: ["figures/d.json"],
    }
    image = code(shown({"image/png": PIXEL}))
    built = page.Page()
    cells = [new_markdown_cell("# One"), image, image, new_markdown_cell("# Two"), image]
    says = {"figures/a-b": 'Dots "<b>"', "figures/d": "Bars."}
    built.add(page.Section("01.ipynb", cells, files, says))
    text = "".join(built.parts)
    assert re.findall('alt="([^"]*)"', text) == [
        "Dots &quot;&lt;b&gt;&quot;", "Chart: One (c)", "Bars.",
    ]  # fmt: skip
    captions = re.findall("<figcaption>(.*?)(?: Files.*?)?</figcaption>", text)
    assert captions == ["Figure 1. One (a b).", "Figure 2. One (c).", "Figure 3. Two."]
    links = re.findall('<a href="figures/a-b[^"]*">([^<]*)</a>', text)
    assert links == ["PNG (600 dpi)", "JSON", "PNG"]


def test_figures_have_their_size() -> None:
    start = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + (640).to_bytes(4) + (480).to_bytes(4)
    image = base64.b64encode(start + b"\x08\x06\0\0\0").decode()
    assert ' width="640" height="480" alt="' in page_of(code(shown({"image/png": image})))


def test_what_figures_show_is_read_from_their_files(tmp_path: Path) -> None:
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "a.json").write_text('{"alt_text": "Bars."}')
    (tmp_path / "figures" / "b.json").write_text("[]")
    (tmp_path / "c.json").write_text('{"alt_text": "No figure."}')
    found = page.alternatives(
        tmp_path, ["figures/a.json", "figures/b.json", "c.json", "figures/a.csv"]
    )
    assert found == {"figures/a": "Bars."}


def test_headings_of_outputs_are_none_of_the_page() -> None:
    text = page_of(new_markdown_cell("# One"), code(shown({"text/markdown": "# Big\n\ntext"})))
    assert '<p class="title">Big</p>' in text
    assert re.findall("<h([1-6])", text) == ["1", "2", "2"]
