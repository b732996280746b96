"""The ledger: what it holds, how rows are made by rule, and how mistakes in it are found."""

from __future__ import annotations

import csv
import itertools
import re
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from framing.ledger import alias_terms, check_ledger, load_ledger, variants
from framing.ledger.load import COLUMNS, FOLDERS
from framing.words import normalise

LEDGER = load_ledger()
DATA = Path(__file__).parent.parent / "data" / "ledger"


def actors_of(alias: str, day: str = "", ledger: pd.DataFrame = LEDGER) -> set[str]:
    """Return the actors that an alias means on a day, by walking over the rows."""
    found = set()
    for row in ledger[ledger["alias"] == alias].itertuples():
        begun = pd.isna(row.valid_from) or (day and pd.Timestamp(day) >= row.valid_from)
        over = not pd.isna(row.valid_to) and day and pd.Timestamp(day) >= row.valid_to
        if begun and not over:
            found.add(str(row.actor))
    return found


def row_of(alias: str, actor: str) -> pd.Series:
    rows = LEDGER[(LEDGER["alias"] == alias) & (LEDGER["actor"] == actor)]
    assert len(rows) == 1, (alias, actor, len(rows))
    return rows.iloc[0]


BASE = Path(tempfile.mkdtemp(prefix="framing-tests-")) / "base.csv"
BASE.write_text(
    "actor,kind,country,alias,alias_kind,valid_from,valid_to,case\n"
    "Russia,country,RUS,Moscow,capital,,,\n"
    "United States,country,USA,US,acronym,,,exact\n"
    "NATO,organisation,,NATO,acronym,,,\n"
    "Angela Merkel,person,DEU,German chancellor,office,2005-11-22,2021-12-08,\n",
    "utf-8",
)


def table(**cells: str) -> pd.DataFrame:
    usual = {"actor": "A", "kind": "person", "alias": "Ada Aye"}
    return pd.DataFrame([usual | cells])


# What the shipped ledger holds


def test_the_shipped_ledger_has_no_problems() -> None:
    assert check_ledger(LEDGER).empty


def test_it_holds_every_country_of_iso_3166() -> None:
    countries = LEDGER[LEDGER["kind"] == "country"]
    codes = set(countries["country"])
    assert len(codes) == 250  # 249 codes of ISO 3166-1, and Kosovo
    assert {"XKX", "PSE", "TWN", "SSD", "VAT"} <= codes
    assert all(len(code) == 3 and code.isupper() and code.isascii() for code in codes)
    assert len(countries.drop_duplicates(["country", "actor"])) == 250


@pytest.mark.parametrize(
    ("alias", "country", "alias_kind"),
    [
        ("Russia", "RUS", "name"),
        ("Russian", "RUS", "adjective"),
        ("Russians", "RUS", "demonym"),
        ("Moscow", "RUS", "capital"),
        ("Kremlin", "RUS", "metonym"),
        ("US", "USA", "acronym"),
        ("White House", "USA", "metonym"),
        ("Pentagon", "USA", "metonym"),
        ("Capitol Hill", "USA", "metonym"),
        ("Downing Street", "GBR", "metonym"),
        ("Scotland", "GBR", "part"),
        ("Élysée", "FRA", "metonym"),
        ("Elysee", "FRA", "metonym"),
        ("Bundestag", "DEU", "metonym"),
        ("Beijing", "CHN", "capital"),
        ("Doha", "QAT", "capital"),
        ("Swaziland", "SWZ", "former name"),
        ("Burma", "MMR", "former name"),
        ("Kiev", "UKR", "capital"),
        ("Kyiv", "UKR", "capital"),
        ("Czech Republic", "CZE", "name"),
        ("Macedonia", "MKD", "former name"),
        ("Turkiye", "TUR", "name"),
        ("Turks", "TUR", "demonym"),
        ("Ivory Coast", "CIV", "name"),
        ("Cote d'Ivoire", "CIV", "name"),
        ("St Lucia", "LCA", "name"),
        ("Danes", "DNK", "demonym"),
        ("Trinidad Tobago", "TTO", "name"),
        ("Filipino", "PHL", "adjective"),
    ],
)
def test_countries_under_their_names(alias: str, country: str, alias_kind: str) -> None:
    rows = LEDGER[(LEDGER["alias"] == alias) & (LEDGER["kind"] == "country")]
    assert rows[["country", "alias_kind"]].to_numpy().tolist() == [[country, alias_kind]]


