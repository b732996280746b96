"""What the map shows equals the table, and the outlines are those of the countries."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline

import framing as fr
from framing.plots import facets, plot_country_map, save_figure
from framing.plots.country_map import BREAKS, colours
from framing.plots.shapes import countries, equal_earth, item_name, nobody
from framing.schema import SALIENCE

SHARES = {"USA": 0.62, "RUS": 0.30, "SYR": 0.2, "QAT": 0.05, "FRA": 0.02, "MLT": 0.004, "PER": 0.0}
CLASSES = {"USA": 5, "RUS": 5, "SYR": 4, "QAT": 3, "FRA": 2, "MLT": 1}


def table(
    shares: dict[str, float] = SHARES, *, part: str = "all", source: str = "Herald"
) -> pd.DataFrame:
    rows = [
        (source, "country", item, part, 5, 20_000, share * 5, round(share * 500), 500, share, "v1")
        for item, share in shares.items()
    ]
    return pd.DataFrame(rows, columns=["source", *SALIENCE.required])


def shapes(ax: plt.Axes) -> dict[str, PathPatch]:
    return {patch.get_gid(): patch for patch in ax.patches if isinstance(patch, PathPatch)}


def fills(ax: plt.Axes) -> dict[str, str]:
    """Return the colour of each country that is not hatched."""
    return {
        code: to_hex(patch.get_facecolor())
        for code, patch in shapes(ax).items()
        if patch.get_hatch() is None
    }


def test_a_country_has_the_shade_of_its_class() -> None:
    data = table()
    before = data.copy()
    ax = plot_country_map(data)
    pd.testing.assert_frame_equal(data, before)
    expected = {code: colours()[place] for code, place in CLASSES.items() if code != "MLT"}
    assert fills(ax) == expected | {"PER": "#ffffff"}  # Malta has no outline at this scale
    assert ax.get_xlabel() == "articles that name the country, % of all"
    assert ax.get_title(loc="left") == "Herald"
    assert [text.get_text() for text in ax.texts] == ["500\narticles"]


def test_what_is_not_in_the_table_is_hatched() -> None:
    ax = plot_country_map(table())
    hatched = {code for code, patch in shapes(ax).items() if patch.get_hatch()}
    assert {"nobody", "CHN", "DEU"} <= hatched
    assert hatched.isdisjoint(SHARES)
    assert "ATA" not in shapes(ax)


def test_small_countries_have_dots_of_their_shade() -> None:
    ax = plot_country_map(table())
    (dots,) = ax.collections
    assert [to_hex(colour) for colour in dots.get_facecolors()] == [colours()[1], colours()[3]]
    places = equal_earth(np.array([[14.4, 35.9], [51.2, 25.3]]))  # Malta and Qatar
    np.testing.assert_allclose(dots.get_offsets(), places, atol=0.01)
    (none,) = plot_country_map(table({"USA": 0.5, "MLT": 0.0})).collections
    assert len(none.get_offsets()) == 0


def test_classes_do_not_depend_on_the_data() -> None:
    one = fills(plot_country_map(table({"FRA": 0.02})))
    assert one["FRA"] == fills(plot_country_map(table()))["FRA"]


@pytest.mark.parametrize(
    ("share", "place"),
    [(0.0029, 0), (0.003, 1), (0.0099, 1), (0.01, 2), (0.03, 3), (0.1, 4), (0.2999, 4), (0.3, 5),
     (1.0, 5)],
)  # fmt: skip
def test_a_class_begins_with_its_lower_end(share: float, place: int) -> None:
    assert fills(plot_country_map(table({"FRA": share})))["FRA"] == colours()[place]


def test_rates_have_classes_of_their_own() -> None:
    ax = plot_country_map(table({"FRA": 0.02, "RUS": 0.7}), value="per_1000")  # 0.1 and 3.5
    assert fills(ax) == {"FRA": colours()[2], "RUS": colours()[5]}
    assert ax.get_xlabel() == "mentions of the country per 1,000 tokens"
    ax = plot_country_map(table(part="title"), value="per_1000")
    assert ax.get_xlabel() == "mentions of the country per 1,000 tokens of titles"
    assert ax.texts[0].get_text() == "500\ntitles"


def test_the_legend_tells_the_classes() -> None:
    ax = plot_country_map(table())
    legend = ax.get_legend()
    assert [text.get_text() for text in legend.get_texts()] == [
        "0", "under 0.3", "0.3–1", "1–3", "3–10", "10–30", "30 or more", "not in the table",
    ]  # fmt: skip
    assert legend.get_title().get_text() == "% of articles"
    shown = [line.get_markerfacecolor() for line in legend.get_lines()]
    assert shown == ["#ffffff", *colours()]
    assert legend.get_patches()[0].get_hatch()
    assert {len(ends) + 1 for ends in BREAKS.values()} == {len(colours())}


def test_whole_articles_are_drawn_where_there_are_several_parts() -> None:
    both = pd.concat([table({"FRA": 0.5}, part="title"), table({"FRA": 0.02})])
    assert fills(plot_country_map(both))["FRA"] == colours()[2]
    ax = plot_country_map(both.query("part == 'title'"))
    assert fills(ax)["FRA"] == colours()[5]
    assert ax.get_xlabel() == "titles that name the country, % of all"


def test_panels_have_one_legend() -> None:
    both = pd.concat([table(), table({"CHN": 0.4}, source="Gazette")])
    figure = facets(both, plot_country_map, by="source")
    assert [ax.get_title(loc="left") for ax in figure.axes] == ["Herald", "Gazette"]
    assert [fills(ax).get("CHN") for ax in figure.axes] == [None, colours()[5]]
    (legend,) = figure.legends
    assert [text.get_text() for text in legend.get_texts()][-1] == "not in the table"
    assert figure.get_supxlabel() == "articles that name the country, % of all"
    figure, ax = plt.subplots()
    assert plot_country_map(table(), ax=ax) is ax


def test_the_saved_table_has_the_rows_that_are_drawn(tmp_path: Path) -> None:
    paths = save_figure(plot_country_map(table()), tmp_path / "map", formats=[])
    assert pd.read_csv(paths[0])["item"].tolist() == list(SHARES)


def test_real_tables_can_be_drawn(sample: tuple[fr.Corpus, pd.DataFrame]) -> None:
    corpus, mentions = sample
    ax = plot_country_map(fr.salience(mentions, corpus, items="country"))
    assert fills(ax)["RUS"] == colours()[5]


CITIES = {
    "SYR": (36.3, 33.5), "RUS": (37.6, 55.8), "UKR": (30.5, 50.4), "USA": (-95.0, 40.0),
    "CHN": (116.4, 39.9), "GUF": (-53.0, 4.0), "FRA": (2.4, 48.8), "ZAF": (26.0, -28.0),
    "LSO": (28.2, -29.5), "NOR": (10.7, 60.5), "XKX": (20.9, 42.6), "PSE": (35.2, 31.9),
}  # fmt: skip


def inside(rings: tuple[np.ndarray, ...], point: tuple[float, float]) -> bool:
    """Tell whether a point lies in an odd number of rings: in the outline, and in no hole."""
    return sum(Outline(ring).contains_point(point) for ring in rings) % 2 == 1


def test_places_lie_in_their_countries_and_in_no_other() -> None:
    for code, place in CITIES.items():
        assert [other for other, one in countries().items() if inside(one.rings, place)] == [code]
        assert not inside(nobody(), place)


@pytest.mark.parametrize("place", [(34.1, 45.1), (45.0, 9.6), (33.4, 35.3)])
def test_crimea_somaliland_and_northern_cyprus_are_no_countrys(place: tuple[float, float]) -> None:
    assert inside(nobody(), place)
    assert not [code for code, one in countries().items() if inside(one.rings, place)]


def test_every_country_of_the_ledger_is_on_the_map_under_its_name() -> None:
    ledger = fr.load_ledger()
    named = ledger[ledger["kind"] == "country"].drop_duplicates("country")
    assert set(countries()) == set(named["country"])
    assert {code: one.name for code, one in countries().items()} == dict(
        zip(named["country"], named["actor"], strict=True)
    )
    without = [code for code, one in countries().items() if not one.rings and one.dot is None]
    assert without == ["ATA", "BVT", "UMI"]  # nobody lives there
    assert item_name("country", "SYR") == "Syria"
    assert item_name("country", "EU") == "EU"
    assert item_name("actor", "SYR") == "SYR"


def sphere_area(ring: np.ndarray) -> float:
    """Return the area that a ring encloses, in squares of the earth's radius."""
    x, y = np.radians(ring).T
    return abs(np.sum(np.diff(x) * (np.sin(y[1:]) + np.sin(y[:-1])))) / 2


