"""Reading articles as a researcher does: folders, tables, names, keys."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from framing.articles import WHAT, Articles, read_articles
from framing.readers.record import ACTIONS
from framing.schema import ARTICLES, PROBLEMS


def load(path: object, **options: object) -> Articles:
    """Read, and check what holds for every load."""
    found = read_articles(path, **options)
    assert ARTICLES.problems_of(found.articles) == []
    assert PROBLEMS.problems_of(found.problems) == []
    assert found.articles["doc_id"].is_unique
    assert found.articles["doc_id"].notna().all()
    assert found.articles["date"].dtype == "datetime64[s]"
    assert list(found.articles.index) == list(range(len(found.articles)))
    assert set(found.problems["what"]) <= set(WHAT)
    assert set(found.problems["action"]) <= set(ACTIONS)
    named = found.problems["doc_id"].dropna()
    assert set(named) <= set(found.articles["doc_id"])
    return found


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    return path


def told(found: Articles, *columns: str) -> list[tuple[object, ...]]:
    """The named columns of the problems, None for missing."""
    table = found.problems[list(columns or ("what", "action"))].astype(object)
    return list(table.where(table.notna(), None).itertuples(index=False, name=None))


CSV = """\
title,text,date,source
Rain,It rained.,2016-09-02,Gazette
Snow,It snowed.,2016-09-03,Herald
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of one article in each of several kinds."""
    write(tmp_path / "TASS" / "2016-09-02_rain.txt", "Rain\n\nRain\n\nIt rained. sea\n")
    write(
        tmp_path / "TASS" / "2016-09-03_snow.txt", "Snow\n\nIt snowed.\n\nThe lake\n\nIt froze.\n"
    )
    write(tmp_path / "a.csv", CSV)
    record = {"headline": "Hail", "content": "It hailed.", "url": "https://www.bbc.co.uk/x", "n": 3}
    write(tmp_path / "b.jsonl", json.dumps(record) + "\n")
    (tmp_path / "c.csv.gz").write_bytes(gzip.compress(b"body,outlet\nIt thawed.,Gazette\n"))
    return tmp_path


def test_a_folder_of_mixed_files_is_one_table(folder: Path) -> None:
    articles, _ = load(folder)
    assert articles[["source", "title", "text"]].fillna("-").to_numpy().tolist() == [
        ["Gazette", "Rain", "It rained."],
        ["Herald", "Snow", "It snowed."],
        ["bbc.co.uk", "Hail", "It hailed."],
        ["Gazette", "-", "It thawed."],
        ["TASS", "Rain", "It rained."],
        ["TASS", "Snow", "It snowed.\n\nIt froze."],
    ]
    assert articles["tags"].fillna("-").tolist() == ["-", "-", "-", "-", "sea", "-"]
    assert articles["headings"].fillna("-").tolist() == ["-", "-", "-", "-", "-", "The lake"]
    assert articles["date"].dt.strftime("%Y-%m-%d").fillna("-").tolist() == [
        "2016-09-02", "2016-09-03", "-", "-", "2016-09-02", "2016-09-03",
    ]  # fmt: skip
    assert articles["line"].fillna(0).tolist() == [2, 3, 1, 2, 0, 0]
    assert [Path(name).name for name in articles["file"]] == [
        "a.csv", "a.csv", "b.jsonl", "c.csv.gz", "2016-09-02_rain.txt", "2016-09-03_snow.txt",
    ]  # fmt: skip
    assert articles["n"].dtype == "Int64"
    assert list(articles.columns) == [
        "doc_id", "source", "date", "title", "text", "headings", "tags", "url", "file", "line",
        "encoding", "n",
    ]  # fmt: skip


def test_a_list_of_paths_gives_what_each_gives(folder: Path) -> None:
    both = load([folder / "a.csv", folder / "b.jsonl"]).articles
    one = load(folder / "a.csv").articles
    two = load(str(folder / "b.jsonl")).articles
    assert both["doc_id"].tolist() == [*one["doc_id"], *two["doc_id"]]
    assert both["file"].tolist() == [*one["file"], *two["file"]]


def test_keys_depend_neither_on_other_files_nor_on_the_order(folder: Path, tmp_path: Path) -> None:
    every = load(folder).articles
    alone = load(folder / "a.csv").articles
    assert set(alone["doc_id"]) <= set(every["doc_id"])
    head, *rows = CSV.splitlines()
    turned = write(tmp_path / "turned.csv", "\n".join([head, *reversed(rows)]))
    assert load(turned).articles["doc_id"].tolist() == alone["doc_id"].tolist()[::-1]


@pytest.mark.parametrize("name", ["article_id", "ID", "doc_id", "id"])
def test_the_files_own_id_is_the_key(tmp_path: Path, name: str) -> None:
    found = load(write(tmp_path / "a.csv", f"{name},text\n007,It rained.\n8,It snowed.\n"))
    assert found.articles["doc_id"].tolist() == ["007", "8"]
    assert list(found.articles.columns)[-1] == "encoding"


def test_ids_that_clash_across_files_are_told_apart_and_recorded(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", "id,text,source\n1,It rained.,A\n2,It snowed.,A\n")
    write(tmp_path / "b.csv", "id,text,source\n1,It hailed.,A\n2,It snowed.,A\n")
    found = load(tmp_path)
    keys = found.articles["doc_id"].tolist()
    assert [key[:2] for key in keys] == ["1-", "2", "1-", "2-"]
    assert [len(key) for key in keys] == [10, 1, 10, 3]
    wrong = found.problems[found.problems["field"] == "doc_id"]
    assert wrong[["what", "doc_id", "action"]].to_numpy().tolist() == [
        ["duplicate id", keys[0], "mended"],
        ["duplicate id", keys[2], "mended"],
        ["duplicate article", keys[3], "kept"],
    ]


def test_a_column_of_outlets_named_id_is_no_key(tmp_path: Path) -> None:
    rows = "".join(f"7,It rained {i} times.\n" for i in range(5))
    found = load(write(tmp_path / "a.csv", "id,text\n" + rows))
    assert {len(key) for key in found.articles["doc_id"]} == {16}
    assert found.articles["id"].tolist() == ["7"] * 5
    assert ("duplicate id", "1 different values in 5 rows: no key") in told(found, "what", "value")


def test_rows_without_an_id_get_a_hash_and_are_recorded(tmp_path: Path) -> None:
    found = load(write(tmp_path / "a.csv", "id,text,title\n7,It rained.,Rain\n,It snowed.,Snow\n"))
    assert [len(key) for key in found.articles["doc_id"]] == [1, 16]
    assert ("no id", 3, "Snow", "mended") in told(found, "what", "line", "value", "action")


def test_the_same_row_twice_is_kept_and_recorded(tmp_path: Path) -> None:
    found = load(write(tmp_path / "a.csv", CSV + CSV.splitlines()[1] + "\n"))
    keys = found.articles["doc_id"].tolist()
    assert keys[2] == f"{keys[0]}-2"
    assert told(found, "what", "line", "value") == [("duplicate article", 4, "Rain")]


@pytest.mark.parametrize(
    "header",
    [
        "TEXT,Headline,Published At,News-Outlet,Link",
        "article_content,title,publish_date,publisher,article_source_link",
        "content_original,title,date,source,url",
        "body,title,pubDate,publication,web_url",
    ],
)
def test_usual_names_of_columns_are_known(tmp_path: Path, header: str) -> None:
    data = f"{header}\nIt rained.,Rain,2016-09-02,Gazette,x.org/1\n"
    row = load(write(tmp_path / "a.csv", data)).articles.iloc[0]
    assert [row["text"], row["title"], str(row["date"])[:10], row["source"], row["url"]] == [
        "It rained.", "Rain", "2016-09-02", "Gazette", "x.org/1",
    ]  # fmt: skip


def test_columns_says_which_column_is_which(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "text,lede,rubric\nteaser,It rained.,Gazette\n")
    found = load(path, columns={"lede": "text", "rubric": "source"})
    assert found.articles[["text", "source", "text_original"]].to_numpy().tolist() == [
        ["It rained.", "Gazette", "teaser"]
    ]
    assert ("column renamed", "'text' is now 'text_original'") in told(found, "what", "value")


def test_no_column_is_lost_to_the_toolkits_own_names(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "text,file,line,encoding,author\nIt rained.,x,9,y,Ann\n")
    row = load(path).articles.iloc[0]
    assert [row["file_original"], row["line_original"], row["encoding_original"]] == ["x", 9, "y"]
    assert row["author"] == "Ann"
    assert row["line"] == 2


def test_a_table_that_was_read_and_saved_keeps_its_keys(folder: Path, tmp_path: Path) -> None:
    first = load(folder).articles
    path = tmp_path / "saved" / "all.csv"
    path.parent.mkdir()
    first.to_csv(path, index=False)
    again = load(path).articles
    shared = ["doc_id", "source", "date", "title", "text", "headings", "tags", "url"]
    pd.testing.assert_frame_equal(again[shared], first[shared])
    assert again["file_original"].tolist() == first["file"].tolist()


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://www.bbc.co.uk/news/1", "bbc.co.uk"),
        ("https://user:pass@WWW.Example.org:8080/a?b#c", "example.org"),
        ("//europe.chinadaily.com.cn/x", "europe.chinadaily.com.cn"),
        ("www.rte.ie/news/", "rte.ie"),
        ("not an address", None),
    ],
)
def test_the_host_is_the_source_where_none_is_named(
    tmp_path: Path, url: str, host: str | None
) -> None:
    found = load(write(tmp_path / "a.csv", f'text,url\nIt rained.,"{url}"\n')).articles
    assert found["source"].fillna("-").tolist() == [host or "-"]


def test_source_and_date_fill_only_what_is_missing(tmp_path: Path) -> None:
    text = "text,source,date,url\nIt rained.,Gazette,2016-09-02,\nIt snowed.,,,http://x.org/1\n"
    found = load(write(tmp_path / "a.csv", text), source="Herald", date="3 September 2016").articles
    assert found["source"].tolist() == ["Gazette", "Herald"]
    assert found["date"].dt.strftime("%d").tolist() == ["02", "03"]


def test_a_date_that_is_wrong_is_not_filled(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "text,date\nIt rained.,0001-01-01\nIt snowed.,2016-09-02\n")
    found = load(path, date="2016-09-03")
    assert found.articles["date"].isna().tolist() == [True, False]


def test_dates_that_leave_day_and_month_open(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "text,date\nIt rained.,3/4/2017\nIt snowed.,5/6/2017\n")
    found = load(path)
    assert found.articles["date"].isna().all()
    wrong = found.problems[found.problems["field"] == "date"]
    assert wrong[["line", "what", "value", "action"]].to_numpy().tolist() == [
        [2, "day and month unclear", "3/4/2017", "set to missing"],
        [3, "day and month unclear", "5/6/2017", "set to missing"],
    ]
    resolved = load(path, date_order="mdy").articles
    assert resolved["date"].dt.strftime("%m-%d").tolist() == ["03-04", "05-06"]


def test_mended_damage_is_one_row_for_each_file_and_field(tmp_path: Path) -> None:
    rows = "".join(f"Sinn FÃ©in {i},It rained {i}.\n" for i in range(3))
    found = load(write(tmp_path / "a.csv", "title,text\n" + rows + "Plain,It snowed.\n"))
    assert found.articles["title"].tolist() == [*(f"Sinn Féin {i}" for i in range(3)), "Plain"]
    assert ("title", "mojibake", "3 of 4 articles, e.g. 'Sinn FÃ©in 0'", "mended") in told(
        found, "field", "what", "value", "action"
    )


def test_records_of_news_services_are_understood(tmp_path: Path) -> None:
    record = {
        "source": {"id": "bbc-news", "name": "BBC News"}, "author": ["Ann", "Bob"],
        "title": "Rain", "publishedAt": "2016-09-02T10:00:00Z", "content": ["It rained.", "Much."],
        "metrics": {"shares": 3},
    }  # fmt: skip
    text = json.dumps({"status": "ok", "articles": [record]})
    row = load(write(tmp_path / "a.json", text)).articles.iloc[0]
    assert (row["source"], row["text"]) == ("BBC News", "It rained.\n\nMuch.")
    assert (row["author"], row["metrics"]) == ("Ann; Bob", '{"shares": 3}')
    assert str(row["date"]) == "2016-09-02 10:00:00"


def test_further_columns_of_one_name_and_two_kinds_are_strings(tmp_path: Path) -> None:
    write(tmp_path / "a.csv", "text,score\nIt rained.,3\n")
    write(tmp_path / "b.csv", "text,score\nIt snowed.,high\n")
    articles = load(tmp_path).articles
    assert articles["score"].tolist() == ["3", "high"]
    assert articles["score"].dtype == "str"


def test_a_parquet_with_every_kind_of_column(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "text": ["It rained.", "It snowed."],
            "date": pd.to_datetime(
                ["2016-09-02T23:30:00-05:00", "2016-09-03"], format="mixed", utc=True
            ),
            "n": [1, 2],
            "ok": [True, False],
            "names": [["A", "B"], ["C"]],
            "share": [0.5, np.nan],
        }
    )
    frame.to_parquet(tmp_path / "a.parquet")
    articles = load(tmp_path).articles
    assert str(articles["date"].iloc[0]) == "2016-09-03 04:30:00"
    assert articles["names"].tolist() == ["A; B", "C"]
    assert articles[["n", "ok"]].to_numpy().tolist() == [[1, True], [2, False]]


def test_reading_changes_nothing_that_was_passed(folder: Path) -> None:
    columns = {"outlet": "source"}
    before = sorted(folder.rglob("*"))
    load([folder / "c.csv.gz"], columns=columns)
    assert columns == {"outlet": "source"}
    assert sorted(folder.rglob("*")) == before
