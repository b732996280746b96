"""What a country's name stands for: a sentence for every rule."""

from __future__ import annotations

import pandas as pd
import pytest

from framing.corpus import build_corpus
from framing.ledger import load_ledger
from framing.mentions import find_mentions, lists, rules

_ALL = load_ledger()
LEDGER = _ALL[(_ALL["kind"] == "country") & (_ALL["alias_kind"] != "office")]
UNION = _ALL[(_ALL["actor"] == "European Union") & (_ALL["alias"] == "European Union")]
LEDGER = pd.concat([LEDGER, UNION], ignore_index=True)


def senses(text: str) -> list[tuple[str, str, str]]:
    articles = pd.DataFrame({"doc_id": ["a"], "text": [text]})
    mentions = find_mentions(build_corpus(articles, fields=["text"]), LEDGER)
    return list(zip(mentions["surface"], mentions["sense"], mentions["how"], strict=True))


@pytest.mark.parametrize(
    ("text", "surface", "sense", "how"),
    [
        ("He fled northern Syria.", "Syria", "place", "direction in front"),
        ("They met in Moscow.", "Moscow", "place", "preposition of place"),
        ("They met in the United States.", "United States", "place", "preposition of place"),
        ("A plane from Syria landed.", "Syria", "place", "from or to"),
        ("A stern warning to Russia came.", "Russia", "government", "given to or coming from"),
        ("He left the capital of Syria.", "Syria", "place", "land of it"),
        ("They saw parts of Syria.", "Syria", "place", "land of it"),
        ("It has a border with Syria.", "Syria", "place", "border with it"),
        ("A London accountancy fell.", "London", "place", "capital as an adjective"),
        ("The people of Syria wait.", "Syria", "people", "people of it"),
        ("The government of Syria agreed.", "Syria", "government", "state's organ of it"),
        ("The economy of Syria shrank.", "Syria", "other", "thing of it"),
        ("Moscow said so.", "Moscow", "government", "subject of a verb"),
        ("Russia vetoed it.", "Russia", "government", "subject of a verb"),
        ("Russia has also agreed.", "Russia", "government", "subject of a verb"),
        ("Russia is ready.", "Russia", "government", "subject of is"),
        ("They accused Russia.", "Russia", "government", "object of a verb"),
        ("A deal with Russia failed.", "Russia", "government", "dealings with it"),
        ("Russian officials left.", "Russian", "government", "owner of a state's organ"),
        ("Russian military jets flew.", "Russian", "government", "owner of a state's organ"),
        ("Russia's foreign minister left.", "Russia", "government", "owner of a state's organ"),
        ("US troops left.", "US", "government", "owner of a state's organ"),
        ("The Syrian border is shut.", "Syrian", "place", "owner of land"),
        ("Syrian refugees wait.", "Syrian", "people", "owner of people"),
        ("The Syrian economy shrank.", "Syrian", "other", "owner of a thing"),
        ("A Syrian presidential election.", "Syrian", "other", "owner of a thing"),
        ("Syrian state television said so.", "Syrian", "other", "owner of a thing"),
        ("They spread Syrian lentils.", "Syrian", "other", "adjective with another noun"),
        ("A Syrian and his son.", "Syrian", "people", "adjective without a noun"),
        ("The Syrians wait.", "Syrians", "people", "plural of people"),
        ("A US-led force.", "US", "government", "part of a compound: government"),
        ("A Moscow-based man.", "Moscow", "place", "part of a compound: place"),
        ("Russian-speaking people.", "Russian", "other", "part of a compound: other"),
        ("A pro-Russian man.", "Russian", "government", "pro- or anti-"),
        ("The Kremlin rejoiced.", "Kremlin", "government", "as in the ledger"),
        ("Crowds stood outside the White House.", "White House", "place", "outside the building"),
        ("The Astana talks failed.", "Astana", "place", "event at a place"),
        ("He lives near Homs, Syria.", "Syria", "place", "behind a town"),
        ("So much for Russia.", "Russia", "government", "dealings with it"),
        ("Enough, thought Russia.", "Russia", "government", "no rule"),
        ("A bus to the Ireland v Wales tie.", "Ireland", "other", "team in a match"),
        ("A bus to the Ireland v Wales tie.", "Wales", "other", "team in a match"),
        ("They saw the match with Wales.", "Wales", "other", "team in a match"),
        ("Ex-England captain Ann Berg.", "England", "other", "team in a match"),
        ("Plans by Russia's Acme Holdings.", "Russia", "other", "owner of something else"),
        ("It fell behind Japan.", "Japan", "other", "compared with it"),
        ("South Korea to hold presidential election", "South Korea", "other", "country that votes"),
        ("France goes to the polls.", "France", "other", "country that votes"),
        ("Ireland have stepped up.", "Ireland", "other", "team, economy or society"),
        ("Wales won.", "Wales", "other", "team, economy or society"),
        ("China has also overtaken it.", "China", "other", "team, economy or society"),
        ("They saw the White House lawn.", "White House", "place", "outside the building"),
        ("A walk to the White House.", "White House", "place", "outside the building"),
        ("Hopes rest on the Syria talks.", "Syria", "other", "affair called after it"),
        ("A probe into Russia began.", "Russia", "government", "dealings with it"),
        ("A Polish cardplayer fell.", "Polish", "people", "owner of people"),
        ("A Polish geologist fell.", "Polish", "people", "owner of people"),
        ("It is New Zealand geologist Ann.", "New Zealand", "people", "owner of people"),
        ("He met the Lithuanian Ada Berg.", "Lithuanian", "people", "adjective before a name"),
        ("Trade with China fell.", "China", "other", "commerce with it"),
        ("Flights over Syria ended.", "Syria", "place", "flights over it"),
        (
            "They live in Europe and the US, happily.",
            "US",
            "place",
            "behind a preposition and another",
        ),
        (
            "Plants from countries such as Peru grew.",
            "Peru",
            "place",
            "behind a preposition and another",
        ),
        (
            "A rise in cities including Berlin.",
            "Berlin",
            "place",
            "behind a preposition and another",
        ),
        ("They feared Iran's provocation.", "Iran", "government", "owner of a state's organ"),
        ("They feared Iran's miscalculation.", "Iran", "government", "owner of an act"),
        ("A Seoul apartment burned.", "Seoul", "place", "capital as an adjective"),
        ("Fine Seoul apartment burned.", "Seoul", "place", "capital as an adjective"),
        ("Russia is drafting it.", "Russia", "government", "subject of a verb"),
        ("The US' economy shrank.", "US", "other", "owner of a thing"),
        ("Turkey's most circulated newspaper.", "Turkey", "other", "owner of a thing"),
        ("Iraq refugee programme.", "Iraq", "other", "owner of a thing"),
        ("It hit US and foreign companies.", "US", "other", "owner of a thing"),
        (
            "Russia's past and present government.",
            "Russia",
            "government",
            "owner of a state's organ",
        ),
        ("An Amsterdam-like club.", "Amsterdam", "other", "part of a compound: other"),
        ("A Russian computer.", "Russian", "other", "adjective with another noun"),
        ("They said it in French.", "French", "other", "language"),
        ("Brussels said so.", "Brussels", "organisation", "seat of it"),
        ("Poland was the next country.", "Poland", "other", "what it is"),
        ("Poland is a rich country.", "Poland", "other", "what it is"),
    ],
)
def test_rule(text: str, surface: str, sense: str, how: str) -> None:
    assert (surface, sense, how) in senses(text)


