"""Plain text: title, headings, tags, and what names and front matter say."""

from __future__ import annotations

import pytest

from framing.readers.record import BAD_FRONT_MATTER, HTML, Origin, Settings
from framing.readers.text import facts_from_names, read_text, split_article

SEED = """\
Talks resume in the hotel by the lake

Talks resume in the hotel by the lake

The two sides met again on Friday, the host said.

“We are moving,” he was quoted as saying. “I do not exclude an agreement.”

Who sits at the table

The rebels sent nobody. The government sent three men.

“Of course it won’t happen today,” he said. harbour
"""


def read(text: str, origin: Origin | None = None) -> dict[str, object]:
    parts = read_text(text.encode(), origin or Origin("a.txt"), Settings())
    assert len(parts) == 1
    assert isinstance(parts[0].rows, list)
    return parts[0].rows[0]


def test_an_article_in_the_shape_of_a_news_page() -> None:
    assert read(SEED) == {
        "title": "Talks resume in the hotel by the lake",
        "text": (
            "The two sides met again on Friday, the host said.\n\n"
            "“We are moving,” he was quoted as saying. “I do not exclude an agreement.”\n\n"
            "The rebels sent nobody. The government sent three men.\n\n"
            "“Of course it won’t happen today,” he said."
        ),
        "headings": "Who sits at the table",
        "tags": "harbour",
    }


def test_windows_line_ends_make_no_difference() -> None:
    assert read(SEED.replace("\n", "\r\n")) == read(SEED)


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("Title\n\nIt rained.", "Title", "It rained."),
        ("Title\nTitle\n\nIt rained.", "Title", "It rained."),
        ("TITLE\n\n“Title”\n\nIt rained.", "TITLE", "It rained."),
        ("Will it rain?\n\nIt rained.", "Will it rain?", "It rained."),
        ("It rained.\n\nIt snowed.", None, "It rained.\n\nIt snowed."),
        ("It rained.\n\nIt rained.\n\nIt snowed.", "It rained.", "It snowed."),
        ("Only one line", None, "Only one line"),
        ("It rained on\nthe lake.\n\nIt snowed.", None, "It rained on the lake.\n\nIt snowed."),
        ("It rained.\nIt snowed.\nIt thawed.", None, "It rained.\n\nIt snowed.\n\nIt thawed."),
    ],
)
def test_what_is_title_and_what_is_body(text: str, title: str | None, body: str) -> None:
    found = split_article(text)
    assert (found.get("title"), found["text"]) == (title, body)


def test_a_list_of_short_lines_is_no_run_of_headings() -> None:
    text = "Title\n\nThey came.\n\nAnn\n\nBob\n\nCid\n\nThey left."
    found = split_article(text)
    assert found["text"] == "They came.\n\nAnn\n\nBob\n\nCid\n\nThey left."
    assert "headings" not in found


def test_what_is_a_heading_and_what_is_a_sentence() -> None:
    text = "Title\n\nA.\n\nThe harbour\n\nB.\n\nWhy not?\n\nC.\n\nno capital\n\nD.\n\nLast line"
    found = split_article(text)
    assert found["headings"] == "The harbour"
    assert found["text"] == "A.\n\nB.\n\nWhy not?\n\nC.\n\nno capital\n\nD.\n\nLast line"


@pytest.mark.parametrize(
    ("end", "tags", "rest"),
    [
        ("It rained. harbour", "harbour", "It rained."),
        ("“It rained.” harbour", "harbour", "“It rained.”"),
        ("It rained.\n\nharbour", "harbour", "It rained."),
        ("It rained.\n\nharbour, north sea", "harbour\nnorth sea", "It rained."),
        ("It rained. Harbour", None, "It rained. Harbour"),
        ("It rained. in the harbour", None, "It rained. in the harbour"),
        ("It rained. harbour.", None, "It rained. harbour."),
        ("It rained.\n\nmore of it later on", None, "It rained.\n\nmore of it later on"),
    ],
)
def test_what_is_a_tag(end: str, tags: str | None, rest: str) -> None:
    found = split_article(f"Title\n\n{end}")
    assert (found.get("tags"), found["text"]) == (tags, rest)


