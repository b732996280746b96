"""Tables as CSV, LaTeX and HTML."""

from __future__ import annotations

import re
import shutil
import subprocess
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import framing as fr
from framing.export import export_tables
from framing.export.heads import head
from framing.export.latex import latex_table
from framing.export.present import MINUS, present
from framing.schema import TABLES
from framing.tables import csv_text

HOSTILE = [
    "=HYPERLINK(\"http://a.b\")", "+1", "-1", "@x", "<script>alert(1)</script>",
    "50% & _x_ #1 $a$ {b} ~c ^d \\e", "a\\\\[1cm]", "[x]", "*", "\u202egnp", "a\nb\tc",
    "\\input{/x}",
]  # fmt: skip


class Page(HTMLParser):
    """Reads a page: its tags, and the text of each cell."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.rows: list[list[str]] = []
        self.caption = ""
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.tags.append((tag, dict(attrs)))
        self._inside = tag
        if tag == "tr":
            self.rows.append([])
        if tag in {"td", "th"}:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside in {"td", "th"}:
            self.rows[-1][-1] += data
        if self._inside == "caption":
            self.caption += data


def page_of(path: Path) -> Page:
    page = Page()
    page.feed(path.read_text("utf-8"))
    return page


def body_of(tex: str) -> list[list[str]]:
    """Return the cells of the rows between the rules of a LaTeX table."""
    inside = tex.split("\\midrule\n")[1].split("\n\\bottomrule")[0]
    return [re.split(r"(?<!\\) & ", line.removesuffix(r" \\")) for line in inside.splitlines()]


def rates() -> pd.DataFrame:
    """Return a comparison made by hand: two sources, one item."""
    columns: dict[str, Any] = {"source": ["TASS", "R&D_50%"]}
    for column in TABLES["comparison"].columns:
        columns[column.name] = {"str": "x", "int": 1, "float": 1.0, "bool": False}[column.kind]
    return pd.DataFrame(columns).assign(
        items="country", item="SYR", measure="mentions per 1,000 tokens",
        estimate=[12.345, 0.5], low=[10.123, 0.1], high=[14.5, np.nan], n_articles=[1485, 515],
        n_units_with=[98, 7], reference="rest", difference=[-11.8, 11.8],
        difference_low=[-14.0, 9.0], difference_high=[-9.0, 14.0], ratio=[np.inf, 0.04],
        ratio_low=[np.nan, 0.01], ratio_high=[np.nan, 0.16], p=[0.0004, 0.25], q=[0.0008, np.nan],
        n_tests=2, level=0.95, interval="cluster-robust t on the log scale", unit="story",
        n_resamples=1000, seed=12345,
    )  # fmt: skip


NOTE = (
    "n = 2,000 articles; items: country; measure: mentions per 1,000 tokens; scale: 1; reference: "
    "all other articles; q after Benjamini and Hochberg over 2 tests; level of the intervals: "
    "95\u00a0%; intervals: cluster-robust t on the log scale; units that are taken whole: story; "
    "resamples: 1,000; seed: 12345. 10 further columns are in the CSV file."
)


def test_a_comparison_for_print() -> None:
    shown = present(rates())
    assert shown.heads == [
        "Source", "Item", "Mentions per 1,000 tokens [95\u00a0% interval]", "Articles",
        "Units with it", "Difference [95\u00a0% interval]", "Ratio [95\u00a0% interval]", "p", "q",
    ]  # fmt: skip
    assert shown.rows == [
        ["TASS", "SYR", "12.35 [10.12, 14.50]", "1,485", "98",
         f"{MINUS}11.8 [{MINUS}14.0, {MINUS}9.0]", "∞", "<0.001", "<0.001"],
        ["R&D_50%", "SYR", "0.50", "515", "7", "11.8 [9.0, 14.0]", "0.040 [0.010, 0.160]",
         "0.250", "–"],
    ]  # fmt: skip
    assert shown.numeric == [False, False, True, True, True, True, True, True, True]
    assert shown.note == NOTE
    assert present(rates(), has_csv=False).note.endswith("10 further columns are not printed.")


def test_intervals_of_too_few_units_are_marked() -> None:
    table = rates().assign(few_units=[False, True], few_units_reference=[True, False])
    shown = present(table)
    assert [row[2] for row in shown.rows] == ["12.35 [10.12, 14.50]", "0.50†"]
    assert [row[5] for row in shown.rows] == [
        f"{MINUS}11.8 [{MINUS}14.0, {MINUS}9.0]†", "11.8 [9.0, 14.0]†",
    ]  # fmt: skip
    assert shown.note == f"{NOTE} † Too few units for the interval to be trusted."
    again = pd.read_csv(StringIO(csv_text(table)))
    assert present(again).rows == shown.rows
    assert r"0.50$^{\dagger}$ &" in latex_table(shown, caption="", label="x")


def test_a_comparison_in_latex(tmp_path: Path) -> None:
    (path,) = export_tables({"country_rates": rates()}, tmp_path, formats="tex")
    tex = path.read_text("utf-8")
    assert tex.splitlines()[:9] == [
        r"% needs \usepackage{booktabs}",
        r"\begin{table}",
        r"\centering",
        r"\caption{Country rates}\label{tab:country-rates}",
        r"\begin{tabular}{llrrrrrrr}",
        r"\toprule",
        (
            r"Source & Item & Mentions per 1,000 tokens [95~\% interval] & Articles & Units with "
            r"it & Difference [95~\% interval] & Ratio [95~\% interval] & p & q \\"
        ),
        r"\midrule",
        (
            r"TASS & SYR & 12.35 [10.12, 14.50] & 1,485 & 98 & $-$11.8 [$-$14.0, $-$9.0] & "
            r"$\infty$ & \textless{}0.001 & \textless{}0.001 \\"
        ),
    ]
    assert r"R\&D\_50\% & SYR & 0.50 & 515" in tex
    assert tex.endswith("\\end{table}\n")
    assert r"\footnotesize \textit{Note.} n = 2,000 articles; items: country" in tex


def test_a_comparison_in_html(tmp_path: Path) -> None:
    (path,) = export_tables({"country_rates": rates()}, tmp_path, formats=["html"])
    page = page_of(path)
    shown = present(rates(), has_csv=False)
    assert page.rows == [shown.heads, *shown.rows]
    assert page.caption == "Country rates"
    tags = [tag for tag, _ in page.tags]
    assert tags.count("thead") == tags.count("caption") == 1
    scopes = [about.get("scope") for tag, about in page.tags if tag == "th"]
    assert scopes == ["col"] * 9 + ["row"] * 4
    assert not {"script", "link", "img"} & set(tags)
    assert f"<i>Note.</i> {shown.note}" in path.read_text("utf-8")
    assert ("html", {"lang": "en"}) in page.tags


def test_csv_is_that_of_save_table(tmp_path: Path) -> None:
    paths = export_tables({"a": rates(), "b": rates()[:1]}, tmp_path)
    assert [path.name for path in paths] == [
        "a.csv", "a.tex", "a.html", "b.csv", "b.tex", "b.html"
    ]  # fmt: skip
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(path.name for path in paths)
    assert paths[0].read_text("utf-8") == csv_text(rates())
    assert fr.save_table(rates(), tmp_path / "c.csv").read_bytes() == paths[0].read_bytes()
    again = pd.read_csv(paths[0])
    assert again["estimate"].tolist() == [12.345, 0.5]


def test_the_same_table_gives_the_same_bytes(tmp_path: Path) -> None:
    one = export_tables({"a": rates()}, tmp_path / "one")
    two = export_tables({"a": rates()}, tmp_path / "two")
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


# Numbers.


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([1234567, -5], ["1,234,567", f"{MINUS}5"]),
        ([1234.5, 2000.25], ["1,234", "2,000"]),
        ([12.34, 15.66], ["12.3", "15.7"]),
        ([1.234, 5.678], ["1.23", "5.68"]),
        ([0.1234, 0.5678], ["0.12", "0.57"]),
        ([0.01234, 0.05678], ["0.012", "0.057"]),
        ([0.00001, 0.00002], ["0.000010", "0.000020"]),
        ([-0.00001, 5.0], ["0.00", "5.00"]),
        ([1.0, 2.0], ["1", "2"]),
        ([np.nan, -np.inf], ["–", f"{MINUS}∞"]),
        ([True, False], ["yes", "no"]),
    ],
)
def test_numbers(values: list[Any], said: list[str]) -> None:
    assert [row[0] for row in present(pd.DataFrame({"score": values})).rows] == said


def test_chances() -> None:
    table = pd.DataFrame({"p": [0.0, 0.00099, 0.001, 0.0449, 1.0, np.nan]})
    assert [row[0] for row in present(table).rows] == [
        "<0.001", "<0.001", "0.001", "0.045", "1.000", "–",
    ]  # fmt: skip


def test_dates_and_missing_text() -> None:
    table = pd.DataFrame(
        {
            "date": pd.to_datetime(["2017-02-07", None]),
            "time": pd.to_datetime(["2017-02-07 10:30", "2017-02-07 00:00"]),
            "name": ["a", None],
        }
    )
    assert present(table).rows == [
        ["2017-02-07", "2017-02-07 10:30:00", "a"], ["–", "2017-02-07", "–"],
    ]  # fmt: skip


def test_intervals_beside_numbers_of_any_table() -> None:
    table = pd.DataFrame({"value": [1.0, 2.5], "low": [0.5, 2.0], "high": [1.5, 3.0], "n": [3, 4]})
    shown = present(table)
    assert shown.heads == ["Value [interval]", "N"]
    assert shown.rows == [["1.00 [0.50, 1.50]", "3"], ["2.50 [2.00, 3.00]", "4"]]
    assert present(table[["low", "high"]]).heads == ["Low", "High"]
    assert present(table[["value", "low"]]).heads == ["Value", "Low"]


# Which columns.


def test_what_is_the_same_in_all_rows_goes_into_the_note() -> None:
    corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    table = fr.keyness(corpus, by="source", target="Gazette").head(3)
    shown = present(table)
    assert shown.heads[:2] == ["Term", "Score (lrc)"]
    assert "Articles with it" in shown.heads
    assert shown.note.startswith(
        "Divided by: source; target: Gazette; reference: all other articles; measure: lrc; terms: "
    )
    both = pd.concat([table, fr.keyness(corpus, by="source", target="Herald").head(3)])
    assert present(both).heads[:3] == ["Target", "Term", "Score (lrc)"]


def test_a_table_of_chosen_columns_is_printed_as_it_is() -> None:
    chosen = rates()[["source", "estimate", "n_resamples", "seed"]]
    shown = present(chosen)
    assert shown.heads == ["Source", "Estimate", "Resamples", "Seed"]
    assert shown.rows[0] == ["TASS", "12.35", "1,000", "12345"]
    assert shown.note == ""


def test_columns_of_the_same_name_and_no_rows() -> None:
    twice = pd.DataFrame([["a", "b"]], columns=["x", "x"])
    assert present(twice).rows == [["a", "b"]]
    empty = present(rates()[:0])
    assert empty.rows == []
    assert empty.heads[:3] == ["Source", "Item", "Estimate [interval]"]


@pytest.mark.parametrize("name", sorted(TABLES))
def test_every_column_has_a_head_of_its_own_in_words(name: str) -> None:
    heads = [head(column.name, name) for column in TABLES[name].columns]
    assert len(set(heads)) == len(heads)
    for said in heads:
        assert said
        assert "_" not in said
        assert said[0].isupper() or len(said) == 1 or said[0].isdigit()


def test_heads() -> None:
    assert head("n_articles") == "Articles"
    assert head("n_articles", "keyness") == "Articles with it"
    assert head("n_articles_reference", "keyness") == "Articles with it (reference)"
    assert head("per_1000") == "Per 1,000 tokens"
    assert head("n_sources") == "Sources"
    assert head("my_own column") == "My own column"


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_real_results_can_be_exported(tmp_path: Path) -> None:
    corpus = fr.build_corpus(fr.make_articles(120, seed=1))
    model = fr.fit_topics(corpus, 4, seed=1, engine="nmf")
    measure = fr.measure_terms(corpus, ["war", "talks"])
    results = {
        "counts": fr.term_frequency(corpus, by="source").head(5),
        "trend": fr.term_trend(corpus, terms=["war"]),
        "stories": fr.find_stories(corpus).head(5),
        "share": fr.topic_share(model, corpus, by="source"),
        "rates": fr.compare(measure, by="source", seed=1, n_resamples=0),
        "split": fr.decompose(
            measure, by="source", strata="topic", target="Gazette", reference="Herald", seed=1
        ),
        "settings": fr.methods(corpus).settings,
    }
    for path in export_tables(results, tmp_path, formats=("tex", "html")):
        shown = present(results[path.stem], has_csv=False)
        assert len(shown.heads) == len(shown.numeric)
        if path.suffix == ".html":
            assert page_of(path).rows == [shown.heads, *shown.rows]
        elif len(shown.rows) <= 40:
            body = body_of(path.read_text("utf-8"))
            assert [len(row) for row in body] == [len(shown.heads)] * len(shown.rows)


# Hostile text.


def test_hostile_cells(tmp_path: Path) -> None:
    assert "\\toprule\n{}[x] & N \\\\" in latex_table(
        present(pd.DataFrame({"[x]": ["a"], "n": 1})), caption="", label="x"
    )
    table = pd.DataFrame({"=SUM(A1)": HOSTILE, "n": range(len(HOSTILE))})
    csv, tex, html = (path.read_text("utf-8") for path in export_tables({"x": table}, tmp_path))
    for line in csv.splitlines():
        assert not line.startswith(('"=', '"+', '"-', '"@'))
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "\u202e" not in html + tex
    assert html.count("mso-number-format:'\\@'") == 2 * (len(HOSTILE) + 1)
    body = body_of(tex)
    assert len(body) == len(HOSTILE)
    assert [row[1] for row in body] == [str(n) for n in range(len(HOSTILE))]
    assert body[5][0] == (
        r"50\% \& \_x\_ \#1 \$a\$ \{b\} \textasciitilde{}c \textasciicircum{}d \textbackslash{}e"
    )
    assert body[7][0] == "{}[x]"
    assert body[8][0] == "{}*"
    assert body[11][0] == r"\textbackslash{}input\{/x\}"


def test_long_tables_run_over_pages(tmp_path: Path) -> None:
    table = pd.DataFrame({"term": [f"t{n}" for n in range(41)], "text": "x" * 50})
    tex = export_tables({"long": table}, tmp_path, formats="tex")[0].read_text("utf-8")
    assert tex.startswith("% needs \\usepackage{booktabs,longtable}\n\\begin{longtable}{lp{6cm}}\n")
    assert tex.count(r"Term & Text \\") == 2
    assert tex.count(r"\endhead") == 1
    assert len(re.findall(r"^t\d+ &", tex, flags=re.MULTILINE)) == 41


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="needs pdflatex, which is no package")
def test_latex_is_set(tmp_path: Path) -> None:
    table = pd.DataFrame({"text": [one for one in HOSTILE if one.isascii()], "n": 1})
    export_tables({"a": rates(), "b": table, "c": pd.concat([table] * 9)}, tmp_path)
    page = (
        "\\documentclass{article}\\usepackage[T1]{fontenc}\\usepackage{booktabs,longtable}\n"
        "\\begin{document}\\input{a}\\input{b}\\input{c}\\end{document}\n"
    )
    (tmp_path / "page.tex").write_text(page, encoding="utf-8")
    run = subprocess.run(
        ["pdflatex", "-halt-on-error", "page.tex"], cwd=tmp_path, capture_output=True, check=False
    )
    assert run.returncode == 0, run.stdout.decode("utf-8", "replace")[-2000:]


# Files, and what is refused.


def test_files_appear_together_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export_tables({"a": rates()}, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def fail(*_: object, **__: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("framing.export.write.html_page", fail)
    with pytest.raises(KeyboardInterrupt):
        export_tables({"a": rates()[:1], "b": rates()}, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(
    "name", ["", "../x", "a/b", "a\\b", ".hidden", "a.", "a ", "con", "NUL.txt", "é", "x" * 101, 3]
)
def test_names_that_are_none_of_a_file(name: Any, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="export_tables") as error:
        export_tables({name: rates()}, tmp_path)
    assert str(error.value) == (
        f"export_tables: {name!r} cannot be the name of a file. Use letters from A to Z, digits, "
        "'_', '-', spaces and dots, at most 100, beginning with a letter or digit."
    )
    assert not list(tmp_path.iterdir())


def test_what_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="export_tables") as error:
        export_tables(rates(), tmp_path)  # type: ignore[arg-type]
    assert str(error.value) == (
        "export_tables: tables is DataFrame, not a mapping of names to tables. "
        "Pass for example {'key_terms': table}."
    )
    with pytest.raises(TypeError, match="export_tables") as error:
        export_tables({"a": [1]}, tmp_path)  # type: ignore[dict-item]
    assert str(error.value) == (
        "export_tables: 'a' is list, not a DataFrame. "
        "Pass a table, for example one that term_frequency() returns."
    )
    for tables, formats, what in (({}, ["csv"], "tables"), ({"a": rates()}, [], "formats")):
        with pytest.raises(ValueError, match="export_tables") as wrong:
            export_tables(tables, tmp_path, formats=formats)
        assert str(wrong.value) == (
            f"export_tables: {what} is empty. Pass for example {{'key_terms': table}} and 'csv'."
        )
    with pytest.raises(ValueError, match="export_tables") as wrong:
        export_tables({"a": rates()}, tmp_path, formats=["docx"])
    assert str(wrong.value) == ("export_tables: formats='docx' is not one of 'csv', 'tex', 'html'.")
    with pytest.raises(ValueError, match="export_tables") as wrong:
        export_tables({"Key": rates(), "key": rates()}, tmp_path)
    assert str(wrong.value) == (
        "export_tables: 'Key', 'key' would be the same file where capitals do not count. "
        "Give each table a name of its own."
    )


def test_the_input_is_not_changed(tmp_path: Path) -> None:
    table = rates()
    before = table.copy()
    export_tables({"a": table}, tmp_path)
    pd.testing.assert_frame_equal(table, before)