@pytest.mark.parametrize(
    ("alias", "day", "actor"),
    [
        ("US president", "2017-01-19", "Barack Obama"),
        ("US president", "2017-01-20", "Donald Trump"),
        ("US president", "2021-01-20", "Joe Biden"),
        ("president of the United States", "2016-09-02", "Barack Obama"),
        ("US Secretary of State", "2016-09-02", "John Kerry"),
        ("American Secretary of State", "2017-03-01", "Rex Tillerson"),
        ("Russian foreign minister", "2016-09-02", "Sergei Lavrov"),
        ("Russia president", "2011-05-01", "Dmitry Medvedev"),
        ("Syrian president", "2016-09-02", "Bashar al-Assad"),
        ("Syrian president", "2025-03-01", "Ahmed al-Sharaa"),
        ("British prime minister", "2016-07-12", "David Cameron"),
        ("British prime minister", "2016-07-13", "Theresa May"),
        ("UK PM", "2019-08-01", "Boris Johnson"),
        ("Turkish foreign minister", "2016-12-20", "Mevlüt Çavuşoğlu"),
        ("Iranian president", "2016-12-20", "Hassan Rouhani"),
        ("North Korean leader", "2017-02-14", "Kim Jong-un"),
        ("taoiseach", "2017-03-01", "Enda Kenny"),
        ("German chancellor", "2017-03-01", "Angela Merkel"),
        ("UN chief", "2016-12-31", "Ban Ki-moon"),
        ("UN secretary general", "2017-01-01", "António Guterres"),
        ("UN special envoy for Syria", "2016-09-02", "Staffan de Mistura"),
        ("Kremlin spokesman", "2017-02-01", "Dmitry Peskov"),
    ],
)
def test_offices_mean_who_held_them_that_day(alias: str, day: str, actor: str) -> None:
    assert actors_of(alias, day) == {actor}


def test_nobody_is_meant_where_the_office_is_empty_or_the_day_in_doubt() -> None:
    assert actors_of("Syrian president", "2024-12-25") == set()
    assert actors_of("US Secretary of State", "2018-04-10") == set()
    # Written as valid_to 2016-04 and valid_from 2016-04: in that month nobody is meant.
    assert actors_of("Libyan prime minister", "2016-03-31") == {"Abdullah al-Thani"}
    assert actors_of("Libyan prime minister", "2016-04-15") == set()
    assert actors_of("Libyan prime minister", "2016-05-01") == {"Fayez al-Sarraj"}


def test_at_least_sixty_countries_have_heads_and_foreign_ministers() -> None:
    offices = pd.read_csv(DATA / "offices.csv", keep_default_na=False)
    heads = offices["office"].isin(["president", "prime minister", "chancellor", "king", "leader"])
    assert offices.loc[heads, "country"].nunique() >= 60
    assert offices.loc[offices["office"] == "foreign minister", "country"].nunique() >= 60


def test_one_term_of_an_office_ends_before_the_next_begins() -> None:
    offices = pd.read_csv(DATA / "offices.csv", keep_default_na=False)
    for (office, country), terms in offices.groupby(["office", "country"]):
        rows = terms.sort_values("valid_from").to_dict("records")
        for one, two in itertools.pairwise(rows):
            assert one["valid_from"] < one["valid_to"] <= two["valid_from"].ljust(10, "~"), (
                office,
                country,
                one,
            )


@pytest.mark.parametrize(
    ("alias", "actor"),
    [
        ("Bashar al-Assad", "Bashar al-Assad"),
        ("Bashar Assad", "Bashar al-Assad"),
        ("al Assad", "Bashar al-Assad"),
        ("Erdogan", "Recep Tayyip Erdoğan"),
        ("Cavusoglu", "Mevlüt Çavuşoğlu"),
        ("Sergey Lavrov", "Sergei Lavrov"),
        ("Kim Jong Un", "Kim Jong-un"),
        ("President Assad", "Bashar al-Assad"),
        ("Foreign Minister Lavrov", "Sergei Lavrov"),
        ("Secretary Kerry", "John Kerry"),
        ("Nusra Front", "Hayat Tahrir al-Sham"),
        ("Daesh", "Islamic State"),
        ("ISIL", "Islamic State"),
        ("HNC", "High Negotiations Committee"),
        ("YPG", "People's Protection Units"),
        ("White Helmets", "White Helmets"),
    ],
)
def test_actors_of_the_syrian_war(alias: str, actor: str) -> None:
    terms = alias_terms([alias])[0]
    known = LEDGER.loc[[t == terms for t in TERMS], "actor"]
    assert actor in set(known)


