"""Which aliases count as mentions: hand-made sentences for every condition, and a slow loop."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framing.contexts import contexts
from framing.corpus import build_corpus
from framing.ledger import load_ledger
from framing.mentions import find_mentions

COUNTRIES = ["RUS", "USA", "SYR", "GBR", "CHN", "DEU", "FRA", "TUR", "SAU", "TCD", "IRN", "JEY"]
_ALL = load_ledger()
LEDGER = _ALL[_ALL["country"].isin(COUNTRIES) | (_ALL["kind"] == "veto")].reset_index(drop=True)
"""A part is quicker to code."""


def ledger_of(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return a ledger of these rows alone."""
    columns = LEDGER.columns
    usual = {
        "kind": "person", "alias_kind": "name", "sense": "person", "case": "capital",
        "source": "test", "version": "test-1",
    }  # fmt: skip
    table = pd.DataFrame([usual | row for row in rows]).reindex(columns=columns)
    for column in columns:
        dtype = "datetime64[s]" if column in {"valid_from", "valid_to"} else "str"
        table[column] = table[column].astype(dtype)
    return table


def corpus_of(*texts: str, date: str | None = None, **settings: Any) -> Any:
    articles = pd.DataFrame({"doc_id": [f"d{n}" for n in range(len(texts))], "text": list(texts)})
    if date:
        articles["date"] = pd.to_datetime([date] * len(texts))
    return build_corpus(articles, fields=["text"], **settings)


def found(text: str, *, date: str | None = None, **options: Any) -> list[tuple[str, str]]:
    """Return surface and actor of all mentions, with the whole ledger."""
    mentions = find_mentions(corpus_of(text, date=date), LEDGER, **options)
    return list(zip(mentions["surface"], mentions["actor"], strict=True))


def own(text: str, *rows: dict[str, Any], date: str | None = None) -> list[tuple[str, str]]:
    """Return the same with a ledger of one's own."""
    mentions = find_mentions(corpus_of(text, date=date), ledger_of(*rows))
    return list(zip(mentions["surface"], mentions["actor"], strict=True))


def test_columns_count_tokens_sentences_and_fields() -> None:
    articles = pd.DataFrame(
        {"doc_id": ["a"], "title": ["Putin speaks"], "text": ["Rain fell. In Syria, Assad’s\nday."]}
    )
    mentions = find_mentions(build_corpus(articles), LEDGER)
    shown = mentions[["field", "sentence", "start", "stop", "surface", "actor"]]
    # putin speaks | rain fell in syria assad's day
    assert shown.to_numpy().tolist() == [
        ["title", 0, 0, 1, "Putin", "Vladimir Putin"],
        ["text", 2, 6, 7, "Syria", "Syria"],
        ["text", 2, 7, 8, "Assad", "Bashar al-Assad"],
    ]
    assert mentions["country"].tolist() == ["RUS", "SYR", "SYR"]
    assert (mentions["ledger"] == LEDGER["version"][0]).all()


def test_the_longest_alias_counts_and_none_overlaps() -> None:
    rows = (
        {"actor": "A", "alias": "North"},
        {"actor": "B", "alias": "North Sea"},
        {"actor": "C", "alias": "Sea Wall Street"},
        {"actor": "D", "alias": "Wall Street"},
    )
    assert own("North Sea Wall Street", *rows) == [("North Sea", "B"), ("Wall Street", "D")]
    assert own("the Sea Wall Street", *rows) == [("Sea Wall Street", "C")]


def test_where_the_longest_is_refused_the_next_shorter_gets_its_chance() -> None:
    rows = (
        {"actor": "A", "alias": "North"},
        {"actor": "B", "alias": "North Sea", "not_before": "wall"},
        {"actor": "C", "alias": "Wall"},
    )
    assert own("North Sea", *rows) == [("North Sea", "B")]
    assert own("North Sea Wall", *rows) == [("North", "A"), ("Wall", "C")]


def test_no_match_reaches_across_sentences_or_fields() -> None:
    row = {"actor": "B", "alias": "North Sea"}
    assert own("He went North. Sea was there.", row) == []
    articles = pd.DataFrame({"doc_id": ["a"], "title": ["The North"], "text": ["Sea was there"]})
    assert find_mentions(build_corpus(articles), ledger_of(row)).empty
    assert own("North https://x.org Sea", row) == []