@pytest.mark.parametrize(
    ("origin", "facts"),
    [
        (
            Origin("c/TASS/2016-09-02_x.txt", None, ("TASS",)),
            {"date": "20160902", "source": "TASS"},
        ),
        (Origin("c/TASS/2016/09/x.txt", None, ("TASS", "2016", "09")), {"source": "TASS"}),
        (Origin("TASS/2016-09-02_x.txt"), {"date": "20160902", "source": "TASS"}),
        (Origin("TASS_2016-09-02_x.txt"), {"date": "20160902", "source": "TASS"}),
        (Origin("20160902 x.txt"), {"date": "20160902"}),
        (Origin("articles/2016-09-02_x.txt"), {"date": "20160902"}),
        (Origin("TASS/x.txt"), {}),
        (
            Origin("a.zip", "TASS/2016-09-02_x.txt", ("TASS",)),
            {"date": "20160902", "source": "TASS"},
        ),
        (Origin("000_29341f0f88ff01eb.txt"), {}),
        (Origin("x/20169999_y.txt", None, ()), {}),
        (Origin("2020-13-45_y.txt"), {"date": "2020-13-45"}),
        (Origin("TASS/2020_02_31.txt"), {"date": "20200231", "source": "TASS"}),
        (Origin("2020-13-450.txt"), {}),
        (Origin("2020-13_45.txt"), {}),
    ],
)
def test_what_names_of_files_and_folders_say(origin: Origin, facts: dict[str, str]) -> None:
    assert facts_from_names(origin) == facts


def test_front_matter_is_believed_before_the_names() -> None:
    text = (
        "---\nheadline: Rain\nOutlet: Gazette\ndate: 2016-09-03\nsection: [weather, sea]\n"
        "text: other\n---\nRain\n\nIt rained."
    )
    found = read(text, Origin("c/TASS/2016-09-02_x.txt", None, ("TASS",)))
    assert str(found.pop("date")) == "2016-09-03"
    assert found == {
        "title": "Rain",
        "source": "Gazette",
        "section": ["weather", "sea"],
        "text": "It rained.",
        "text_original": "other",
    }


@pytest.mark.parametrize(
    ("head", "complaint"),
    [
        ("a: &x [1]\nb: *x", "it holds an alias (`*name`)"),
        ("- one\n- two", "a list, not `name: value` lines: - one - two"),
        ("[" * 5000, "more than 100 brackets"),
        ("[" * 100, "while parsing a flow"),
        ("a: b: c", "mapping values are not allowed here"),
        ("a: " + "x" * 20_000, "20,003 characters; at most 16,384 are read"),
        ("a: !!python/object/apply:os.getcwd []", "could not determine a constructor"),
    ],
)
def test_front_matter_that_cannot_be_read_stays_in_the_text(head: str, complaint: str) -> None:
    part = read_text(f"---\n{head}\n---\nIt rained.".encode(), Origin("a.txt"), Settings())[0]
    assert [problem.what for problem in part.problems] == [BAD_FRONT_MATTER]
    assert complaint in str(part.problems[0].value)
    assert isinstance(part.rows, list)
    assert "It rained." in str(part.rows[0]["text"])


def test_dashes_without_an_end_are_no_front_matter() -> None:
    assert read("---\nIt rained. It snowed.")["text"] == "---\n\nIt rained. It snowed."


def test_a_web_page_in_a_text_file_loses_its_tags() -> None:
    part = read_text(
        b"<html><body><h1>Rain</h1><p>It rained.</p><p>It snowed.</p></body></html>",
        Origin("a.txt"),
        Settings(),
    )[0]
    assert part.rows == [{"title": "Rain", "text": "It rained.\n\nIt snowed."}]
    assert [problem.what for problem in part.problems] == [HTML]