TERMS = alias_terms(LEDGER["alias"])


def test_every_alias_is_words_of_the_corpus() -> None:
    for alias, terms in zip(LEDGER["alias"], TERMS, strict=True):
        plain = re.sub(r"[.,\"()]|'(?= |$)", "", alias).replace("&", " ")
        assert terms == tuple(normalise(word) for word in plain.split()), alias


def test_common_surnames_ask_for_a_fuller_form() -> None:
    for alias, actor in [
        ("May", "Theresa May"), ("Kim", "Kim Jong-un"), ("Moon", "Moon Jae-in"),
        ("Abe", "Shinzo Abe"), ("Bush", "George W. Bush"), ("Kerry", "John Kerry"),
    ]:  # fmt: skip
        assert row_of(alias, actor)["requires"] == "@fuller"
    assert row_of("May", "Theresa May")["not_before"] == "#"
    for alias, actor in [("Putin", "Vladimir Putin"), ("Assad", "Bashar al-Assad")]:
        assert pd.isna(row_of(alias, actor)["requires"])


def test_conditions_of_names_that_mean_something_else_too() -> None:
    assert "Post" in row_of("Washington", "United States")["not_before"].split("|")
    assert "atlanta" in row_of("Georgia", "Georgia")["not_with"].split("|")
    assert "New" in row_of("Jersey", "Jersey")["not_after"].title().split("|")
    assert "brazzaville" in row_of("Congo", "Republic of the Congo")["requires"].split("|")
    assert pd.isna(row_of("Congo", "Democratic Republic of the Congo")["requires"])
    assert row_of("IS", "Islamic State")["case"] == "exact"
    assert row_of("WHO", "World Health Organization")["case"] == "exact"
    assert row_of("Turkey", "Turkey")["case"] == "capital"
    for name in ["Washington Post", "China Daily", "South China Sea", "New Jersey",
                 "Paris agreement", "Islamic Republic News Agency"]:  # fmt: skip
        assert row_of(name, name)["kind"] == "veto"
    assert actors_of("Northern Ireland") == {"United Kingdom"}


def test_offices_take_over_the_conditions_of_the_country() -> None:
    congo = LEDGER[(LEDGER["alias"] == "Congolese president")].set_index("actor")["requires"]
    assert "brazzaville" in congo["Denis Sassou Nguesso"]
    assert congo.drop("Denis Sassou Nguesso").isna().all()


def test_a_title_and_surname_of_two_persons_asks_for_the_country() -> None:
    rows = LEDGER[LEDGER["alias"] == "prime minister Orban"]
    assert set(rows["actor"]) == {"Viktor Orbán", "Ludovic Orban"}
    assert {"Hungary", "Romania"} <= set("|".join(rows["requires"]).split("|"))
    assert pd.isna(row_of("chancellor Merkel", "Angela Merkel")["requires"])


def test_conditions_are_words_or_a_sign_that_is_explained() -> None:
    for column in ("not_before", "not_after", "not_with", "requires"):
        entries = set("|".join(LEDGER[column].dropna().unique()).split("|"))
        for entry in entries - {"#", "@fuller"}:
            assert entry, column
            assert alias_terms([entry])[0], (column, entry)
            assert "us" not in entry.split(), "the pronoun: write US for the country"


# Variants by rule


