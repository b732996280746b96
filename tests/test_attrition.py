"""What leaves on the way from the files to the analysis, and its chart."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.articles import read_articles
from framing.attrition import attrition
from framing.corpus import build_corpus
from framing.plots.attrition import plot_attrition
from framing.plots.facets import facets
from framing.plots.style import paper
from framing.schema import ATTRITION

mpl.use("Agg")


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    plt.close("all")


ARTICLES = pd.DataFrame(
    {
        "doc_id": list("abcdefg"),
        "source": pd.array(["Post", "Post", "Post", "Sun", "Sun", None, None], dtype="str"),
        "text": ["War."] * 7,
    }
)

PROBLEMS = pd.DataFrame(
    {
        "file": ["x.csv"] * 6,
        "member": [None] * 6,
        "line": pd.array([1, 2, 3, 4, None, None], dtype="Int64"),
        "doc_id": [None, None, None, "a", None, "b"],
        "field": ["text", "text", None, "text", None, "doc_id"],
        "what": ["no text", "no text", "damaged", "mojibake", "empty file", "duplicate article"],
        "value": [None] * 6,
        "action": ["left out", "left out", "left out", "mended", "left out", "kept"],
    }
).astype(dict.fromkeys(["member", "doc_id", "value"], "str"))

COLUMNS = ["step", "name", "source", "what", "n_before", "n_left_out", "n_after"]


def plain(table: pd.DataFrame) -> list[tuple[Any, ...]]:
    """Return rows with None for what is missing."""
    return [
        tuple(None if pd.isna(cell) else cell for cell in row)
        for row in table.itertuples(index=False, name=None)
    ]


def test_counted_by_hand() -> None:
    near = build_corpus(ARTICLES.iloc[[0, 1, 3, 5]], fields=["text"])
    table = attrition(
        {"read": ARTICLES, "about war": near, "named": ["a", "a", "d"]}, problems=PROBLEMS
    )
    assert list(table.columns) == COLUMNS
    assert plain(table) == [
        (0, "read", "Post", None, 3, 0, 3),
        (0, "read", "Sun", None, 2, 0, 2),
        (0, "read", None, None, 2, 0, 2),
        (0, "read", None, "no text", 2, 2, 0),
        (0, "read", None, "damaged", 1, 1, 0),
        (0, "read", None, "empty file", 1, 1, 0),
        (1, "about war", "Post", None, 3, 1, 2),
        (1, "about war", "Sun", None, 2, 1, 1),
        (1, "about war", None, None, 2, 1, 1),
        (2, "named", "Post", None, 2, 1, 1),
        (2, "named", "Sun", None, 1, 0, 1),
        (2, "named", None, None, 1, 1, 0),
    ]
    assert not ATTRITION.problems_of(table)


def test_without_problems_the_first_step_leaves_nothing_out() -> None:
    table = attrition({"read": ARTICLES.iloc[:5]})
    assert plain(table) == [
        (0, "read", "Post", None, 3, 0, 3),
        (0, "read", "Sun", None, 2, 0, 2),
    ]
    assert not ATTRITION.problems_of(table)
    none_left_out = PROBLEMS[PROBLEMS["action"] == "kept"]
    pd.testing.assert_frame_equal(
        attrition({"read": ARTICLES.iloc[:5]}, problems=none_left_out), table
    )


def test_a_source_that_has_nothing_left_keeps_its_rows() -> None:
    table = attrition({"read": ARTICLES, "none": [], "still none": np.array([], dtype=object)})
    assert table.loc[table["step"] == 2, "n_after"].tolist() == [0, 0, 0]
    assert table.loc[table["step"] == 2, "source"].tolist()[:2] == ["Post", "Sun"]


def test_what_was_read_from_files(tmp_path: Path) -> None:
    rows = "title,text,source\nA,Rain fell.,Post\nB,,Post\nC,Snow fell.,Sun\nC,Snow fell.,Sun\n"
    (tmp_path / "news.csv").write_text(rows)
    (tmp_path / "empty.csv").write_text("")
    articles, problems = read_articles(tmp_path)
    table = attrition({"read": articles, "no repeats": articles.iloc[:2]}, problems=problems)
    assert plain(table) == [
        (0, "read", "Post", None, 1, 0, 1),
        (0, "read", "Sun", None, 2, 0, 2),
        (0, "read", None, "empty file", 1, 1, 0),
        (0, "read", None, "no text", 1, 1, 0),
        (1, "no repeats", "Post", None, 1, 0, 1),
        (1, "no repeats", "Sun", None, 2, 1, 1),
    ]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(["Post", "Sun", None]), min_size=1, max_size=12),
    st.lists(st.floats(0, 1), max_size=4),
    st.integers(0, 2**16),
)
def test_sums_hold(sources: list[str | None], shares: list[float], seed: int) -> None:
    rng = np.random.default_rng(seed)
    articles = pd.DataFrame({"source": pd.array(sources, dtype="str")})
    articles["doc_id"] = [f"d{at}" for at in range(len(sources))]
    steps: dict[str, Any] = {"read": articles}
    kept = articles
    for number, share in enumerate(shares):
        kept = kept[rng.random(len(kept)) < share]
        steps[f"step {number}"] = kept
    table = attrition(steps, problems=PROBLEMS)
    assert (table["n_before"] - table["n_left_out"] == table["n_after"]).all()
    assert (table[["n_before", "n_left_out", "n_after"]] >= 0).all(axis=None)
    sums = table.fillna({"source": "?"}).groupby(["step", "source"])[["n_before", "n_after"]].sum()
    for step, part in enumerate(list(steps.values())):
        here = sums.loc[step]
        assert int(here["n_after"].sum()) == len(part)
        if step:
            before = sums.loc[step - 1]["n_after"]
            assert before[before > 0].to_dict() == here["n_before"][here["n_before"] > 0].to_dict()
    assert sums.loc[0, "n_before"].sum() == len(articles) + 4


FIRST = "Begin with the first table of read_articles()."


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: attrition([ARTICLES]),  # type: ignore[arg-type]
            (
                "attrition: steps is list, not a mapping of names. "
                "Pass for example {'read': articles, 'with a date': dated}."
            ),
        ),
        (
            lambda: attrition({}),
            "attrition: there is no step. Pass at least the articles, as in {'read': articles}.",
        ),
        (
            lambda: attrition({"read": ["a"]}),
            f"attrition: the first step 'read' is list, not the articles. {FIRST}",
        ),
        (
            lambda: attrition({"read": ARTICLES[["doc_id", "text"]]}),
            (
                "attrition: the first step 'read' has no column 'source'. "
                f"It has 'doc_id', 'text'. {FIRST}"
            ),
        ),
        (
            lambda: attrition({"read": ARTICLES.iloc[:0]}),
            f"attrition: the first step 'read' has no articles. {FIRST}",
        ),
        (
            lambda: attrition({"read": ARTICLES.iloc[[0, 0, 1]]}),
            (
                "attrition: the first step 'read' has 1 keys in doc_id that are missing or there "
                f"twice ('a'). {FIRST}"
            ),
        ),
        (
            lambda: attrition({"read": ARTICLES, "dated": ARTICLES[["text"]]}),
            (
                "attrition: step 'dated' has no column 'doc_id'. It has 'text'. "
                "Pass articles, mentions, a corpus or a list of keys."
            ),
        ),
        (
            lambda: attrition({"read": ARTICLES, "dated": 7}),  # type: ignore[dict-item]
            (
                "attrition: step 'dated' is int, which has no keys of articles. "
                "Pass articles, mentions, a corpus or a list of keys."
            ),
        ),
        (
            lambda: attrition({"read": ARTICLES, "dated": ["a"], "near": ["b", "c"]}),
            (
                "attrition: step 'near' has 2 articles that 'dated' before it lacks ('b', 'c'). "
                "Put the steps in the order of the work."
            ),
        ),
        (
            lambda: attrition({"read": ARTICLES}, problems=PROBLEMS[["what", "action"]]),
            (
                "attrition: the table has no column 'file', 'member', 'line', 'doc_id', 'field', "
                "'value'. It has 'what', 'action'. Pass the table that read_articles() returns."
            ),
        ),
        (
            lambda: plot_attrition(attrition({"read": ARTICLES}).iloc[:0]),
            (
                "plot_attrition: the table has no rows. There is nothing to draw. "
                "Check the filter that made it, or what attrition() returned."
            ),
        ),
        (
            lambda: plot_attrition(unread_only()),
            (
                "plot_attrition: the table has only what was not read (3 rows), and no articles. "
                "Pass the table of attrition() with the rows of the sources."
            ),
        ),
        (
            lambda: plot_attrition(pd.concat([attrition({"read": ARTICLES})] * 2)),
            (
                "plot_attrition: 2 rows stand for step 0, source 'Post', what nan. They differ in "
                "no column of text. Filter the table until each thing on the chart is one row."
            ),
        ),
    ],
)
def test_messages(call: Callable[[], object], message: str) -> None:
    with pytest.raises((ValueError, TypeError), match=f"^{re.escape(message)}$"):
        call()


def unread_only() -> pd.DataFrame:
    table = attrition({"read": ARTICLES}, problems=PROBLEMS)
    return table[table["what"].notna()]


@pytest.fixture
def table() -> pd.DataFrame:
    """Return 100 articles of three sources over three steps, and 14 that were not read."""
    sources = ["Post"] * 60 + ["Sun"] * 30 + ["Times"] * 10
    articles = pd.DataFrame({"doc_id": [f"d{at}" for at in range(100)], "source": sources})
    left_out = pd.concat([PROBLEMS.iloc[[0]]] * 12 + [PROBLEMS.iloc[[2]]] * 2)
    steps: dict[str, Any] = {"read": articles, "with a date": articles.iloc[5:]}
    steps["names somebody"] = articles.iloc[50:92]
    return attrition(steps, problems=left_out)


def bars(ax: Any) -> list[list[float]]:
    """Return the lengths of the parts of each bar, from the top down."""
    patches = [patch for container in ax.containers for patch in container.patches]
    rows = sorted({round(patch.get_y(), 6) for patch in patches})
    return [
        [patch.get_width() for patch in patches if round(patch.get_y(), 6) == row] for row in rows
    ]


def test_bars_and_texts_are_the_table(table: pd.DataFrame) -> None:
    before = table.copy(deep=True)
    with paper("double"):
        ax = plot_attrition(table)
    assert bars(ax) == [[60, 30, 10, 14], [60, 30, 10], [55, 30, 10], [10, 30, 2]]
    labels = [label.get_text() for label in ax.get_yticklabels()]
    assert labels == ["in the files", "read", "with a date", "names somebody"]
    texts = [text.get_text() for text in ax.texts]
    assert texts[:4] == ["114", "100 (−14: no text 12, damaged 2)", "95 (−5)", "42 (−53)"]
    assert texts[4:] == ["60", "60", "55", "10", "30", "30", "30", "30", "10", "10", "10", "2"]
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["Post", "Sun", "Times"]
    assert ax.get_xlim() == (0, 114)
    assert ax.get_xlabel() == "articles left after each step (in brackets: left out by it)"
    pd.testing.assert_frame_equal(table, before)


def test_parts_of_a_bar_are_told_apart_in_grey() -> None:
    articles = pd.DataFrame({"doc_id": [f"d{at}" for at in range(10)]})
    articles["source"] = [f"source {at}" for at in range(10)]
    ax = plot_attrition(attrition({"read": articles}))
    parts = [container.patches[0] for container in ax.containers]
    for entry, part in zip(ax.get_legend().get_patches(), parts, strict=True):
        assert entry.get_facecolor() == part.get_facecolor()
        assert entry.get_hatch() == part.get_hatch()
    greys = [0.299 * r + 0.587 * g + 0.114 * b for r, g, b, _ in (p.get_facecolor() for p in parts)]
    for (one, first), (two, second) in itertools.combinations(zip(greys, parts, strict=True), 2):
        assert first.get_hatch() != second.get_hatch() or abs(one - two) > 0.05
    assert all(a.get_hatch() != b.get_hatch() for a, b in itertools.pairwise(parts))


def test_parts_of_a_bar_follow_each_other(table: pd.DataFrame) -> None:
    ax = plot_attrition(table)
    for row in range(4):
        patches = [c.patches[row] for c in ax.containers[:3]]
        ends = [patch.get_x() + patch.get_width() for patch in patches]
        assert [patch.get_x() for patch in patches] == [0, *ends[:-1]]


def test_one_source_and_some_steps(table: pd.DataFrame) -> None:
    ax = plot_attrition(table[(table["source"] == "Sun") & (table["step"] > 0)])
    assert bars(ax) == [[30], [30]]
    assert ax.get_title(loc="left") == "Sun"
    assert ax.get_legend() is None
    assert [label.get_text() for label in ax.get_yticklabels()] == ["with a date", "names somebody"]


def test_one_reason_is_named_without_its_number(table: pd.DataFrame) -> None:
    ax = plot_attrition(table[table["what"] != "damaged"])
    assert [text.get_text() for text in ax.texts][1] == "100 (−12: no text)"


def test_many_sources_are_one_bar() -> None:
    articles = pd.DataFrame({"doc_id": [f"d{at}" for at in range(11)]})
    articles["source"] = [f"source {at}" for at in range(11)]
    ax = plot_attrition(attrition({"read": articles, "half": articles.iloc[:5]}))
    assert bars(ax) == [[11], [5]]
    assert ax.get_legend() is None
    assert ax.get_title(loc="left") == ""


def test_facets_draw_a_panel_for_each_source(table: pd.DataFrame) -> None:
    with paper("double"):
        figure = facets(table[table["what"].isna()], plot_attrition, by="source")
    assert [bars(ax) for ax in figure.axes] == [
        [[60], [55], [10]],
        [[30], [30], [30]],
        [[10], [10], [2]],
    ]


@pytest.mark.parametrize("width", ["single", "double"])
def test_no_text_leaves_the_figure_or_covers_another(table: pd.DataFrame, width: str) -> None:
    long = table.assign(name=table["name"] + " and a name that is much too long for one column")
    with paper(width):
        ax = plot_attrition(long)
        figure: Any = ax.figure
        figure.draw_without_rendering()
    names = [label.get_window_extent() for label in ax.get_yticklabels()]
    counts = [text.get_window_extent() for text in ax.texts[:4]]
    for name, count in zip(names, counts, strict=True):
        assert name.x1 < count.x0
        assert name.x0 >= 0
        assert count.x1 <= figure.bbox.width
    for above, below in itertools.pairwise(names):
        assert below.y1 < above.y0
