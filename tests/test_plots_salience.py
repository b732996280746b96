"""What the chart of salience shows equals the table."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import matplotlib.pyplot as plt
import pandas as pd
import pytest

import framing as fr
from framing.plots import facets, palette, plot_salience, save_figure
from framing.plots.panel import drawn
from framing.schema import SALIENCE

COUNTS = {
    ("Herald", "SYR"): (10, 40), ("Herald", "RUS"): (30, 90), ("Herald", "XYZ"): (1, 1),
    ("Gazette", "SYR"): (20, 60), ("Gazette", "RUS"): (5, 5), ("Gazette", "XYZ"): (0, 0),
}  # fmt: skip
ARTICLES = {"Herald": 50, "Gazette": 40}


def table(part: str = "all", items: str = "country") -> pd.DataFrame:
    """Return a table of salience: articles and mentions of three countries in two sources."""
    rows = [
        (source, items, item, part, mentions, 20_000, mentions / 20, articles, ARTICLES[source],
         articles / ARTICLES[source], "v1")
        for (source, item), (articles, mentions) in COUNTS.items()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["source", *SALIENCE.required])


def rows(ax: plt.Axes) -> list[str]:
    return [label.get_text() for label in ax.get_yticklabels()]


def test_several_sources_are_dots_on_a_line() -> None:
    data = table()
    before = data.copy()
    ax = plot_salience(data)
    pd.testing.assert_frame_equal(data, before)
    assert rows(ax) == ["Russia", "Syria", "XYZ"]  # means 36.25, 35 and 1 %
    dots = {line.get_label(): line.get_xydata() for line in ax.lines}
    share = {"Syria": {"Herald": 20, "Gazette": 50}, "Russia": {"Herald": 60, "Gazette": 12.5}}
    for source in ARTICLES:
        for x, y in dots[source]:
            name = rows(ax)[round(y)]
            assert x == pytest.approx(share.get(name, {"Herald": 2, "Gazette": 0})[source])
    assert ax.get_xlabel() == "articles that name it, % of all"
    assert ax.get_xlim()[0] == 0
    legend = ax.get_legend()
    assert [text.get_text() for text in legend.get_texts()] == ["Herald (50)", "Gazette (40)"]
    assert legend.get_title().get_text() == "source (articles)"
    assert ax.lines[0].get_color() == palette(["Herald"])["Herald"]


def test_rates_are_mentions_per_1000_tokens() -> None:
    ax = plot_salience(table(), value="per_1000")
    assert rows(ax)[0] == "Syria"  # 2 and 3 per 1,000; Russia 4.5 and 0.25
    assert sorted(x for line in ax.lines for x in line.get_xdata()) == [0, 0.05, 0.25, 2, 3, 4.5]
    assert ax.get_xlabel() == "mentions per 1,000 tokens"


def test_one_source_is_bars_with_counts_and_its_articles() -> None:
    ax = plot_salience(table().query("source == 'Herald'"))
    assert rows(ax) == ["Russia", "Syria", "XYZ"]
    assert [bar.get_width() for bar in ax.patches] == pytest.approx([60, 20, 2])
    assert [text.get_text() for text in ax.texts] == ["30", "10", "1"]
    assert ax.get_title(loc="left") == "Herald · 50 articles"
    assert ax.get_xlabel() == "articles that name it, % of all\n(beside the bars: their number)"
    ax = plot_salience(table().query("source == 'Herald'"), value="per_1000")
    assert [text.get_text() for text in ax.texts] == ["90", "40", "1"]
    assert ax.get_xlabel() == "mentions per 1,000 tokens\n(beside the bars: mentions)"


def test_one_item_is_a_bar_for_each_source() -> None:
    ax = plot_salience(table().query("item == 'SYR'"))
    assert rows(ax) == ["Gazette (40)", "Herald (50)"]
    assert [bar.get_width() for bar in ax.patches] == pytest.approx([50, 20])
    assert ax.get_title(loc="left") == "Syria"
    colours = palette(ARTICLES)
    assert [plt.matplotlib.colors.to_hex(bar.get_facecolor()) for bar in ax.patches] == [
        colours["Gazette"], colours["Herald"],
    ]  # fmt: skip


def test_only_countries_are_written_by_name() -> None:
    assert "SYR" in rows(plot_salience(table(items="actor")))


def test_whole_articles_are_drawn_where_there_are_several_parts() -> None:
    titles = table("title")
    titles["share"] /= 10
    both = pd.concat([titles, table()])
    ax = plot_salience(both)
    assert max(x for line in ax.lines for x in line.get_xdata()) == 60
    assert set(drawn(ax)[0].table["part"]) == {"all"}
    ax = plot_salience(titles)
    assert max(x for line in ax.lines for x in line.get_xdata()) == 6
    assert ax.get_xlabel() == "titles that name it, % of all"
    ax = plot_salience(table("lead"), value="per_1000")
    assert ax.get_xlabel() == "mentions per 1,000 tokens of leads"
    ax = plot_salience(both.query("source == 'Herald'"), by="part")
    assert [line.get_label() for line in ax.lines] == ["title", "all"]
    assert sorted(ax.lines[0].get_xdata()) == pytest.approx([0.2, 2, 6])
    assert ax.get_xlabel() == "articles that name it there, % of all"


def test_n_takes_the_highest_and_items_are_taken_as_they_come() -> None:
    figure, ax = plt.subplots()
    assert plot_salience(table(), ax=ax, n=1) is ax
    assert plt.get_fignums() == [figure.number]
    assert rows(ax) == ["Russia"]
    assert rows(plot_salience(table(), items=["XYZ", "RUS"])) == ["XYZ", "Russia"]


def test_a_missing_rate_is_no_dot_and_a_source_without_a_row_has_none() -> None:
    data = table()
    data.loc[0, "share"] = None
    data = data.drop(index=1)
    ax = plot_salience(data)
    assert len(ax.lines[0].get_xdata()) == 1


def test_panels_have_the_same_rows_in_the_same_order() -> None:
    data = table()
    figure = facets(data, partial(plot_salience, n=2), by="source")
    assert [rows(ax) for ax in figure.axes] == [["Russia", "Syria"]] * 2
    assert len({ax.get_xlim() for ax in figure.axes}) == 1
    parts = pd.concat([table("title"), table("lead")])
    figure = facets(parts, plot_salience, by="part")
    assert [ax.get_title(loc="left") for ax in figure.axes] == ["title", "lead"]
    figure = facets(data, plot_salience, by="item")
    assert [ax.get_title(loc="left") for ax in figure.axes] == [
        "SYR · Syria", "RUS · Russia", "XYZ",
    ]  # fmt: skip
    assert [rows(ax)[0].split(" (")[0] for ax in figure.axes] == ["Herald"] * 3


def test_a_panel_leaves_out_what_only_other_panels_have() -> None:
    data = table().query("source == 'Herald' or item != 'RUS'")
    figure = facets(data, plot_salience, by="source")
    herald, gazette = figure.axes
    assert rows(herald) == rows(gazette)
    assert len(herald.patches) == 3
    assert len(gazette.patches) == 2


def test_the_saved_table_has_the_rows_that_are_drawn(tmp_path: Path) -> None:
    ax = plot_salience(table(), n=2)
    paths = save_figure(ax, tmp_path / "salience", formats=[])
    saved = pd.read_csv(paths[0])
    assert list(saved.columns) == list(table().columns)
    assert set(saved["item"]) == {"SYR", "RUS"}
    assert '"ledger": "v1"' in paths[1].read_text("utf-8")


def test_real_tables_can_be_drawn(sample: tuple[fr.Corpus, pd.DataFrame]) -> None:
    corpus, mentions = sample
    found = fr.salience(mentions, corpus, by="source", items="country")
    ax = plot_salience(found, n=4)
    assert len(rows(ax)) == 4
    drawn_values = sorted(x for line in ax.lines for x in line.get_xdata())
    of = drawn(ax)[0].table
    assert drawn_values == pytest.approx(sorted(of["share"] * 100))


MESSAGES = {
    "the table is divided": (
        lambda: plot_salience(pd.concat([table().assign(year=y) for y in ("2016", "2017")])),
        (
            "plot_salience: the table is divided by 'source', 'year'. One chart shows one of them. "
            "Pass by='year' and filter the table to one value of the others, or draw panels with "
            "facets(table, plot_salience, by='source')."
        ),
    ),
    "2 rows stand for": (
        lambda: plot_salience(pd.concat([table(), table().assign(ledger="v2")])),
        (
            "plot_salience: 2 rows stand for source 'Herald', item 'SYR'. They differ in 'ledger'. "
            "Filter the table until each thing on the chart is one row."
        ),
    ),
    "several kinds of items": (
        lambda: plot_salience(pd.concat([table(), table(items="actor")])),
        (
            "plot_salience: column 'items' has 2 values: 'country', 'actor'. One chart shows one "
            "of them. Filter the table, as in table[table['items'] == 'country'], or draw one "
            "panel for each with facets(table, plot_salience, by='items')."
        ),
    ),
    "two parts, not the whole": (
        lambda: plot_salience(pd.concat([table("title"), table("lead")])),
        (
            "plot_salience: column 'part' has 2 values: 'title', 'lead'. One chart shows one of "
            "them. Filter the table, as in table[table['part'] == 'title'], or draw one panel for "
            "each with facets(table, plot_salience, by='part')."
        ),
    ),
    "value": (
        lambda: plot_salience(table(), value="shares"),
        "plot_salience: value='shares' is not one of 'share', 'per_1000'. Did you mean 'share'?",
    ),
    "n": (
        lambda: plot_salience(table(), n=0),
        "plot_salience: n=0 is below 1. Pass 1 or more.",
    ),
    "items": (
        lambda: plot_salience(table(), items=["SYR", "RUSS"]),
        "plot_salience: items='RUSS' is not one of 'SYR', 'RUS', 'XYZ'. Did you mean 'RUS'?",
    ),
    "by": (
        lambda: plot_salience(table(), by="sauce"),
        (
            "plot_salience: by='sauce' is not one of 'source', 'items', 'item', 'part', "
            "'n_mentions', 'n_tokens', 'per_1000', 'n_articles', 'n_group_articles', 'share', "
            "'ledger'. Did you mean 'source'?"
        ),
    ),
    "empty": (
        lambda: plot_salience(table().head(0)),
        (
            "plot_salience: the table has no rows. There is nothing to draw. Check the filter that "
            "made it, or what salience() returned."
        ),
    ),
    "column": (
        lambda: plot_salience(table()[["source", "items", "item", "part"]]),
        (
            "plot_salience: the table has no column 'n_mentions', 'n_tokens', 'per_1000', "
            "'n_articles', 'n_group_articles', 'share', 'ledger'. It has 'source', 'items', "
            "'item', 'part'. Pass the table that salience() returns."
        ),
    ),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_messages(name: str) -> None:
    run, message = MESSAGES[name]
    with pytest.raises(ValueError, match=rf"\A{re.escape(message)}\Z"):
        run()
    assert plt.get_fignums() == []