@pytest.mark.parametrize(
    ("alias", "expected"),
    [
        ("Putin", ["Putin"]),
        ("Erdoğan", ["Erdoğan", "Erdogan"]),
        ("Đukanović", ["Đukanović", "Dukanovic"]),
        ("Kim Jong-un", ["Kim Jong-un", "Kim Jong un"]),
        ("Ba'ath Party", ["Ba'ath Party", "Baath Party"]),
        ("People's Daily", ["People's Daily"]),
        (
            "Saint Kitts and Nevis",
            ["Saint Kitts and Nevis", "St Kitts and Nevis", "Saint Kitts Nevis", "St Kitts Nevis"],
        ),
        (
            "Port-au-Prince",
            ["Port-au-Prince", "Port-au Prince", "Port au-Prince", "Port au Prince"],
        ),
        ("al-Assad", ["al-Assad", "el-Assad", "Assad", "al Assad", "el Assad"]),
        ("El Salvador", ["El Salvador"]),
    ],
)
def test_variants(alias: str, expected: list[str]) -> None:
    assert variants(alias) == expected


@given(st.text("aéğ'- lSt", min_size=1, max_size=12))
def test_variants_are_distinct_and_begin_with_the_alias(alias: str) -> None:
    found = variants(alias)
    assert found[0] == alias
    assert len(found) == len(set(found))


def test_acronyms_have_no_variants() -> None:
    own = load_ledger(BASE, extend=table(alias="A-B", alias_kind="acronym"))
    assert len(own) == 4 + 1
    assert len(load_ledger(BASE, extend=table(alias="A-B"))) == 4 + 2


def test_what_was_made_by_rule_is_marked() -> None:
    assert pd.isna(row_of("Mevlüt Çavuşoğlu", "Mevlüt Çavuşoğlu")["made_from"])
    assert row_of("Mevlut Cavusoglu", "Mevlüt Çavuşoğlu")["made_from"] == "Mevlüt Çavuşoğlu"
    assert row_of("German chancellor", "Angela Merkel")["made_from"] == "{adjective} chancellor"


# One's own rows


def test_empty_cells_are_filled_in_with_what_is_usual() -> None:
    rows = pd.DataFrame(
        {"actor": ["A", "B", "C", "D"], "kind": ["country", "person", "armed group", "veto"],
         "alias": ["Aland", "Ada", "the reds", "D Day"], "country": ["ALA", "", "", ""]}
    )  # fmt: skip
    own = load_ledger(BASE, extend=rows).set_index("actor").loc[["A", "B", "C", "D"]]
    assert own["alias_kind"].tolist() == ["name"] * 4
    assert own["sense"].tolist() == ["place", "person", "organisation", "other"]
    assert own["case"].tolist() == ["capital", "capital", "any", "capital"]
    assert own["source"].tolist() == ["extend"] * 4


def test_ten_rows_for_another_conflict(tmp_path: Path) -> None:
    lines = [
        "actor,kind,country,alias,alias_kind,valid_from,valid_to,requires",
        "Tigray People's Liberation Front,armed group,ETH,Tigray People's Liberation Front,name,,,",
        "Tigray People's Liberation Front,armed group,ETH,TPLF,acronym,,,",
        "Fano,armed group,ETH,Fano,name,,,ethiopia|amhara",
        "Debretsion Gebremichael,person,ETH,Debretsion Gebremichael,name,,,",
        "Debretsion Gebremichael,person,ETH,Debretsion,surname,,,@fuller",
        "Getachew Reda,person,ETH,Getachew Reda,name,,,",
        "Getachew Reda,person,ETH,president of Tigray,office,2023-03-23,2025-04,",
        "Ethiopia,country,ETH,Tigray,part,,,",
        "Ethiopia,country,ETH,Mekelle,part,,,",
        "Tigray Media House,veto,,Tigray Media House,name,,,",
    ]
    path = tmp_path / "tigray.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8-sig")
    ledger = load_ledger(extend=path)
    assert check_ledger(ledger).empty
    assert actors_of("president of Tigray", "2024-01-01", ledger) == {"Getachew Reda"}
    assert actors_of("president of Tigray", "2025-04-15", ledger) == set()
    assert ledger.loc[ledger["alias"] == "TPLF", "source"].tolist() == ["tigray.csv"]
    assert len(ledger) == len(LEDGER) + 10


def test_version_changes_with_any_cell_and_only_then() -> None:
    assert len(set(LEDGER["version"])) == 1
    more = [[], [table()], [table(case="any")], [table()]]
    versions = [load_ledger(BASE, extend=tables)["version"][0] for tables in more]
    assert len(set(versions)) == 3
    assert versions[1] == versions[3]
    assert LEDGER["version"][0].startswith((DATA / "VERSION").read_text("utf-8").strip() + "-")