@pytest.mark.parametrize(
    ("case", "written", "counts"),
    [
        ("any", "turkey", True),
        ("capital", "turkey", False),
        ("capital", "Turkey", True),
        ("capital", "TURKEY", True),
        ("exact", "Turkey", True),
        ("exact", "TURKEY", False),
    ],
)
def test_case(case: str, written: str, *, counts: bool) -> None:
    row = {"actor": "T", "alias": "Turkey", "case": case}
    assert own(f"we saw {written} there", row) == ([(written, "T")] if counts else [])


def test_small_words_of_an_alias_need_no_capital() -> None:
    row = {"actor": "S", "alias": "Secretary of State"}
    assert own("SECRETARY OF STATE", row)
    assert own("the Secretary of State", row)
    assert own("the secretary of state", row) == []


def test_the_country_us_is_not_the_pronoun() -> None:
    assert found("They told us. The U.S. told us.") == [("U.S.", "United States")]


def test_words_that_must_not_stand_beside() -> None:
    row = {"actor": "W", "alias": "Washington", "not_before": "Post|state law", "not_after": "old"}
    assert own("in Washington today", row)
    assert own("the Washington Post", row) == []
    assert own("the Washington post office", row), "a capital is asked for"
    assert own("the Washington state law", row) == []
    assert own("the Washington state", row), "only a part of the words"
    assert own("the old Washington", row) == []
    assert own("how old, Washington?", row), "a comma parts them"
    assert own("He is old. Washington knew.", row), "another sentence"


def test_words_that_must_or_must_not_stand_in_the_article() -> None:
    row = {"actor": "G", "alias": "Georgia", "not_with": "atlanta|peach tree"}
    assert own("Georgia here. Then a peach and a tree.", row)
    assert own("Georgia here. Then a peach tree.", row) == []
    row = {"actor": "V", "alias": "Victoria", "requires": "seychelles|mahé island"}
    assert own("Victoria.", row) == []
    assert own("Victoria. It lies on Mahé island.", row) == [("Victoria", "V")]
    mentions = find_mentions(corpus_of("Victoria.", "The Seychelles."), ledger_of(row))
    assert mentions.empty, "in another article"


def test_a_surname_needs_the_full_name_in_the_article() -> None:
    assert found("In May, May spoke.") == []
    assert found("Theresa May spoke. In June, May left.") == [
        ("Theresa May", "Theresa May"), ("May", "Theresa May"),
    ]  # fmt: skip
    assert found("May left. Theresa May had spoken.")[0] == ("May", "Theresa May"), "or behind it"
    how = find_mentions(corpus_of("Theresa May. May."), LEDGER)["how"].tolist()
    assert how == ["as in the ledger", "fuller form in the article"]


def test_a_full_name_inside_a_veto_is_none() -> None:
    rows = (
        {"actor": "K", "alias": "John Kent"},
        {"actor": "K", "alias": "Kent", "alias_kind": "surname", "requires": "@fuller"},
        {"actor": "V", "alias": "John Kent School", "kind": "veto"},
    )
    assert own("Kent left the John Kent School.", *rows) == []
    assert own("Kent left John Kent.", *rows) == [("Kent", "K"), ("John Kent", "K")]


NAMESAKES = (
    {"actor": "Ann", "alias": "Ann Berg"},
    {"actor": "Bob", "alias": "Bob Berg"},
    {"actor": "Ann", "alias": "Berg", "alias_kind": "surname", "requires": "@fuller"},
    {"actor": "Bob", "alias": "Berg", "alias_kind": "surname", "requires": "@fuller"},
)


def test_of_two_namesakes_the_one_named_last_is_meant() -> None:
    text = "Berg came. Ann Berg sat. Berg ate. Bob Berg rose. Berg left."
    assert [actor for _, actor in own(text, *NAMESAKES)] == ["Ann", "Ann", "Ann", "Bob", "Bob"]


def test_the_usual_bearer_of_a_surname() -> None:
    rows = (
        {"actor": "Don", "alias": "Don Berg"},
        {"actor": "Don", "alias": "Berg", "alias_kind": "surname"},
        *NAMESAKES[:1], NAMESAKES[2],
    )  # fmt: skip
    actors = lambda text: [actor for _, actor in own(text, *rows)]  # noqa: E731
    assert actors("Berg came.") == ["Don"]
    assert actors("Ann Berg sat. Berg ate.") == ["Ann", "Ann"]
    assert actors("Berg came. Ann Berg sat. Berg ate.") == ["Don", "Ann", "Don"]
    assert actors("Ann Berg sat. Berg ate. Don Berg rose. Berg left.") == [
        "Ann",
        "Ann",
        "Don",
        "Don",
    ]