def flat_area(points: np.ndarray) -> float:
    x, y = points.T
    return abs(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])) / 2


def test_the_land_has_its_size() -> None:
    land = sum(sphere_area(ring) for one in countries().values() for ring in one.rings)
    assert land * 6371**2 == pytest.approx(135e6, rel=0.03)  # km², without Antarctica
    russia = max(sphere_area(ring) for ring in countries()["RUS"].rings)
    assert russia * 6371**2 == pytest.approx(16.8e6, rel=0.03)  # in one piece


def test_areas_are_true() -> None:
    for west, south in [(-160, -60), (-20, -5), (100, 55), (170, 70)]:
        t = np.linspace(0, 1, 400)[:, None]
        corners = np.array([[0, 0], [12, 0], [12, 12], [0, 12], [0, 0]]) + np.array([west, south])
        box = np.vstack([a + t * (b - a) for a, b in itertools.pairwise(corners)])
        assert flat_area(equal_earth(box)) == pytest.approx(sphere_area(box), rel=1e-4)


def test_the_poles_and_the_ends_are_where_the_paper_has_them() -> None:
    ends = equal_earth(np.array([[191.0, 0.0], [-169.0, 0.0], [11.0, 90.0], [11.0, 0.0]]))
    # Šavrič et al.: the equator is 2.05458 times as long as the central meridian.
    assert (ends[0, 0] - ends[1, 0]) / (2 * ends[2, 1]) == pytest.approx(2.05458, abs=1e-4)
    np.testing.assert_allclose(ends[3], [0, 0], atol=1e-12)


