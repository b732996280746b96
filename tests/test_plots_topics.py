"""What the charts of topics show equals the table."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from framing.plots import paper, plot_topic_share, plot_topic_terms


def topic_terms(label: str = "war, aid, talks") -> pd.DataFrame:
    words = ["war", "aid", "talks", "convoy"]
    return pd.DataFrame([
        (topic, label, rank + 1, f"{word}{topic or ''}", 0.04 / (rank + 1) / (topic + 1), 2, "e", 1)
        for topic in (0, 1) for rank, word in enumerate(words)
    ], columns=["topic", "label", "rank", "term", "probability", "n_topics", "engine",
                "seed"]).assign(weighting="probability", score=0.1)  # fmt: skip


def test_bars_have_lengths_in_proportion_and_carry_their_values() -> None:
    data = topic_terms()
    before = data.copy()
    ax = plot_topic_terms(data)
    pd.testing.assert_frame_equal(data, before)
    widths = [bar.get_width() for bar in ax.patches]
    longest = max(widths)
    assert [width / longest * 0.04 for width in widths] == pytest.approx(data["probability"])
    texts = [text.get_text() for text in ax.texts]
    for term, value in zip(data["term"], ["4.0", "2.0", "1.3", "1.0"] * 1, strict=False):
        place = texts.index(term)
        assert texts[place + 1] == value
    assert ax.get_xlabel() == "P(term given topic), %"


def test_a_topic_is_named_by_its_number_unless_it_has_a_label_of_its_own() -> None:
    texts = [text.get_text() for text in plot_topic_terms(topic_terms().query("topic == 0")).texts]
    assert "Topic 0" in texts
    ax = plot_topic_terms(topic_terms("Siege of Aleppo"))
    assert {"0: Siege of Aleppo", "1: Siege of Aleppo"} <= {text.get_text() for text in ax.texts}


def test_the_chart_says_what_the_terms_are_ordered_by() -> None:
    ax = plot_topic_terms(topic_terms().assign(weighting="frex"))
    assert ax.get_xlabel() == "P(term given topic), %\n(terms in order of FREX)"


def test_n_terms_are_drawn_by_rank_whatever_the_order_of_the_rows() -> None:
    ax = plot_topic_terms(topic_terms().sample(frac=1, random_state=2).query("topic == 1"), n=2)
    texts = [text.get_text() for text in ax.texts]
    assert [text for text in texts if text.endswith("1") and text[0].isalpha()][:2] == [
        "war1", "aid1",
    ]  # fmt: skip
    assert len(ax.patches) == 2


def test_blocks_stand_side_by_side_where_the_paper_is_wide() -> None:
    with paper("double"):
        ax = plot_topic_terms(topic_terms())
    assert ax.get_xlim() == (0, 2)
    assert {int(bar.get_x()) for bar in ax.patches} == {0, 1}


def topic_share() -> pd.DataFrame:
    shares = {"RTÉ": [0.1, 0.6, 0.3], "TASS": [0.004, 0.896, 0.1]}
    return pd.DataFrame([
        (source, topic, f"label {topic}", share, share * 1_200, 1_200, 3, "e", 1)
        for source, row in shares.items() for topic, share in enumerate(row)
    ], columns=["source", "topic", "label", "share", "weight", "n_articles", "n_topics", "engine",
                "seed"])  # fmt: skip


def cells(ax: plt.Axes) -> list[list[str]]:
    rows: dict[float, dict[float, str]] = {}
    for text in ax.texts:
        x, y = text.get_position()
        rows.setdefault(y, {})[x] = text.get_text()
    return [[row[x] for x in sorted(row)] for _, row in sorted(rows.items())]


def test_cells_are_the_shares_in_per_cent() -> None:
    data = topic_share()
    before = data.copy()
    with paper("double"):
        ax = plot_topic_share(data)
    pd.testing.assert_frame_equal(data, before)
    assert [label.get_text() for label in ax.get_yticklabels()] == [
        "1  label 1", "2  label 2", "0  label 0",
    ]  # fmt: skip
    assert [label.get_text() for label in ax.get_xticklabels()] == ["RTÉ\n(1,200)", "TASS\n(1,200)"]
    assert cells(ax) == [["60.0", "89.6"], ["30.0", "10.0"], ["10.0", "0.4"]]
    assert ax.get_xlabel() == "mean share of topic per article, %\n(in brackets: articles)"
    low, high = ax.get_ylim()
    assert low > high  # the first row is on top


def test_darker_is_more_and_the_text_contrasts_with_its_cell() -> None:
    ax = plot_topic_share(topic_share())
    mesh = ax.collections[0]
    grey = mesh.to_rgba(mesh.get_array())[..., :3].reshape(-1, 3) @ [0.299, 0.587, 0.114]
    value = mesh.get_array().ravel()
    order = value.argsort()
    assert ((grey[order[:-1]] > grey[order[1:]]) == (value[order[:-1]] < value[order[1:]])).all()
    for text in ax.texts:
        x, y = text.get_position()
        shade = mesh.to_rgba(mesh.get_array())[int(y), int(x), :3] @ [0.299, 0.587, 0.114]
        ink = 1.0 if text.get_color() == "white" else 0.15
        assert abs(ink - shade) > 0.4


def test_narrow_cells_have_whole_numbers() -> None:
    one = topic_share().query("source == 'RTÉ'")
    wide = pd.concat([one.assign(source=f"Source {i}") for i in range(12)])
    wide.loc[wide["topic"] == 0, "share"] = 0.004
    with paper("single"):
        ax = plot_topic_share(wide)
    assert cells(ax)[0] == ["60"] * 12
    assert cells(ax)[-1] == ["<1"] * 12
    assert all(label.get_rotation() == 90 for label in ax.get_xticklabels())


def test_topics_of_all_articles_are_one_column_and_missing_cells_stay_empty() -> None:
    ax = plot_topic_share(topic_share().query("source == 'RTÉ'").drop(columns="source"))
    assert [label.get_text() for label in ax.get_xticklabels()] == ["all articles\n(1,200)"]
    ax = plot_topic_share(topic_share().drop(index=0))
    assert len(ax.texts) == 5


def test_by_chooses_the_columns() -> None:
    data = pd.concat([topic_share().assign(year="2016"), topic_share().assign(year="2017")])
    ax = plot_topic_share(data.query("source == 'TASS'"), by="year")
    assert [label.get_text()[:4] for label in ax.get_xticklabels()] == ["2016", "2017"]
    assert ax.get_title(loc="left") == "TASS"
    with pytest.raises(ValueError, match="2 rows stand for") as at:
        plot_topic_share(data, by="source")
    assert str(at.value) == (
        "plot_topic_share: 2 rows stand for source 'RTÉ', topic 0. They differ in 'year'. Filter "
        "the table until each thing on the chart is one row."
    )