def test_of_two_actors_the_one_whose_word_stands_there_is_meant() -> None:
    rows = (
        {"actor": "Big", "alias": "Congo"},
        {"actor": "Small", "alias": "Congo", "requires": "brazzaville"},
    )
    assert own("Congo.", *rows) == [("Congo", "Big")]
    assert own("Congo. He is in Brazzaville.", *rows) == [("Congo", "Small")]


OFFICES = (
    {"actor": "Old", "alias": "Ruritanian king", "alias_kind": "office", "valid_to": "2016-05-01"},
    {"actor": "New", "alias": "Ruritanian king", "alias_kind": "office",
     "valid_from": "2016-05-01"},
    {"actor": "New", "alias": "New Name"},
    {"actor": "Ruritania", "kind": "country", "country": "RUS", "alias": "Ruritanian",
     "alias_kind": "adjective", "sense": "people"},
)  # fmt: skip


@pytest.mark.parametrize(
    ("date", "actor"),
    [("2016-04-30", "Old"), ("2016-05-01", "New"), ("2020-01-01", "New"), (None, "Ruritania")],
)
def test_an_office_is_its_holders_on_that_day(date: str | None, actor: str) -> None:
    assert [who for _, who in own("The Ruritanian king spoke.", *OFFICES, date=date)] == [actor]


def test_the_day_is_that_of_the_zone_in_which_the_date_is_told() -> None:
    evening = pd.to_datetime(["2016-04-30T20:00"]).tz_localize("America/New_York")  # May in UTC
    articles = pd.DataFrame({"doc_id": ["a"], "text": ["The Ruritanian king spoke."]})
    corpus = build_corpus(articles.assign(date=evening), fields=["text"])
    assert find_mentions(corpus, ledger_of(*OFFICES))["actor"].tolist() == ["Old"]


def test_without_a_date_an_alias_that_meant_one_actor_ever_counts() -> None:
    rows = ({"actor": "A", "alias": "Count Berg", "valid_from": "2016-01-01"},)
    assert own("Count Berg left.", *rows) == [("Count Berg", "A")]
    assert own("Count Berg left.", *rows, date="2015-01-01") == []


@pytest.mark.parametrize(
    "text",
    [
        "The Ruritanian king New Name spoke.",
        "The Ruritanian king, New Name, spoke.",
        "The Ruritanian king Rudolf spoke.",
        "The Ruritanian king-elect spoke.",
    ],
)
def test_an_office_before_a_name_leaves_the_country(text: str) -> None:
    actors = [actor for _, actor in own(text, *OFFICES, date="2020-01-01")]
    assert actors[0] == "Ruritania"
    assert ("New" in actors) == ("New" in text)


@pytest.mark.parametrize(
    "text",
    [
        "The Ruritanian king on Monday spoke.",
        "The Ruritanian king Monday spoke.",
        "The Ruritanian king, Rudolf said, spoke.",
        "The Ruritanian king spoke.",
    ],
)
def test_an_office_before_other_words_is_its_holder(text: str) -> None:
    assert [actor for _, actor in own(text, *OFFICES, date="2020-01-01")] == ["New"]


def test_offices_of_the_ledger() -> None:
    assert found("The Russian foreign minister spoke.", date="2016-09-02") == [
        ("Russian foreign minister", "Sergei Lavrov")
    ]
    assert found("Russian Foreign Minister Sergei Lavrov spoke.", date="2016-09-02") == [
        ("Russian", "Russia"), ("Sergei Lavrov", "Sergei Lavrov"),
    ]  # fmt: skip
    assert found("the former US president spoke", date="2016-09-02") == [("US", "United States")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Washington Post and China Daily wrote.", []),
        ("They sailed the South China Sea to New Jersey.", []),
        ("The Paris agreement holds.", []),
        ("Islamic Republic News Agency", []),
        ("She is at the University of Germany.", []),
        ("British Airways flew to Lake Chad.", []),
    ],
)
def test_names_inside_other_names_do_not_count(text: str, expected: list[Any]) -> None:
    assert found(text) == expected


def test_names_inside_names_count_on_demand() -> None:
    text = "The Washington Post and China Daily wrote."
    actors = {actor for _, actor in found(text, inside_names=True)}
    assert actors == {"United States", "China"}


def test_compounds_count_by_their_parts() -> None:
    text = (
        "The US-led, Russian-backed and pro-Assad forces; a Moscow-based man; the US-Russia deal."
    )
    assert found(text) == [
        ("US", "United States"), ("Russian", "Russia"), ("Assad", "Bashar al-Assad"),
        ("Moscow", "Russia"), ("US", "United States"), ("Russia", "Russia"),
    ]  # fmt: skip
    mentions = find_mentions(corpus_of("the Saudi Arabia-led war"), LEDGER)
    assert mentions[["surface", "start", "stop"]].to_numpy().tolist() == [["Saudi Arabia", 1, 3]]


