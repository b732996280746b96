"""What the charts of time show equals the table."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.dates import num2date

from framing.plots import facets, paper, plot_trend
from framing.plots.panel import drawn
from framing.plots.style import look


def trend(
    counts: dict[str, list[int | None]], freq: str = "MS", start: str = "2016-11-01"
) -> pd.DataFrame:
    """Return a table of term_trend: source to counts; None where the source has no article."""
    parts = []
    for source, values in counts.items():
        n_tokens = np.array([0 if value is None else 10_000 for value in values])
        count = np.array([value or 0 for value in values])
        with np.errstate(invalid="ignore"):
            rate = count / n_tokens * 1e6
        parts.append(
            pd.DataFrame({
                "source": source, "freq": freq, "term": "talks", "count": count,
                "period": pd.date_range(start, periods=len(values), freq=freq),
                "n_tokens": n_tokens, "per_million": rate, "n_articles": 1, "n_group_articles": 9,
                "n_undated": 0,
            })
        )  # fmt: skip
    return pd.concat(parts, ignore_index=True)


def test_each_source_is_a_line_of_its_rates() -> None:
    data = trend({"RTÉ": [1, 2, 4], "TASS": [3, 0, 5]})
    before = data.copy()
    ax = plot_trend(data)
    pd.testing.assert_frame_equal(data, before)
    lines = {line.get_label(): line for line in ax.lines}
    assert lines["RTÉ"].get_ydata().tolist() == [100, 200, 400]
    assert lines["TASS"].get_ydata().tolist() == [300, 0, 500]
    dates = [f"{num2date(ax.convert_xunits(x)):%Y-%m-%d}" for x in lines["TASS"].get_xdata()]
    assert dates == ["2016-11-01", "2016-12-01", "2017-01-01"]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("month", "occurrences per million tokens")
    assert ax.get_ylim()[0] == 0
    assert ax.get_title(loc="left") == "talks · 27 articles"
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["RTÉ", "TASS"]
    assert lines["RTÉ"].get_color() == look("RTÉ").colour
    assert lines["RTÉ"].get_marker() != lines["TASS"].get_marker()


def test_a_line_breaks_where_nothing_is_known_and_a_lone_point_has_a_marker() -> None:
    ax = plot_trend(trend({"RTÉ": [1, None, 4, None, 2, 3]}))
    (line,) = ax.lines
    assert np.isnan(line.get_ydata()).tolist() == [False, True, False, True, False, False]
    assert set(line.get_markevery()) >= {0, 2}


def test_a_period_without_a_row_breaks_the_line_as_well() -> None:
    data = trend({"RTÉ": [1, 2, 3, 4]})
    (line,) = plot_trend(data.drop(index=1)).lines
    assert len(line.get_ydata()) == 4
    assert np.isnan(line.get_ydata()[1])


@pytest.mark.parametrize("freq", ["D", "W-MON", "MS", "QS", "YS"])
def test_all_lengths_of_period_make_one_point_each(freq: str) -> None:
    data = trend({"RTÉ": [1, 2, 3, 4, 5]}, freq, "2016-11-21").assign(freq=freq.split("-")[0])
    ax = plot_trend(data)
    (line,) = ax.lines
    assert line.get_ydata().tolist() == [100, 200, 300, 400, 500]
    names = {"D": "day", "W": "week", "MS": "month", "QS": "quarter", "YS": "year"}
    assert ax.get_xlabel() == names[freq.split("-")[0]]


def thin() -> pd.DataFrame:
    """Return three periods, of which the second has few tokens and a rate beyond all."""
    data = trend({"RTÉ": [1, 1, 4]})
    return data.assign(n_tokens=[10_000, 101, 10_000], per_million=[100, 9_900.99, 400])


def test_a_rate_from_few_tokens_is_hollow_and_does_not_stretch_the_axis() -> None:
    ax = plot_trend(thin())
    line, inside, above = ax.lines
    assert np.isnan(line.get_ydata()).tolist() == [False, True, False]
    assert inside.get_ydata().tolist() == [9_900.99]
    assert inside.get_markerfacecolor() == above.get_markerfacecolor() == "white"
    assert inside.get_color() == above.get_color() == line.get_color()
    assert ax.get_xlabel() == "month\n(hollow: few tokens)"
    ax.get_figure().draw_without_rendering()
    low, top = ax.get_ylim()
    assert (low, 400 < top < 500) == (0, True)
    assert np.isnan(inside.get_ydata()).all()
    assert above.get_ydata().tolist() == [top]
    assert above.get_marker() == "^"
    ax.set_ylim(0, 10_000)
    ax.get_figure().draw_without_rendering()
    assert inside.get_ydata().tolist() == [9_900.99]
    assert np.isnan(above.get_ydata()).all()


@pytest.mark.parametrize(("tokens", "hollow"), [(689, 1), (690, 0)])
def test_few_tokens_are_less_than_a_tenth_of_the_mean_period(tokens: int, hollow: int) -> None:
    # t is a tenth of the mean of 10,000, t and 10,000 where 30 t = 20,000 + t: t = 689.7
    data = thin().assign(n_tokens=[10_000, tokens, 10_000])
    assert len(plot_trend(data).lines) == 1 + 2 * hollow


def test_counts_are_never_hollow() -> None:
    ax = plot_trend(thin(), value="count")
    assert [line.get_ydata().tolist() for line in ax.lines] == [[1, 1, 4]]
    assert ax.get_xlabel() == "month"


def test_hollow_rates_alone_set_the_axis_where_all_others_are_zero() -> None:
    ax = plot_trend(thin().assign(per_million=[0, 9_900.99, 0]))
    assert ax.get_ylim()[1] > 9_900


def test_each_line_has_its_own_mean_period() -> None:
    small = trend({"TASS": [2, 2, 2]}).assign(n_tokens=100, per_million=20_000.0)
    ax = plot_trend(pd.concat([trend({"RTÉ": [1, 2, 3]}), small]))
    assert len(ax.lines) == 2


def test_panels_say_alike_what_hollow_means() -> None:
    data = pd.concat([thin(), trend({"TASS": [1, 2, 3]})])
    figure = facets(data, plot_trend, by="source")
    assert figure.get_supxlabel() == "month\n(hollow: few tokens)"
    assert [len(ax.lines) for ax in figure.axes] == [3, 1]
    assert {ax.get_ylim() for ax in figure.axes} == {figure.axes[0].get_ylim()}
    assert figure.axes[0].get_ylim()[1] < 500


def test_periods_below_min_tokens_are_left_out_and_break_the_line() -> None:
    data = thin()
    ax = plot_trend(data, min_tokens=1_000)
    (line,) = ax.lines
    assert np.isnan(line.get_ydata()).tolist() == [False, True, False]
    assert ax.get_xlabel() == "month\n(periods of 1,000 tokens or more)"
    assert len(drawn(ax)[0].table) == 2
    assert len(data) == 3


def test_min_tokens_that_no_period_has_is_an_error() -> None:
    with pytest.raises(ValueError, match="no period") as at:
        plot_trend(thin(), min_tokens=20_000)
    assert str(at.value) == (
        "plot_trend: no period has min_tokens=20,000. The largest has 10,000. "
        "Pass less, or take longer periods."
    )
    with pytest.raises(ValueError, match=r"\Aplot_trend: min_tokens=-1 is below 0\. Pass 0 or"):
        plot_trend(thin(), min_tokens=-1)


def test_long_lines_have_fewer_markers_than_points() -> None:
    (line,) = plot_trend(trend({"RTÉ": [5] * 200}, "D")).lines
    assert 10 <= len(line.get_markevery()) <= 30


def test_counts_can_be_drawn_instead() -> None:
    ax = plot_trend(trend({"RTÉ": [1, 2, None]}), value="count")
    (line,) = ax.lines
    assert line.get_ydata()[:2].tolist() == [1, 2]
    assert np.isnan(line.get_ydata()[2])
    assert ax.get_ylabel() == "occurrences per month"


def test_terms_are_lines_where_there_is_one_source() -> None:
    one = trend({"RTÉ": [1, 2]})
    ax = plot_trend(pd.concat([one, one.assign(term="aid")]))
    assert [line.get_label() for line in ax.lines] == ["talks", "aid"]
    assert ax.get_title(loc="left") == "RTÉ · 18 articles"


def test_one_line_has_no_legend_and_says_what_it_is() -> None:
    ax = plot_trend(trend({"RTÉ": [1, 2]}))
    assert ax.get_legend() is None
    assert ax.get_title(loc="left") == "talks · RTÉ · 18 articles"
    assert ax.lines[0].get_color() == look("RTÉ").colour


@pytest.mark.parametrize(
    ("freq", "start", "periods", "labels"),
    [
        ("MS", "2016-11-01", 4, ["Nov\n2016", "Dec", "Jan\n2017", "Feb"]),
        ("YS", "2012-01-01", 4, ["2012", "2013", "2014", "2015"]),
        ("D", "2016-12-30", 4, ["30 Dec\n2016", "31 Dec", "1 Jan\n2017", "2 Jan"]),
    ],
)
def test_dates_are_named_in_english_with_the_year_where_it_changes(
    freq: str, start: str, periods: int, labels: list[str]
) -> None:
    with paper("double"):
        ax = plot_trend(trend({"RTÉ": [1] * periods}, freq, start))
        ax.get_figure().draw_without_rendering()
        assert [label.get_text() for label in ax.get_xticklabels()] == labels


def test_one_period_is_a_point_in_the_middle() -> None:
    ax = plot_trend(trend({"RTÉ": [3]}))
    low, high = ax.get_xlim()
    assert high - low < 100  # days
    assert ax.lines[0].get_ydata().tolist() == [300]


def test_lines_by_source_of_two_terms_are_an_error() -> None:
    one = trend({"RTÉ": [1, 2], "TASS": [1, 2]})
    with pytest.raises(ValueError, match="is divided by") as at:
        plot_trend(pd.concat([one, one.assign(term="aid")]))
    assert str(at.value) == (
        "plot_trend: the table is divided by 'term', 'source'. One chart shows one of them. Pass "
        "by='source' and filter the table to one value of the others, or draw panels with "
        "facets(table, plot_trend, by='term')."
    )


def test_an_unknown_value_is_an_error() -> None:
    with pytest.raises(ValueError, match="value='rate' is not one of") as at:
        plot_trend(trend({"RTÉ": [1]}), value="rate")
    assert str(at.value) == "plot_trend: value='rate' is not one of 'per_million', 'count'."
