"""What the charts of keyness and collocates show equals the table."""

from __future__ import annotations

import itertools
from functools import partial

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.text import Text

from framing.plots import (
    facets,
    palette,
    paper,
    plot_collocates,
    plot_keyness,
    plot_keyness_scatter,
)


def key(scores: dict[str, float], reference: str = "rest", measure: str = "g2") -> pd.DataFrame:
    n = len(scores)
    return pd.DataFrame({
        "by": "source", "target": "TASS", "reference": reference, "term": list(scores),
        "measure": measure, "score": list(scores.values()), "p_value": np.nan,
        "count": range(1_000, 1_000 + n), "n_tokens": 125_143, "per_million": 10.0,
        "n_articles": 1, "count_reference": range(n), "n_tokens_reference": 1_890_562,
        "per_million_reference": 1.0, "n_articles_reference": 1, "n_terms": n,
    })  # fmt: skip


SCORES = {"she": -90.0, "moscow": 400.0, "mr": -30.0, "russia": 700.5, "the": 20.0, "trump": -200.0}


def shown(ax: plt.Axes) -> list[str]:
    return [text.get_text() for text in ax.texts]


def test_bars_diverge_from_zero_in_the_order_of_the_scores() -> None:
    data = key(SCORES)
    before = data.copy()
    ax = plot_keyness(data)
    pd.testing.assert_frame_equal(data, before)
    expected = sorted(SCORES, key=lambda term: -SCORES[term])
    assert [text for text in shown(ax) if text in SCORES] == expected
    assert [bar.get_width() for bar in ax.patches] == [SCORES[term] for term in expected]
    assert all(bar.get_x() == 0 for bar in ax.patches)
    tops = [bar.get_y() for bar in ax.patches]
    assert tops == sorted(tops)
    low, high = ax.get_ylim()
    assert low > high  # the first row is on top


def test_both_sides_are_named_with_their_tokens_and_each_bar_has_its_counts() -> None:
    ax = plot_keyness(key(SCORES))
    assert {"TASS\n125,143 tokens", "all others\n1,890,562 tokens"} <= set(shown(ax))
    assert "1,003 : 3" in shown(ax)  # russia
    assert ax.get_xlabel() == (
        "keyness: signed log-likelihood G²\n(beside the bars: occurrences, target : reference)"
    )
    assert "BBC\n1,890,562 tokens" in shown(plot_keyness(key(SCORES, reference="BBC")))


def test_terms_stand_on_the_free_side_of_zero() -> None:
    ax = plot_keyness(key(SCORES))
    ax.get_figure().draw_without_rendering()
    zero = ax.transData.transform((0, 0))[0]
    for text in ax.texts:
        if text.get_text() in SCORES:
            box = Text.get_window_extent(text)
            assert (box.x1 <= zero) == (SCORES[text.get_text()] > 0)


def test_bars_have_the_colours_of_their_sources() -> None:
    ax = plot_keyness(key({"a": 1.0, "b": -1.0}, reference="BBC"))
    colours = palette(["TASS", "BBC"])
    assert [to_hex(bar.get_facecolor()) for bar in ax.patches] == [colours["TASS"], colours["BBC"]]


def test_n_is_a_number_for_each_side() -> None:
    ax = plot_keyness(key(SCORES), n=1)
    assert [bar.get_width() for bar in ax.patches] == [700.5, -200]


@pytest.mark.parametrize("scores", [{"a": 3.0, "b": 1.0}, {"a": -3.0, "b": -1.0}, SCORES])
@pytest.mark.parametrize("reference", ["rest", "Frankfurter Allgemeine Sonntagszeitung"])
def test_both_sides_are_named_whichever_has_terms(scores: dict[str, float], reference: str) -> None:
    ax = plot_keyness(key(scores, reference=reference))
    figure = ax.get_figure()
    figure.draw_without_rendering()
    zero = ax.transData.transform((0, 0))[0]
    target, other = (text for text in ax.texts if "tokens" in text.get_text())
    assert target.get_text() == "TASS\n125,143 tokens"
    name, tokens = other.get_text().split("\n")
    assert (name == "all others") if reference == "rest" else name.startswith("Frankfurter")
    assert tokens == "1,890,562 tokens"
    left, right = Text.get_window_extent(other), Text.get_window_extent(target)
    assert 0 <= left.x0 < left.x1 < zero < right.x0 < right.x1 <= figure.bbox.width
    below = min(left.y0, right.y0)
    assert all(
        Text.get_window_extent(text).y1 <= below for text in ax.texts if text not in {target, other}
    )


def test_no_figure_is_cut_where_panels_are_narrow() -> None:
    parts = [key(SCORES).assign(target=name) for name in ("ABC", "BBC", "CNN")]
    figure = facets(pd.concat(parts), partial(plot_keyness, n=2), by="target", columns=3)
    for ax in figure.axes:
        assert {"all others\n1,890,562", f"{ax.get_title(loc='left')}\n125,143"} <= set(shown(ax))
    plt.close(figure)


def test_scores_of_zero_alone_are_still_drawn() -> None:
    ax = plot_keyness(key({"a": 0.0, "b": 0.0}))
    assert [bar.get_width() for bar in ax.patches] == [0, 0]


def test_rows_without_a_score_are_left_out_and_an_all_empty_table_is_an_error() -> None:
    ax = plot_keyness(key({"a": 1.0, "b": np.nan, "c": np.inf}))
    assert len(ax.patches) == 1
    with pytest.raises(ValueError, match="column 'score' has no number in any of the 1 rows") as at:
        plot_keyness(key({"b": np.nan}))
    assert str(at.value) == (
        "plot_keyness: column 'score' has no number in any of the 1 rows. There is nothing to "
        "draw. Check how the table was made."
    )