def test_dates_of_a_table_may_be_timestamps() -> None:
    days = table(actor="A").assign(valid_from=pd.Timestamp("2020-02-03"), valid_to=pd.NaT)
    own = load_ledger(BASE, extend=[days]).set_index("actor").loc["A"]
    assert own["valid_from"] == pd.Timestamp("2020-02-03")
    assert pd.isna(own["valid_to"])


@pytest.mark.parametrize(
    ("value", "begins", "ends"),
    [
        ("2014-03-05", "2014-03-05", "2014-03-05"),
        ("2014-03", "2014-04-01", "2014-03-01"),
        ("2014-12", "2015-01-01", "2014-12-01"),
        ("2014", "2015-01-01", "2014-01-01"),
    ],
)
def test_a_date_in_doubt_makes_the_time_shorter(value: str, begins: str, ends: str) -> None:
    own = load_ledger(BASE, extend=[table(valid_from=value), table(actor="B", valid_to=value)])
    own = own.set_index("actor")
    assert own.loc["A", "valid_from"] == pd.Timestamp(begins)
    assert own.loc["B", "valid_to"] == pd.Timestamp(ends)


def test_a_file_or_folder_instead_of_the_shipped_ledger(tmp_path: Path) -> None:
    table().to_csv(tmp_path / "mine.csv", index=False)
    for place in (tmp_path, tmp_path / "mine.csv"):
        own = load_ledger(place)
        assert own["alias"].tolist() == ["Ada Aye"]
        assert own["version"][0].startswith("own-")


# Mistakes


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        (
            pd.DataFrame({"actor": ["A"], "alias": ["a"]}),
            (
                "load_ledger: extend has no column 'kind'. It has 'actor', 'alias'. "
                "Every table of aliases needs 'actor', 'kind', 'alias'."
            ),
        ),
        (
            table(requirs="x"),
            (
                "load_ledger: extend has the column 'requirs', which is not one of 'actor', "
                "'kind', 'country', 'alias', 'alias_kind', 'sense', 'valid_from', 'valid_to', "
                "'case', 'not_before', 'not_after', 'not_with', 'requires', 'source'. "
                "Did you mean 'requires'?"
            ),
        ),
        (
            table(valid_from="3/4/2014"),
            (
                "load_ledger: valid_from has '3/4/2014', which is no date. "
                "Write YYYY-MM-DD, or YYYY-MM or YYYY where no more is known."
            ),
        ),
        (
            table(valid_to="2014-02-30"),
            (
                "load_ledger: valid_to has '2014-02-30', which is no date. "
                "Write YYYY-MM-DD, or YYYY-MM or YYYY where no more is known."
            ),
        ),
    ],
)
def test_messages_for_ones_own_rows(extra: pd.DataFrame, message: str) -> None:
    with pytest.raises(ValueError, match="load_ledger") as error:
        load_ledger(BASE, extend=extra)
    assert str(error.value) == message


def test_messages_for_files(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as missing:
        load_ledger(tmp_path / "none.csv")
    assert str(missing.value) == (
        f"load_ledger: there is no file {str(tmp_path / 'none.csv')!r}. "
        "Pass a CSV file or a folder of them."
    )
    with pytest.raises(ValueError, match="no table") as empty:
        load_ledger(tmp_path)
    assert str(empty.value) == (
        f"load_ledger: no table in {str(tmp_path)!r} has the columns 'actor', 'alias'. "
        "Every table of aliases needs 'actor', 'kind', 'alias'."
    )


@pytest.mark.parametrize("sign", [";", "\t"])
def test_a_table_as_spreadsheets_write_it(tmp_path: Path, sign: str) -> None:
    path = tmp_path / "own.csv"
    path.write_text(f"actor{sign}kind{sign}alias\nFano{sign}armed group{sign}Fano\n", "utf-8-sig")
    ledger = load_ledger(BASE, extend=path)
    assert ledger.loc[ledger["actor"] == "Fano", "alias"].tolist() == ["Fano"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            b"",
            "load_ledger: own.csv is empty. Every table of aliases needs 'actor', 'kind', 'alias'.",
        ),
        (
            b"actor,kind,alias\n\xc9mile,person,Emile\n",
            (
                "load_ledger: own.csv is not in UTF-8: byte 0xc9 at place 17. "
                "Save it again as 'CSV UTF-8'."
            ),
        ),
        (
            b"actor,kind,alias\nFano,armed group,Fano\nA, B,person,A\n",
            (
                "load_ledger: own.csv: line 3 has 4 cells, not 3. "
                "Put cells that hold ',' in quotation marks."
            ),
        ),
    ],
)
def test_messages_for_a_table_that_cannot_be_read(
    tmp_path: Path, data: bytes, message: str
) -> None:
    (tmp_path / "own.csv").write_bytes(data)
    with pytest.raises(ValueError, match="load_ledger") as error:
        load_ledger(BASE, extend=tmp_path / "own.csv")
    assert str(error.value) == message


