"""Bad input: a clear error or a recorded problem, nothing lost, nothing half-written."""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
from pathlib import Path

import pandas as pd
import pytest

import framing.articles
from framing.articles import Articles, read_articles
from framing.readers import FORMATS, progress
from framing.readers.record import Part, Settings
from framing.readers.tidy import Tidied
from framing.schema import ARTICLES, PROBLEMS

GOOD = "title,text,date,source\nRain,It rained.,2016-09-02,Gazette\n"


def write(path: Path, data: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def load(path: object, **options: object) -> Articles:
    found = read_articles(path, **options)
    assert ARTICLES.problems_of(found.articles) == []
    assert PROBLEMS.problems_of(found.problems) == []
    return found


def beside(tmp_path: Path, name: str, data: str | bytes) -> list[tuple[object, ...]]:
    """What is told about a bad file in a folder, beside a good one that is read as ever."""
    write(tmp_path / "good.csv", GOOD)
    write(tmp_path / name, data)
    found = load(tmp_path)
    assert "It rained." in found.articles["text"].tolist()
    table = found.problems[["member", "line", "field", "what", "value", "action"]].astype(object)
    return list(table.where(table.notna(), None).itertuples(index=False, name=None))


def error(path: object, kind: type[Exception] = ValueError, **options: object) -> str:
    with pytest.raises(kind) as caught:
        read_articles(path, **options)
    return str(caught.value)


# Nothing to read.


def test_an_empty_folder(tmp_path: Path) -> None:
    assert error(tmp_path) == (
        f"read_articles({str(tmp_path)!r}): there is no file to read. Known formats are {FORMATS}."
    )


def test_a_folder_with_nothing_that_can_be_read(tmp_path: Path) -> None:
    write(tmp_path / "a.pdf", b"%PDF-1.7")
    write(tmp_path / "b.csv", "")
    assert error(tmp_path) == (
        f"read_articles({str(tmp_path)!r}): no article could be read from 2 files. "
        f"{tmp_path}/a.pdf: unknown format (.pdf); {tmp_path}/b.csv: empty file. "
        f"Known formats are {FORMATS}."
    )


def test_a_table_without_a_column_of_texts(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "name,remark\nRain,It rained.\n")
    assert error(path) == (
        f"read_articles({str(path)!r}): no article could be read from 1 file. "
        f"{path}: no text column (columns: name, remark). "
        "Name the column of the texts, as in columns={'its name': 'text'}. "
        f"Known formats are {FORMATS}."
    )


def test_a_path_that_does_not_exist(tmp_path: Path) -> None:
    write(tmp_path / "news.csv", GOOD)
    path = tmp_path / "new.csv"
    assert error(path, FileNotFoundError) == (
        f"read_articles({str(path)!r}): there is no file or folder {str(path)!r}. "
        f"The folder {str(tmp_path)!r} holds 'news.csv'. Did you mean 'news.csv'?"
    )


@pytest.mark.parametrize("address", ["https://example.org/news.csv", "s3://bucket/news"])
def test_an_address_is_not_downloaded(address: str) -> None:
    assert error(address, FileNotFoundError) == (
        f"read_articles({address!r}): {address!r} is an address, and read_articles does not "
        "download. Save the files in a folder, and pass that folder."
    )


def test_what_is_no_path() -> None:
    assert error(3, TypeError) == (
        "read_articles(3): 3 is int, not a path. Pass a folder, a file, or a list of those."
    )
    assert error([]) == (
        "read_articles([]): the list of paths is empty. Pass a folder, a file, or a list of those."
    )


# Arguments that do not exist.


def test_arguments_are_checked_before_anything_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", GOOD)
    where = f"read_articles({str(path)!r})"
    names = "'doc_id', 'text', 'title', 'date', 'source', 'url', 'headings', 'tags', 'country'"
    assert error(path, columns={"txet": "text"}) == (
        f"{where}: columns names 'txet', which no file has. "
        "They have 'date', 'source', 'text', 'title'. Did you mean 'text'?"
    )
    assert error(path, columns={"text": "Artikeltext"}) == (
        f"{where}: columns={{'text': 'Artikeltext'}} names no column of the toolkit behind the "
        "colon. Is it the other way round? Then pass columns={'Artikeltext': 'text'}."
    )
    assert error(path, columns={"txt": "txet"}) == (
        f"{where}: a value of columns='txet' is not one of {names}. Did you mean 'text'?"
    )
    assert error(path, date_order="ymd") == (
        f"{where}: date_order='ymd' is not one of 'dmy', 'mdy'. Did you mean 'mdy'?"
    )
    assert error(path, encoding="utf-9") == (
        f"{where}: encoding='utf-9' is not an encoding that Python knows. "
        "Pass for example 'utf-8', 'cp1252' or 'utf-16'."
    )
    assert error(path, date="soon") == (
        f"{where}: date='soon' is no date: unreadable date. Pass for example '2016-09-02'."
    )
    assert error(path, max_bytes=0) == (f"{where}: max_bytes=0 is below 1. Pass a number of bytes.")


# Files that cannot be read, beside one that can.


def test_an_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Path.open

    def refuse(self: Path, *args: object, **options: object) -> object:
        if self.name == "bad.csv" and args == ("rb",):
            raise PermissionError(13, "Permission denied")
        return opened(self, *args, **options)

    monkeypatch.setattr(Path, "open", refuse)
    assert beside(tmp_path, "bad.csv", GOOD) == [
        (None, None, None, "not readable", "Permission denied", "left out")
    ]


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    assert beside(tmp_path, "a.txt", "Snow\n\nIt snowed.")[0] == (
        None, None, None, "not readable", "not a regular file", "left out",
    )  # fmt: skip


def test_links_do_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside" / "secret.txt", "Secret\n\nIt was secret.")
    folder = tmp_path / "in"
    write(folder / "good.csv", GOOD)
    (folder / "link.txt").symlink_to(outside)
    (folder / "linked").symlink_to(outside.parent)
    (folder / "same.csv").symlink_to(folder / "good.csv")
    (folder / "nowhere.txt").symlink_to(folder / "missing.txt")
    found = load(folder)
    assert found.articles["text"].tolist() == ["It rained."]
    assert [Path(name).name for name in found.problems["file"]] == [
        "linked", "link.txt", "nowhere.txt", "same.csv",
    ]  # fmt: skip
    assert found.problems["what"].tolist() == [
        "link out of the folder", "link out of the folder", "not readable", "not an article file",
    ]  # fmt: skip


def test_what_is_not_data_is_passed_over_and_told_where_it_could_be(tmp_path: Path) -> None:
    for name in (".DS_Store", "._good.csv", "__MACOSX/x.csv", ".git/config", "~$good.xlsx"):
        write(tmp_path / name, "junk")
    write(tmp_path / ".hidden.csv", GOOD)
    write(tmp_path / ".old" / "a.csv", GOOD)
    write(tmp_path / "LICENSE", "Do as you like.")
    told = beside(tmp_path, "README.md", "# About\n\nThis is about the data.")
    assert [row[3:] for row in told] == [
        ("not an article file", "a hidden folder", "left out"),
        ("not an article file", "a hidden file", "left out"),
        ("not an article file", "a file about the data", "left out"),
        ("not an article file", "a file about the data", "left out"),
    ]


@pytest.mark.parametrize("name", ["LICENSE.txt", "LICENSE-MIT", "README_en.md", "AUTHORS"])
def test_a_file_about_the_data_is_no_article(tmp_path: Path, name: str) -> None:
    told = [row[3:] for row in beside(tmp_path, name, "Do as you like.")]
    assert told == [("not an article file", "a file about the data", "left out")]


@pytest.mark.parametrize("name", ["changes-in-cabinet.txt", "authors_protest.txt", "notices.txt"])
def test_a_title_that_begins_with_such_a_word_is_an_article(tmp_path: Path, name: str) -> None:
    write(tmp_path / name, "A title\n\nThe minister resigned on Monday.")
    assert load(tmp_path).articles["text"].tolist() == ["The minister resigned on Monday."]


@pytest.mark.parametrize(
    ("encoding", "what"),
    [("utf-16", None), ("utf-16-le", "encoding guessed"), ("cp1252", "encoding guessed")],
)
def test_an_encoding_other_than_utf8(tmp_path: Path, encoding: str, what: str | None) -> None:
    text = "Rain\n\n“It rained in Zürich,” they said. It’s still raining – in Genève."
    path = write(tmp_path / "a.txt", text.encode(encoding))
    found = load(path)
    assert found.articles["text"].tolist() == [text[6:]]
    assert found.articles["encoding"].iloc[0].startswith(encoding)
    assert (what in found.problems["what"].tolist()) == (what is not None)


def test_the_wrong_encoding_is_recorded(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "Rain\n\nIt rained in Zürich.")
    found = load(path, encoding="ascii")
    assert found.articles["text"].tolist() == ["It rained in Z\ufffd\ufffdrich."]
    row = found.problems[found.problems["what"] == "bytes that do not fit the encoding"].iloc[0]
    assert (row["value"], row["doc_id"]) == ("2 places in ascii", found.articles["doc_id"].iloc[0])


def test_nul_bytes(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", b"title,text\nRain,It \0rained on the harbour.\n")
    found = load(path)
    assert found.articles["text"].tolist() == ["It rained on the harbour."]
    assert found.problems[found.problems["what"] == "NUL bytes"]["value"].tolist() == [
        "1 removed, the first in line 2"
    ]


def test_a_csv_with_everything_wrong(tmp_path: Path) -> None:
    data = "\ufeffsep=,\r\ntitle,text,,\r\nRain,It rained.,,\r\nSnow\r\nHail,It hailed,a,b,c\r\n"
    told = beside(tmp_path, "bad.csv", data)
    assert [row for row in told if row[3].startswith("row")] == [
        (None, 4, None, "row too short", "1 fields, not 4: Snow", "kept"),
        (
            None,
            5,
            None,
            "row too long",
            "5 fields, not 4: Hail | It hailed | a | b | c",
            "left out",
        ),
    ]
    assert (None, 4, "text", "no text", "Snow", "left out") in told


def test_a_field_of_fifty_megabytes(tmp_path: Path) -> None:
    long = "word " * 10_000_000
    path = write(tmp_path / "a.csv", f"title,text\nRain,{long}end\nSnow,It snowed.\n")
    texts = load(path).articles["text"]
    assert texts.str.len().tolist() == [50_000_003, 10]


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl"])
def test_ten_million_characters_in_one_article(tmp_path: Path, name: str) -> None:
    text = "It rained “much” again. " * 420_000
    data = f"Rain\n\n{text}" if name == "a.txt" else json.dumps({"title": "Rain", "text": text})
    articles = load(write(tmp_path / name, data)).articles
    assert articles["text"].str.len().tolist() == [len(text) - 1]
    assert articles["title"].tolist() == ["Rain"]


def test_json_cut_in_the_middle(tmp_path: Path) -> None:
    text = json.dumps([{"text": "It snowed."}, {"text": "It hailed."}])
    told = beside(tmp_path, "bad.json", text[:-6])
    assert (None, 2, None, "cut off", '{"text": "It hail', "left out") in told


def test_a_parquet_that_is_none(tmp_path: Path) -> None:
    told = beside(tmp_path, "bad.parquet", b"It snowed.")
    assert [(row[3], row[5]) for row in told] == [("damaged", "left out")]


def test_a_zip_bomb_and_names_that_lead_out(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../evil.csv", "text\nIt snowed.\n")
        archive.writestr("bomb.csv", b"0" * (80 * 1024**2))
        archive.writestr("fine.csv", "text\nIt hailed.\n")
    told = beside(tmp_path, "bad.zip", out.getvalue())
    assert {row[0]: (row[3], row[5]) for row in told if row[2] is None} == {
        "bomb.csv": ("too large when unpacked", "left out"),
        "../../evil.csv": ("unsafe name in an archive", "kept"),
    }
    texts = load(tmp_path).articles["text"].tolist()
    assert {"It snowed.", "It hailed."} <= set(texts)
    assert [path.name for path in tmp_path.parent.rglob("evil.csv")] == []


def test_duplicate_ids(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "id,text\n1,It rained.\n1,It snowed.\n2,It hailed.\n")
    found = load(path)
    assert found.articles["doc_id"].is_unique
    wrong = found.problems[found.problems["what"] == "duplicate id"]
    assert wrong[["line", "value", "action"]].to_numpy().tolist() == [
        [2, "1", "mended"],
        [3, "1", "mended"],
    ]
    assert wrong["doc_id"].tolist() == found.articles["doc_id"].tolist()[:2]


def test_texts_that_are_none(tmp_path: Path) -> None:
    rows = [
        ("Empty", ""),
        ("Markup", "<p></p><img src='x.png'>"),
        ("Space", "   "),
        ("Nothing", "NaN"),
        ("Numbers", "12 34 -1"),
        ("Other", "Президент заявил о дожде."),
        ("Page", "<p>It rained &amp; rained.</p><script>alert(1)</script>"),
        ("Plain", "It rained."),
    ]
    table = pd.DataFrame(rows, columns=["title", "text"])
    path = tmp_path / "a.csv"
    table.to_csv(path, index=False)
    found = load(path)
    assert found.articles[["title", "text"]].to_numpy().tolist() == [
        ["Numbers", "12 34 -1"],
        ["Other", "Президент заявил о дожде."],
        ["Page", "It rained & rained."],
        ["Plain", "It rained."],
    ]
    texts = found.problems[found.problems["field"] == "text"]
    assert texts[["what", "action"]].to_numpy().tolist() == [
        ["HTML", "mended"],
        ["not in Latin script", "kept"],
        *[["no text", "left out"]] * 4,
        ["no words", "kept"],
    ]
    left_out = texts[texts["action"] == "left out"]
    assert left_out[["line", "value"]].to_numpy().tolist() == [
        [2, "Empty"], [3, "Markup"], [4, "Space"], [5, "Nothing"],
    ]  # fmt: skip
    assert left_out["doc_id"].isna().all()


@pytest.mark.parametrize("date", ["0001-01-01", "2050-06-01", "2017-02-31"])
def test_dates_that_cannot_be(tmp_path: Path, date: str) -> None:
    path = write(tmp_path / "a.csv", f"text,date\nIt rained.,{date}\nIt snowed.,2016-09-02\n")
    found = load(path)
    assert found.articles["date"].isna().tolist() == [True, False]
    row = found.problems[found.problems["field"] == "date"]
    assert row[["line", "doc_id", "what", "value", "action"]].to_numpy().tolist() == [
        [2, found.articles["doc_id"].iloc[0], "impossible date", date, "set to missing"]
    ]


def test_an_impossible_date_in_a_file_name_is_recorded_with_its_value(tmp_path: Path) -> None:
    write(tmp_path / "2020-13-45_rain.txt", "It rained.")
    articles, problems = read_articles(tmp_path, source="Gazette")
    assert articles["date"].isna().all()
    (problem,) = problems[["field", "what", "value", "action"]].to_dict("records")
    assert list(problem.values()) == ["date", "impossible date", "2020-13-45", "set to missing"]


def test_html_and_formulas_in_titles_are_text(tmp_path: Path) -> None:
    titles = ["=cmd|' /C calc'!A0", "<script>alert(1)</script>", "@SUM(1)", "+1", "-1"]
    table = pd.DataFrame({"title": titles, "text": [f"It rained {i}." for i in range(5)]})
    table.to_csv(tmp_path / "a.csv", index=False)
    assert load(tmp_path).articles["title"].tolist() == titles


def test_an_interrupted_load_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "a.csv", GOOD)
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(GOOD.encode()))

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = sorted(tmp_path.rglob("*"))
    monkeypatch.setattr(framing.articles, "tidy", interrupt)
    with pytest.raises(KeyboardInterrupt):
        read_articles(tmp_path)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_fault_nobody_thought_of_stops_no_load(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = framing.articles.tidy

    def fail(part: Part, settings: Settings) -> Tidied:
        if part.origin.name == "bad.csv":
            raise TypeError("odd")  # noqa: EM101
        return real(part, settings)

    monkeypatch.setattr(framing.articles, "tidy", fail)
    assert (None, None, None, "damaged", "TypeError: odd", "left out") in beside(
        tmp_path, "bad.csv", GOOD.replace("rained", "snowed")
    )


def test_long_work_shows_a_bar_and_short_work_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "a.csv", GOOD)
    load(path)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(progress, "DELAY", 0.0)
    load(path)
    assert "Reading articles" in capsys.readouterr().err