def test_several_targets_are_an_error() -> None:
    both = pd.concat([key(SCORES), key(SCORES).assign(target="BBC")])
    with pytest.raises(ValueError, match="column 'target' has 2 values") as at:
        plot_keyness(both)
    assert str(at.value) == (
        "plot_keyness: column 'target' has 2 values: 'TASS', 'BBC'. One chart shows one of them. "
        "Filter the table, as in table[table['target'] == 'TASS'], or draw one panel for each with "
        "facets(table, plot_keyness, by='target')."
    )


def cloud(n: int = 900) -> pd.DataFrame:
    rng = np.random.default_rng(5)
    data = key({f"word{i}": score for i, score in enumerate(rng.standard_t(2, n) * 100)})
    return data.assign(count=rng.geometric(0.002, n), count_reference=rng.geometric(0.001, n))


def test_scatter_shows_every_term_at_its_rate_and_score() -> None:
    data = cloud()
    ax = plot_keyness_scatter(data)
    rate = (data["count"] + data["count_reference"]) / (125_143 + 1_890_562) * 1e6
    points = ax.lines[0].get_xydata()
    assert points[:, 0] == pytest.approx(rate)
    assert points[:, 1] == pytest.approx(data["score"])
    assert ax.get_xscale() == "log"
    assert ax.get_xlabel() == "occurrences per million tokens, both sides"
    assert ax.get_title(loc="left") == "TASS above 0, all others below · 125,143 : 1,890,562 tokens"


@pytest.mark.parametrize("width", ["single", "double"])
def test_scatter_labels_the_extremes_and_no_label_covers_another(width: str) -> None:
    data = cloud()
    with paper(width):
        ax = plot_keyness_scatter(data, n=30)
        ax.get_figure().draw_without_rendering()
    ranked = data.sort_values("score")["term"].tolist()
    assert {text.get_text() for text in ax.texts} == {*ranked[:15], *ranked[-15:]}
    seen = [text for text in ax.texts if text.get_visible()]
    assert {ranked[0], ranked[-1]} <= {text.get_text() for text in seen}
    boxes = [Text.get_window_extent(text) for text in seen]
    frame = ax.get_window_extent()
    assert not any(one.overlaps(two) for one, two in itertools.combinations(boxes, 2))
    assert all(frame.x0 <= box.x0 and box.x1 <= frame.x1 for box in boxes)
    assert all(frame.y0 <= box.y0 and box.y1 <= frame.y1 for box in boxes)


def test_labels_find_new_places_when_the_figure_changes_its_size() -> None:
    ax = plot_keyness_scatter(cloud(), n=40)
    figure = ax.get_figure()
    seen = []
    for size in ((12, 8), (3.4, 2.4), (12, 8)):
        figure.set_size_inches(size)
        for _ in range(2):  # as save_figure does
            figure.draw_without_rendering()
        texts = [text for text in ax.texts if text.get_visible()]
        boxes = [Text.get_window_extent(text) for text in texts]
        assert not any(one.overlaps(two) for one, two in itertools.combinations(boxes, 2))
        seen.append(len(texts))
    assert seen[0] == seen[2] > seen[1] > 0


def test_scatter_labels_the_terms_that_are_asked_for() -> None:
    ax = plot_keyness_scatter(cloud(), terms="word3")
    assert shown(ax) == ["word3"]
    with pytest.raises(ValueError, match=r"\Aplot_keyness_scatter: terms='wrd' is not one of 'w"):
        plot_keyness_scatter(cloud(), terms=["wrd"])


def near(scores: dict[str, float], node: str = "rebels") -> pd.DataFrame:
    return pd.DataFrame({
        "node": node, "window": 5, "term": list(scores), "measure": "log_dice",
        "score": list(scores.values()), "count": range(1_500, 1_500 + len(scores)),
        "expected": 1.0, "n_node": 900, "n_term": 3_000, "n_window": 9_000,
        "n_tokens": 2_000_000, "n_articles": 5,
    })  # fmt: skip


def test_collocates_are_dots_in_order_with_their_counts() -> None:
    data = near({"aid": 7.5, "armed": 11.0, "syrian": 9.25})
    before = data.copy()
    ax = plot_collocates(data)
    pd.testing.assert_frame_equal(data, before)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["armed", "syrian", "aid"]
    assert ax.lines[0].get_xydata().tolist() == [[11.0, 0], [9.25, 1], [7.5, 2]]
    ends = [path.vertices[:, 0].tolist() for path in ax.collections[0].get_paths()]
    assert ends == [[0, 11.0], [0, 9.25], [0, 7.5]]
    assert shown(ax) == ["1,501", "1,502", "1,500"]
    assert ax.get_title(loc="left") == "near “rebels” · ± 5 tokens · 900 occurrences"
    assert ax.get_xlabel() == "logDice (14 at most)\n(beside the dots: occurrences)"
    assert ax.get_xlim()[0] == 0


def test_collocates_take_n_and_show_repulsion_left_of_zero() -> None:
    ax = plot_collocates(near({"a": 2.0, "b": -3.0, "c": 1.0}), n=2)
    assert len(ax.get_yticklabels()) == 2
    ax = plot_collocates(near({"a": 2.0, "b": -3.0}))
    assert ax.get_xlim()[0] < -3


def test_collocates_of_two_groups_are_an_error() -> None:
    both = pd.concat([
        near({"aid": 1.0}).assign(source="TASS"), near({"aid": 2.0}).assign(source="BBC")
    ])  # fmt: skip
    with pytest.raises(ValueError, match="2 rows stand for") as at:
        plot_collocates(both)
    assert str(at.value) == (
        "plot_collocates: 2 rows stand for term 'aid'. They differ in 'source'. Filter the table "
        "until each thing on the chart is one row."
    )