def test_message_for_an_installation_without_the_ledger(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folders = (tmp_path / "a", tmp_path / "b")
    monkeypatch.setattr("framing.ledger.load.FOLDERS", folders)
    with pytest.raises(FileNotFoundError) as error:
        load_ledger()
    assert str(error.value) == (
        f"load_ledger: there is no folder {str(folders[0])!r} or {str(folders[1])!r}. "
        "The installation is incomplete. Install the package again."
    )
    assert [folder.parts[-2:] for folder in FOLDERS] == [("_data", "ledger"), ("data", "ledger")]


def test_message_for_an_office_held_by_nobody(tmp_path: Path) -> None:
    table(actor="Ada Aye").to_csv(tmp_path / "persons.csv", index=False)
    term = {"office": "mayor", "country": "", "person": "Ada Bye", "valid_from": "", "valid_to": ""}
    pd.DataFrame([term | {"source": "x"}]).to_csv(tmp_path / "offices.csv", index=False)
    titles = {"office": "mayor", "country": "", "pattern": "the mayor"}
    pd.DataFrame([titles]).to_csv(tmp_path / "titles.csv", index=False)
    with pytest.raises(ValueError, match="offices") as error:
        load_ledger(tmp_path)
    assert str(error.value) == (
        "load_ledger: offices.csv names 'Ada Bye', who is no person of the ledger. "
        "Did you mean 'Ada Aye'? Add a row to persons.csv."
    )


def problems(*rows: dict[str, str]) -> list[tuple[object, ...]]:
    """Return what is wrong with the small ledger and these rows."""
    usual = {"actor": "A", "kind": "person", "alias": "Ada Aye"}
    own = load_ledger(BASE, extend=pd.DataFrame([usual | row for row in rows]).fillna(""))
    found = check_ledger(own)
    assert (
        own.loc[found["row"], "alias"].isna() | (own.loc[found["row"], "actor"] != "Russia")
    ).all()
    chosen = found[["what", "field", "value", "other"]]
    return [tuple(None if pd.isna(x) else x for x in row) for row in chosen.to_numpy()]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({"country": "RUSSIA"}, ("unknown code", "country", "RUSSIA", None)),
        ({"country": "RU"}, ("unknown code", "country", "RU", None)),
        ({"kind": "people"}, ("unknown value", "kind", "people", None)),
        ({"alias_kind": "nickname"}, ("unknown value", "alias_kind", "nickname", None)),
        ({"sense": "thing"}, ("unknown value", "sense", "thing", None)),
        ({"case": "upper"}, ("unknown value", "case", "upper", None)),
        ({"alias": ""}, ("missing value", "alias", None, None)),
        ({"actor": ""}, ("missing value", "actor", None, None)),
        ({"kind": "country"}, ("missing value", "country", None, None)),
        ({"alias": "…!"}, ("no word", "alias", "…!", None)),
        (
            {"valid_from": "2020-01-02", "valid_to": "2020-01-02"},
            ("impossible date", "valid_to", "2020-01-02 00:00:00", None),
        ),
        (
            {"alias": "Aye", "alias_kind": "surname", "requires": "@fuller"},
            ("no fuller form", "requires", "@fuller", None),
        ),
        ({"actor": "NATO", "alias": "Ada"}, ("two kinds", "kind", "person", None)),
        ({"alias": "Moscow"}, ("collision", "alias", "Moscow", "Russia")),
        (
            {"alias": "german chancellor", "valid_from": "2006-01-01", "valid_to": "2007-01-01"},
            ("collision", "alias", "german chancellor", "Angela Merkel"),
        ),
    ],
)
def test_check_finds(row: dict[str, str], expected: tuple[object, ...]) -> None:
    assert problems(row) == [expected]