MESSAGES = {
    "actors": (
        lambda: plot_country_map(table().assign(items="actor")),
        (
            "plot_country_map: the table counts 'actor', which has no place on a map. Pass the "
            "table that salience() returns with items='country'."
        ),
    ),
    "unknown codes": (
        lambda: plot_country_map(table({"SYR": 0.1, "Syria": 0.1, "UK": 0.1})),
        (
            "plot_country_map: column 'item' has 'Syria', 'UK', which are no codes of ISO 3166-1 "
            "alpha-3 such as 'SYR'. Change or drop those rows."
        ),
    ),
    "several sources": (
        lambda: plot_country_map(pd.concat([table(), table(source="Gazette")])),
        (
            "plot_country_map: 2 rows stand for item 'USA'. They differ in 'source'. Filter the "
            "table until each thing on the chart is one row."
        ),
    ),
    "several parts": (
        lambda: plot_country_map(pd.concat([table(part="title"), table(part="lead")])),
        (
            "plot_country_map: column 'part' has 2 values: 'title', 'lead'. One chart shows one of "
            "them. Filter the table, as in table[table['part'] == 'title'], or draw one panel for "
            "each with facets(table, plot_country_map, by='part')."
        ),
    ),
    "value": (
        lambda: plot_country_map(table(), value="per_million"),
        "plot_country_map: value='per_million' is not one of 'share', 'per_1000'.",
    ),
    "no number": (
        lambda: plot_country_map(table().assign(share=np.nan)),
        (
            "plot_country_map: column 'share' has no number in any of the 7 rows. There is nothing "
            "to draw. Check how the table was made."
        ),
    ),
    "empty": (
        lambda: plot_country_map(table().head(0)),
        (
            "plot_country_map: the table has no rows. There is nothing to draw. Check the filter "
            "that made it, or what salience() returned."
        ),
    ),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_messages(name: str) -> None:
    run, message = MESSAGES[name]
    with pytest.raises(ValueError, match=rf"\A{re.escape(message)}\Z"):
        run()
    assert plt.get_fignums() == []