def test_hyphens_of_names_may_be_spaces() -> None:
    for text in ("Bashar al-Assad", "Bashar Al-Assad", "Bashar al Assad", "Bashar Assad"):
        assert found(f"They met {text}.") == [(text, "Bashar al-Assad")]


def test_surfaces_are_the_original_characters() -> None:
    text = "“Russia’s” U.S.  troops met Erdoğan's and Recep\nTayyip Erdogan in TÜRKİYE."
    assert [surface for surface, _ in found(text)][:4] == [
        "Russia", "U.S.", "Erdoğan", "Recep Tayyip Erdogan",
    ]  # fmt: skip


def test_a_sentence_that_ends_inside_a_word_moves_nothing() -> None:
    """The article is then split as the corpus was: at the question mark of an address."""
    text = "It is on https://x.org/a.Then Russia came. See https://y.org/?Syria! Assad left."
    corpus = corpus_of(text, "Putin.")
    mentions = find_mentions(corpus, LEDGER)
    for row in mentions.itertuples():
        offset = corpus.offsets[["d0", "d1"].index(row.doc_id)]
        assert corpus.vocabulary[corpus.codes[offset + row.start]] == row.surface.lower()
    assert mentions["actor"].tolist() == ["Russia", "Syria", "Bashar al-Assad", "Vladimir Putin"]


def test_control_characters_in_texts_do_no_harm() -> None:
    assert found("Russia \x01and\x01 Syria\x02") == [("Russia", "Russia"), ("Syria", "Syria")]


def test_what_a_corpus_leaves_out_or_joins_makes_no_difference() -> None:
    texts = ["The President of the United States met Vladimir Putin. The White House agreed."] * 2
    plain = find_mentions(corpus_of(*texts, date="2016-09-02"), LEDGER)
    options: list[dict[str, Any]] = [
        {"stop_words": "english"},
        {"min_count": 3},
        {"phrases": ["met vladimir", "white house"]},
    ]
    for option in options:
        corpus = corpus_of(*texts, date="2016-09-02", **option)
        mentions = find_mentions(corpus, LEDGER)
        names = ["surface", "actor", "sense", "sentence"]
        pd.testing.assert_frame_equal(mentions[names], plain[names])
    joined = mentions[mentions["doc_id"] == "d0"]
    # the president of the united states met_vladimir putin | the white_house agreed
    assert joined[["start", "stop"]].to_numpy().tolist() == [[1, 6], [6, 8], [9, 10]]


def test_an_empty_result_has_the_columns_and_kinds() -> None:
    mentions = find_mentions(corpus_of("Nothing at all."), LEDGER)
    assert mentions.empty
    assert mentions.dtypes["start"] == "int64"
    assert mentions.dtypes["actor"] == "str"
    assert find_mentions(corpus_of("Russia."), LEDGER[:0]).empty


def test_part_of_a_corpus_gives_the_same_mentions() -> None:
    corpus = corpus_of("Putin left.", "Syria and Assad.", "Nobody.", "Moscow said so.")
    whole = find_mentions(corpus, LEDGER)
    mask = np.array([False, True, True, True])
    part = find_mentions(corpus.where(mask), LEDGER)
    expected = whole[whole["doc_id"] != "d0"].reset_index(drop=True)
    pd.testing.assert_frame_equal(part, expected)


def test_runs_of_articles_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = corpus_of(
        *["Theresa May and Putin met.", "May spoke.", "", "Assad. Moscow said so."] * 5
    )
    whole = find_mentions(corpus, LEDGER)
    monkeypatch.setattr("framing.mentions.find._RUN_SIZE", 7)
    pd.testing.assert_frame_equal(find_mentions(corpus, LEDGER), whole)


def test_inputs_stay_as_they_are() -> None:
    corpus, ledger = corpus_of("Putin met Assad."), LEDGER.copy(deep=True)
    codes = corpus.codes.copy()
    first = find_mentions(corpus, LEDGER)
    pd.testing.assert_frame_equal(LEDGER, ledger)
    assert (corpus.codes == codes).all()
    pd.testing.assert_frame_equal(find_mentions(corpus, LEDGER), first)