@pytest.mark.parametrize(
    "text",
    [
        "MOSCOW, February 7. /TASS/. The day was cold.",
        "MOSCOW (AP) - The day was cold.",
        "Moscow (Reuters) The day was cold.",
        "MOSCOW — The day was cold.",
        "By Ann Berg MOSCOW The day was cold.",
    ],
)
def test_dateline(text: str) -> None:
    assert senses(text)[0] == (text[text.lower().index("moscow") :][:6], "place", "dateline")


@pytest.mark.parametrize("text", ["US says no.", "Moscow said so.", "RUSSIA VETOES A PLAN"])
def test_no_dateline(text: str) -> None:
    assert senses(text)[0][2] != "dateline"


def test_signs_end_a_phrase() -> None:
    """An official after a comma is not the country's."""
    assert senses("In Moscow, officials left.") == [("Moscow", "place", "preposition of place")]
    assert senses("To Russia, said he.")[0][2] == "from or to"


def test_a_plural_verb_is_a_teams_only_behind_a_name_that_stands_alone() -> None:
    assert senses("Iran and Russia have agreed.")[1][1] == "government"
    assert senses("The Netherlands have agreed.")[0][1] == "government"
    assert senses("Should Russia have agreed?")[0][1] == "government"


def test_a_capital_before_its_country_is_a_place_as_is_the_country() -> None:
    assert senses("It began; then, said they, it was Cairo, Egypt January.") == [
        ("Cairo", "place", "behind a town"),
        ("Egypt", "place", "behind a town"),
    ]
    assert senses("Cairo, Russia and others")[0][1] == "government"


def test_the_capital_by_its_name_is_a_place() -> None:
    assert senses("It holds the capital, Damascus.")[0][1:] == ("place", "behind a town")


