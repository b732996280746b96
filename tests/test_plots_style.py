"""Sizes, fonts and colours of charts."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import matplotlib as mpl

mpl.use("agg")

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgb

from framing.plots import palette, paper, plot_trend, style
from framing.plots.country_map import colours
from framing.plots.decomposition import FILLS
from framing.plots.style import COLOURS, LINES, MARKERS, WEIGHTS, look

MM = 1 / 25.4


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(style, "_PLACES", {})
    with mpl.rc_context():
        yield


# Machado, Oliveira and Fernandes (2009), severity 1: linear RGB to linear RGB.
EYES = {
    "normal": np.eye(3),
    "protan": np.array([
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ]),
    "deutan": np.array([
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ]),
    "tritan": np.array([
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ]),
}  # fmt: skip


def lab(colour: str, eyes: str = "normal") -> np.ndarray:
    """Return CIELAB (D65) of a colour as an eye sees it."""
    rgb = np.array(to_rgb(colour))
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(EYES[eyes] @ linear, 0, 1)
    to_xyz = np.array([
        [0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ])  # fmt: skip
    x, y, z = (
        value ** (1 / 3) if value > (6 / 29) ** 3 else value / (3 * (6 / 29) ** 2) + 4 / 29
        for value in to_xyz @ seen / np.array([0.95047, 1, 1.08883])
    )
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def test_lab_knows_white_and_red() -> None:
    assert lab("#ffffff") == pytest.approx([100, 0, 0], abs=0.02)
    assert lab("#ff0000") == pytest.approx([53.24, 80.09, 67.20], abs=0.02)


@pytest.mark.parametrize("eyes", EYES)
def test_any_two_colours_differ_to_all_eyes(eyes: str) -> None:
    seen = [lab(colour, eyes) for colour in COLOURS]
    assert min(np.linalg.norm(a - b) for a, b in itertools.combinations(seen, 2)) > 20


def test_any_two_colours_differ_in_grey_and_all_show_on_white() -> None:
    lightness = sorted(lab(colour)[0] for colour in COLOURS)
    assert min(np.diff(lightness)) > 4.9
    assert lightness[-1] < 80


def test_series_with_the_same_line_differ_more_in_grey() -> None:
    looks = [look(f"source {place}") for place in range(10)]
    for one, two in itertools.combinations(looks, 2):
        assert one.marker != two.marker
        if one.line == two.line:
            assert abs(lab(one.colour)[0] - lab(two.colour)[0]) > 9.5


@pytest.mark.parametrize("eyes", EYES)
def test_the_shades_of_a_map_get_darker_step_by_step_to_all_eyes(eyes: str) -> None:
    lightness = [lab(colour, eyes)[0] for colour in ("#ffffff", *colours())]
    assert max(np.diff(lightness)) < -8


def test_a_source_keeps_its_colour_whatever_is_drawn() -> None:
    every = palette(pd.Series(["TASS", "RTÉ", "BBC", None, "TASS"]))
    assert list(every) == ["BBC", "RTÉ", "TASS"]
    assert list(every.values()) == list(COLOURS[:3])
    assert palette(["TASS"]) == {"TASS": every["TASS"]}
    assert palette(["CNN", "RTÉ"]) == {"CNN": COLOURS[3], "RTÉ": every["RTÉ"]}
    assert palette("CNN") == {"CNN": COLOURS[3]}


def test_the_order_of_the_articles_does_not_matter() -> None:
    one = palette(["TASS", "BBC", "CNN"])
    style._PLACES.clear()
    assert palette(["CNN", "TASS", "BBC"]) == one


def test_more_sources_than_colours_still_look_different() -> None:
    names = [f"source {place:02}" for place in range(40)]
    assert len(palette(names)) == 40
    assert len({(look(n).colour, look(n).marker, look(n).line) for n in names}) == 40
    assert len(MARKERS) == len(set(MARKERS))
    assert len(LINES) == 4


def test_terms_take_no_colour_from_the_sources() -> None:
    one = pd.DataFrame({
        "period": pd.to_datetime(["2017-01-01", "2017-02-01"] * 3), "freq": "MS",
        "term": ["aid", "aid", "talks", "talks", "war", "war"], "count": 1, "n_tokens": 1_000,
        "per_million": 1_000.0, "n_articles": 1, "n_group_articles": 9, "n_undated": 0,
    })  # fmt: skip
    names = [f"source {place}" for place in range(9)]
    palette(names[:4])
    terms = [line.get_color() for line in plot_trend(one).lines]
    plt.close("all")
    assert terms == [
        palette(["aid", "talks", "war"], by="term")[n] for n in ("aid", "talks", "war")
    ]
    assert sorted(terms) == sorted(COLOURS[:3])
    every = palette(names)
    assert len(set(every.values())) == 9
    assert list(palette([*names, "a tenth"]).values()) == [COLOURS[9], *every.values()]


def test_ten_sources_of_one_figure_differ_whatever_was_drawn_before() -> None:
    palette([f"other {place}" for place in range(7)])
    known = palette(["other 2", "other 5"])
    ten = palette(["other 2", "other 5", *(f"source {place}" for place in range(8))])
    assert len(set(ten.values())) == 10
    assert {name: ten[name] for name in known} == known
    assert len({look(name).marker for name in ten}) == 10


def test_what_is_missing_and_what_is_no_source_take_no_colour() -> None:
    assert look(float("nan")).colour not in COLOURS
    assert look(None).colour not in COLOURS
    assert palette([None, "BBC"]) == {"BBC": COLOURS[0]}


@pytest.mark.parametrize(
    ("width", "size", "text"),
    [
        ("single", (85, 60), 8),
        ("double", (180, 90), 8),
        ("slide", (254, 143), 18),
        (120, (120, 72), 8),
    ],
)
def test_paper_sets_the_size_in_mm(
    width: str | float, size: tuple[float, float], text: float
) -> None:
    paper(width)
    assert mpl.rcParams["figure.figsize"] == pytest.approx([side * MM for side in size])
    assert mpl.rcParams["axes.labelsize"] == text
    assert mpl.rcParams["pdf.fonttype"] == 42
    assert mpl.rcParams["svg.fonttype"] == "none"
    assert mpl.rcParams["font.family"] == ["DejaVu Sans"]


def test_height_and_font_size_are_taken() -> None:
    paper("single", height=100, font_size=9)
    assert mpl.rcParams["figure.figsize"] == pytest.approx([85 * MM, 100 * MM])
    assert mpl.rcParams["axes.labelsize"] == 9
    assert mpl.rcParams["xtick.labelsize"] == 8


def test_the_block_restores_what_was_there() -> None:
    before = dict(mpl.rcParams)
    with paper("double"):
        with paper("single"):
            assert mpl.rcParams["figure.figsize"][0] == pytest.approx(85 * MM)
        assert mpl.rcParams["figure.figsize"][0] == pytest.approx(180 * MM)
    assert dict(mpl.rcParams) == before


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: paper("poster"),
            "paper: width='poster' is not one of 'single', 'double', 'slide'.",
        ),
        (lambda: paper(5), "paper: width=5 is below 20. Pass 20 or more."),
        (lambda: paper(height=1), "paper: height=1 is below 20. Pass 20 or more."),
        (lambda: paper(font_size=0), "paper: font_size=0 is below 4. Pass 4 or more."),
    ],
)
def test_errors(call: object, message: str) -> None:
    before = dict(mpl.rcParams)
    with pytest.raises(ValueError, match=rf"\A{re.escape(message)}\Z"):
        call()  # type: ignore[operator]
    assert dict(mpl.rcParams) == before


def test_a_table_is_no_list_of_sources() -> None:
    with pytest.raises(TypeError, match="DataFrame") as error:
        palette(pd.DataFrame({"source": ["Gazette"]}))
    assert str(error.value) == (
        "palette: sources is DataFrame, which is many columns. Pass one of them, for example "
        "articles['source']."
    )


def test_parts_of_a_gap_differ_in_grey() -> None:
    lightness = sorted(lab(colour)[0] for colour in FILLS.values())
    assert min(np.diff(lightness)) > 9.5


def test_markers_weigh_about_the_same() -> None:
    assert {look(f"source {place}").weight for place in range(11)} == {1.0, 1.1, 1.2, 1.25, 1.3}
    assert set(WEIGHTS) <= set(MARKERS)