@pytest.mark.parametrize(
    "row",
    [
        {},
        {"alias": "Moscow", "requires": "idaho"},
        {"alias": "german chancellor", "valid_from": "2001-01-01", "valid_to": "2005-11-22"},
        {
            "alias": "US",
            "case": "exact",
            "actor": "United States",
            "kind": "country",
            "country": "USA",
        },
    ],
)
def test_check_finds_nothing_where_date_or_condition_tell_them_apart(row: dict[str, str]) -> None:
    assert problems(row) == []


def test_two_namesakes_are_told_apart_by_their_fuller_forms() -> None:
    surname = {"alias": "Zzyx", "alias_kind": "surname", "requires": "@fuller"}
    one = [{"actor": "Ada Zzyx", "alias": "Ada Zzyx"}, {"actor": "Ada Zzyx"} | surname]
    two = [{"actor": "Bea Zzyx", "alias": "Bea Zzyx"}, {"actor": "Bea Zzyx"} | surname]
    assert problems(*one, *two) == []
    two[1] = {"actor": "Bea Zzyx"} | surname | {"requires": ""}
    assert problems(*one, *two) == []
    one[1] = {"actor": "Ada Zzyx"} | surname | {"requires": ""}
    assert problems(*one, *two) == [("collision", "alias", "Zzyx", "Ada Zzyx")]


def test_collisions_are_those_of_the_slow_loop() -> None:
    rows = [
        {"actor": actor, "alias": "Zzyx", "requires": requires, "valid_from": f"{year}-01-01",
         "valid_to": f"{year + length}-01-01"}
        for actor in "ABC" for requires in ("", "x") for year in (2000, 2003, 2005)
        for length in (1, 4)
    ]  # fmt: skip
    expected = 0
    for one, two in itertools.combinations(rows, 2):
        same = one["requires"] == two["requires"] and one["actor"] != two["actor"]
        overlap = one["valid_from"] < two["valid_to"] and two["valid_from"] < one["valid_to"]
        expected += same and overlap
    found = problems(*rows)
    assert len(found) == expected > 0
    assert {what for what, *_ in found} == {"collision"}


def test_check_needs_a_ledger() -> None:
    with pytest.raises(ValueError, match="check_ledger") as error:
        check_ledger(LEDGER.drop(columns=["case", "made_from"]))
    assert str(error.value).startswith("check_ledger: the table has no column 'case', 'made_from'.")
    assert str(error.value).endswith("Pass the table that load_ledger() returns.")


# The files


@pytest.mark.parametrize("name", ["countries", "metonyms", "organisations", "persons", "vetoes"])
def test_tables_of_aliases_have_the_same_columns(name: str) -> None:
    with (DATA / f"{name}.csv").open(encoding="utf-8") as file:
        rows = list(csv.reader(file))
    assert rows[0] == COLUMNS
    assert {len(row) for row in rows} == {len(COLUMNS)}
    assert all(cell == cell.strip() for row in rows for cell in row)
    named = [(row[0], row[3], row[6]) for row in rows[1:]]
    assert len(named) == len(set(named)), "a row twice"


def test_countries_csv_was_built_from_its_sources() -> None:
    with (DATA / "countries.csv").open(encoding="utf-8") as file:
        built = {(row["country"], row["alias"]): row for row in csv.DictReader(file)}
    with (DATA / "conditions.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found = built[row["country"], row["alias"]]
            assert {name: found[name] for name in row} == row
    with (DATA / "nations.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for name in ("other_name", "part", "former_name", "capital", "adjective", "people"):
                for alias in filter(None, row[name].split(";")):
                    assert (row["country"], alias) in built


def test_every_title_has_an_office_and_every_office_a_title() -> None:
    offices = pd.read_csv(DATA / "offices.csv", keep_default_na=False)
    titles = pd.read_csv(DATA / "titles.csv", keep_default_na=False)
    assert set(offices["office"]) == set(titles["office"])
    assert not titles.duplicated().any()
    assert not offices.duplicated(["office", "country", "valid_from"]).any()