def test_an_article_does_not_end_a_list() -> None:
    assert [row[1] for row in senses("Schemes in Iran and the UK.")] == ["place"] * 2
    assert [row[1] for row in senses("Schemes in Iran, the UK.")] == ["place"] * 2


def test_a_pair_with_a_hyphen_takes_the_noun_behind_it() -> None:
    assert [row[1] for row in senses("A new era in US-China relations.")] == ["government"] * 2


def test_what_is_listed_together_has_one_sense() -> None:
    assert senses("They met in Moscow and Washington.") == [
        ("Moscow", "place", "preposition of place"),
        ("Washington", "place", "listed with another"),
    ]
    assert [row[1:] for row in senses("Russia, Iran and Turkey agreed.")] == [
        ("government", "listed with another"),
        ("government", "listed with another"),
        ("government", "subject of a verb"),
    ]
    assert [row[1] for row in senses("Turkish and Russian refugees wait.")] == ["people"] * 2


def test_a_list_behind_a_preposition_is_one_of_places_whatever_follows() -> None:
    assert [row[1] for row in senses("Voters in Iran, Syria and Iraq are angry.")] == ["place"] * 3
    assert [row[1] for row in senses("In Syria, Russia vetoed it.")] == ["place", "government"]


def test_a_long_list_has_the_sense_of_its_decided_end() -> None:
    text = "The British, Korean, Japanese, Polish, Indian, Chinese, Canadian and German envoys."
    assert {row[1] for row in senses(text)} == {"government"}


def test_nouns_do_not_own_what_stands_behind_and() -> None:
    assert senses("It fell on the Belgian and officials.")[0][1] == "people"
    assert senses("German political and business leaders met.")[0][1] == "government"
    assert senses("The Syrian opposition and the delegation.")[0][1] == "people"
    assert senses("Filipinos support him.")[0][2] == "plural of people"
    assert senses("He called the US and foreign companies.")[0][1] == "government"


def test_names_in_headlines_are_no_persons() -> None:
    """There every word has a capital."""
    articles = pd.DataFrame({"doc_id": ["a"], "title": ["Lithuanian Quiet Ends"], "text": ["So."]})
    mentions = find_mentions(build_corpus(articles), LEDGER)
    assert mentions["sense"].tolist() == ["other"]


def test_brussels_is_the_union_where_it_acts_and_else_a_place() -> None:
    articles = pd.DataFrame(
        {"doc_id": ["a"], "text": ["Talks with Brussels failed. They met in Brussels. Brussels!"]}
    )
    corpus = build_corpus(articles, fields=["text"])
    found = find_mentions(corpus, LEDGER)
    assert found["actor"].tolist() == ["European Union", "Belgium", "Belgium"]
    assert found["sense"].tolist() == ["organisation", "place", "place"]
    assert found["kind"].tolist() == ["organisation", "country", "country"]
    assert found["how"].tolist() == ["seat of it", "preposition of place", "no rule"]
    without = find_mentions(corpus, LEDGER[LEDGER["kind"] == "country"])
    assert without["actor"].tolist() == ["Belgium"] * 3
    assert without["sense"].tolist() == ["government", "place", "government"]


def test_a_list_ends_with_its_sentence() -> None:
    assert senses("They met in Moscow. Washington, perhaps.")[1][2] == "no rule"


def test_every_rule_has_its_sentence_and_every_list_its_rule() -> None:
    marks = [mark for mark in test_rule.pytestmark if mark.name == "parametrize"]  # type: ignore[attr-defined]
    tried = {case[3] for case in marks[0].args[1]}
    others = {"dateline", "listed with another", "fuller form in the article"}
    others |= {"holder on that day", "word in the article"}
    assert set(rules.HOWS) == tried | others
    used = {rule.words for rule in rules.RULES} | set(rules.NOUNS) | set(rules.ENDS)
    used |= {"adverb", "weak", "links", "agency", "months", "of", "from"}
    used |= {"holds", "helping", "degree", "such", "as", "including", "class", "not persons"}
    assert set(lists.LISTS) <= used


def test_no_word_of_a_noun_list_is_in_two() -> None:
    """Which list came first would decide."""
    seen: dict[str, str] = {}
    for name in rules.NOUNS:
        for word in lists.LISTS[name].split():
            assert seen.setdefault(word, name) == name, word


def test_words_of_the_weak_list_are_nouns() -> None:
    nouns = {word for name in rules.NOUNS for word in lists.LISTS[name].split()}
    assert set(lists.LISTS["weak"].split()) - nouns <= {"general", "air"}