def test_messages() -> None:
    corpus = corpus_of("Putin met Assad.")
    with pytest.raises(TypeError) as error:
        find_mentions(corpus, "ledger.csv")  # type: ignore[arg-type]
    assert str(error.value) == (
        "find_mentions: data is str, not a DataFrame. Pass the table that load_ledger() returns."
    )
    with pytest.raises(TypeError) as error:
        find_mentions(corpus.articles, LEDGER)  # type: ignore[arg-type]
    assert str(error.value) == (
        "find_mentions: corpus is DataFrame, not a Corpus. "
        "Make one from articles with build_corpus()."
    )
    with pytest.raises(ValueError, match="no column 'requires'"):
        find_mentions(corpus, LEDGER.drop(columns="requires"))
    articles = corpus.articles.assign(date="2016")
    with pytest.raises(TypeError) as error:
        find_mentions(build_corpus(articles, fields=["text"]), LEDGER)
    assert str(error.value) == (
        "find_mentions: column 'date' of the articles is str, not dates. "
        "Convert it with pd.to_datetime() before build_corpus()."
    )
    near = contexts(corpus, find_mentions(corpus, LEDGER))
    with pytest.raises(ValueError) as wrong:  # noqa: PT011
        find_mentions(near, LEDGER)
    assert str(wrong.value) == (
        "find_mentions: the corpus holds contexts of mentions, not whole articles. "
        "Pass the corpus that build_corpus() returned."
    )


WORDS = ["ab", "cd", "ef", "gh"]


def slow(
    sentences: list[list[str]], rows: list[tuple[list[str], list[str], list[str], list[str]]]
) -> list[tuple[int, int, int]]:
    """Return the matches of one article word by word: start, stop, row."""
    flat = [word for sentence in sentences for word in sentence]
    result, base = [], 0
    for sentence in sentences:
        free = 0
        for start in range(len(sentence)):
            best: tuple[int, int] | None = None
            for number, (alias, behind, front, needed) in enumerate(rows):
                stop = start + len(alias)
                if sentence[start:stop] != alias or start < free:
                    continue
                if sentence[stop : stop + 1] and sentence[stop] in behind:
                    continue
                if start and sentence[start - 1] in front:
                    continue
                if needed and not set(needed) & set(flat):
                    continue
                # A row that asks for a word comes before one that does not.
                if best is None or (len(alias), bool(needed)) > (
                    best[0], bool(rows[best[1]][3]),
                ):  # fmt: skip
                    best = (len(alias), number)
            if best:
                result.append((base + start, base + start + best[0], best[1]))
                free = start + best[0]
        base += len(sentence)
    return result


some = st.lists(st.sampled_from(WORDS), max_size=2, unique=True)
aliases = st.lists(
    st.tuples(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3), some, some, some),
    min_size=1, max_size=6,
)  # fmt: skip
texts = st.lists(
    st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=8), min_size=1, max_size=3),
    min_size=1, max_size=3,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(aliases, texts)
def test_fast_equals_slow(rows: Any, articles: list[list[list[str]]]) -> None:
    table = ledger_of(
        *(
            {
                "actor": str(number), "alias": " ".join(alias), "case": "any",
                "not_before": "|".join(behind) or None, "not_after": "|".join(front) or None,
                "requires": "|".join(needed) or None,
            }
            for number, (alias, behind, front, needed) in enumerate(rows)
        )
    )  # fmt: skip
    # A capital makes the sentence splitter see the next sentence.
    written = [". ".join(" ".join(s).capitalize() for s in sentences) for sentences in articles]
    mentions = find_mentions(corpus_of(*written), table)
    for number, sentences in enumerate(articles):
        here = mentions[mentions["doc_id"] == f"d{number}"]
        got = list(zip(here["start"], here["stop"], here["actor"].astype(int), strict=True))
        assert got == slow(sentences, rows)


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("Fianna F\ufffd\ufffdil met.", ["Fianna F\ufffd\ufffdil"]),
        ("The D\ufffd\ufffdil’s vote, and Erdo\ufffdan's.", ["D\ufffd\ufffdil", "Erdo\ufffdan"]),
        ("Fianna F il met; D. il, Erdo an.", []),
        ("The D il\ufffd\ufffd met, and F\ufffd\ufffdi l too.", []),
    ],
)
def test_letters_that_were_lost(text: str, surfaces: list[str]) -> None:
    """An alias is found where its letters with accents are signs of what could not be read."""
    articles = pd.DataFrame({"doc_id": ["a"], "text": [text + " Recep Tayyip Erdo\ufffd\ufffdan"]})
    found = find_mentions(build_corpus(articles, fields=["text"]), load_ledger())
    assert found["surface"].tolist() == [*surfaces, "Recep Tayyip Erdo\ufffd\ufffdan"]
    assert not found["actor"].str.contains("\ufffd").any()
