"""A bundle holds no text, is the same for the same study, and draws its figures again."""

from __future__ import annotations

import io
import json
import re
import stat
import sys
import warnings
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.io import mmread

import framing as fr
from framing.bundle import archive as archives
from framing.bundle import bundle, reproduce
from framing.bundle.archive import SUMS, Damaged, digest, read_archive, write_archive
from framing.bundle.guard import Rules, check_no_text, shareable
from framing.bundle.ids import keyed
from framing.bundle.typed import table_of, table_text
from framing.cli import main
from framing.schema import TABLES
from framing.schema.text import KEYS, OPEN, PLACES, TEXT, withheld

KEY = "a key of these tests"
RULES = Rules(KEY, frozenset({"war", "peace"}), frozenset({"b"}))


@cache
def corpus() -> fr.Corpus:
    articles = fr.make_articles(120, seed=1)
    articles["doc_id"] = [f"https://example.org/news/{at}" for at in range(len(articles))]
    return fr.build_corpus(articles)


@cache
def trend() -> pd.DataFrame:
    return fr.term_trend(corpus(), ["government", "said"], by="source")


@cache
def mentions() -> pd.DataFrame:
    return fr.find_mentions(corpus(), fr.load_ledger())


def trend_of(source: str | None) -> pd.DataFrame:
    rows = trend()[trend()["term"] == "said"]
    return rows if source is None else rows[rows["source"] == source]


def figure(source: str | None = "Herald") -> Any:
    """Draw one source, which is quick, or all of them, with a legend."""
    with fr.paper("single"):
        return fr.plot_trend(trend_of(source))


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle with one figure and tables of all kinds."""
    return bundle(
        tmp_path_factory.mktemp("study") / "study.zip",
        corpus=corpus(),
        results={
            "terms": fr.term_frequency(corpus(), by="source"),
            "places": fr.kwic(corpus(), "government"),
            "articles": corpus().articles,
            "mentions": mentions(),
            "stories": fr.find_stories(corpus()),
        },
        figures={"said": figure(None)},
        licence="CC0 1.0",
        key=KEY,
    )


def content(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rewritten(path: Path, target: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """Write a bundle anew after a change of its files, with checksums that fit."""
    files = content(path)
    del files[SUMS]
    change(files)
    with target.open("wb") as stream:
        write_archive(stream, files)
    return target


def csv(files: dict[str, bytes], name: str) -> pd.DataFrame:
    return pd.read_csv(io.BytesIO(files[name]), keep_default_na=False)


# What is in it


def test_counts_are_those_of_the_corpus_for_common_terms_and_long_articles(study: Path) -> None:
    files = content(study)
    articles, terms = csv(files, "articles.csv"), csv(files, "counts/terms.csv")
    assert set(articles["counted"]) == {True, False}
    matrix = mmread(io.BytesIO(files["counts/counts.mtx"]), spmatrix=False).toarray()
    assert csv(files, "counts/rows.csv")["doc_id"].tolist() == articles["doc_id"].tolist()
    frame = corpus().articles
    place = dict(zip(keyed(frame["doc_id"], KEY), range(len(frame)), strict=True))
    assert articles["doc_id"].is_monotonic_increasing
    assert set(articles["doc_id"]) == set(place)
    occurs: dict[str, set[int]] = {}
    words: list[list[str]] = []
    for row in range(len(frame)):
        codes = corpus().codes[corpus().offsets[row] : corpus().offsets[row + 1]]
        words.append([corpus().vocabulary[code] for code in codes if code >= 0])
        if len(words[-1]) >= 100:
            for word in words[-1]:
                occurs.setdefault(word, set()).add(row)
    common = [word for word in corpus().vocabulary if len(occurs.get(word, ())) >= 5]
    assert terms["term"].tolist() == common
    assert terms["n_articles"].tolist() == [len(occurs[word]) for word in common]
    assert len(common) < len(corpus().vocabulary)
    for at, one in articles.iterrows():
        own = words[place[one["doc_id"]]]
        assert one["n_tokens"] == len(own)
        assert one["counted"] == (len(own) >= 100)
        assert one["source"] == frame["source"][place[one["doc_id"]]]
        assert one["date"] == str(frame["date"][place[one["doc_id"]]].date())
        expected = [own.count(word) if one["counted"] else 0 for word in common]
        assert matrix[at].tolist() == expected
    assert terms["count"].tolist() == matrix.sum(axis=0).tolist()


def test_counts_by_month_are_sums_of_at_least_some_articles(tmp_path: Path) -> None:
    path = bundle(tmp_path / "m", corpus=corpus(), counts="month", min_articles=4, key=KEY)
    assert path.name == "m.zip"
    files = content(path)
    rows, articles = csv(files, "counts/rows.csv"), csv(files, "articles.csv")
    assert list(rows.columns) == ["source", "month", "n_articles", "n_tokens"]
    assert (rows["n_articles"] >= 4).all()
    month = articles["date"].str.slice(0, 7)
    sizes = articles.groupby(["source", month]).size()
    assert dict(zip(zip(rows["source"], rows["month"], strict=True), rows["n_articles"],
                    strict=True)) == sizes[sizes >= 4].to_dict()  # fmt: skip
    assert int(articles["counted"].sum()) == rows["n_articles"].sum()
    matrix = mmread(io.BytesIO(files["counts/counts.mtx"]), spmatrix=False).toarray()
    said = csv(files, "counts/terms.csv")["term"].tolist().index("said")
    table = fr.term_frequency(corpus(), by="source", terms="said").set_index("source")["count"]
    by_source = pd.Series(matrix[:, said]).groupby(rows["source"]).sum()
    assert 0 < len(rows) < len(sizes)
    assert (by_source <= table[by_source.index]).all()
    kept = month[articles["counted"]] + articles["source"][articles["counted"]]
    assert set(kept) == set(rows["month"] + rows["source"])


def test_tables_lose_text_and_places_and_say_so(study: Path) -> None:
    files = content(study)
    assert list(csv(files, "results/places.csv").columns) == ["doc_id", "source", "date", "pattern"]
    about = json.loads(files["bundle.json"])
    gone = {(one["table"], one["column"]) for one in about["left_out"]}
    assert gone >= {("results['places']", name) for name in ("left", "match", "right", "start")}
    assert gone >= {("results['articles']", name) for name in ("title", "text")}
    assert ("results['mentions']", "surface") in gone
    readme = files["README.md"].decode()
    assert "- `left` of results['places']: the original characters\n" in readme
    assert "Licence: CC0 1.0." in readme
    codes = csv(files, "results/mentions.csv")
    assert codes["n_mentions"].sum() == len(mentions())
    assert not codes.duplicated([name for name in codes if name != "n_mentions"]).any()
    stories = csv(files, "results/stories.csv")
    ids = set(csv(files, "articles.csv")["doc_id"])
    assert set(stories["story"]) <= ids
    assert set(stories["nearest"]) - {""} <= ids


def test_every_file_is_told_and_has_a_checksum(study: Path) -> None:
    files = content(study)
    readme = files["README.md"].decode()
    for name in files:
        stem, _, ending = name.rpartition(".")
        told = name in readme or f"{stem}.pdf, .svg, .png" in readme or "tables/" in name
        assert told or name == "README.md", (name, ending)
    sums = dict(reversed(line.split("  ")) for line in files[SUMS].decode().splitlines())
    assert sums == {name: digest(data) for name, data in files.items() if name != SUMS}
    with zipfile.ZipFile(study) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


# What is not in it


def words_of(text: str) -> str:
    words = " ".join(re.findall(r"[^\W_]+", text.casefold()))
    return f" {words} "


def test_no_title_no_sentence_no_id_and_no_run_of_words_is_in_any_file(study: Path) -> None:
    files = content(study)
    assert len(files) > 15
    every = words_of(" ".join(data.decode("utf-8", "ignore") for data in files.values()))
    raw = b"\n".join(files.values())
    checked = 0
    for _, article in corpus().articles.iterrows():
        assert article["doc_id"].encode() not in raw
        assert words_of(article["title"]) not in every or len(article["title"].split()) < 3
        for sentence in re.split(r"(?<=[.!?])\s+", article["text"]):
            if len(sentence.split()) >= 4:
                checked += 1
                assert words_of(sentence) not in every
    assert checked > 1000


@settings(max_examples=6)
@given(
    st.lists(
        st.lists(st.sampled_from("abcdefghijklmnop"), min_size=130, max_size=180),
        min_size=6, max_size=9,
    ),
    st.randoms(use_true_random=False),
)  # fmt: skip
def test_the_order_of_words_leaves_no_trace(texts: list[list[str]], chance: Any) -> None:
    def written(every: list[list[str]]) -> dict[str, bytes]:
        frame = pd.DataFrame({"doc_id": map(str, range(len(every))), "text": map(" ".join, every)})
        made = fr.build_corpus(frame, fields=["text"])
        path = Path(folder) / "b.zip"
        table = fr.term_frequency(made, by="doc_id")
        bundle(path, corpus=made, results={"terms": table}, key=KEY)
        return {name: data for name, data in content(path).items()
                if name not in {SUMS, "bundle.json"}}  # fmt: skip

    import tempfile

    shuffled = [chance.sample(text, len(text)) for text in texts]
    with tempfile.TemporaryDirectory() as folder:
        assert written(texts) == written(shuffled)


def test_ids_cannot_be_found_without_the_key_and_are_the_same_in_all_tables() -> None:
    ids = pd.Series(["a", "b", None, "a"], dtype="str")
    first, second = keyed(ids, KEY), keyed(ids, "another key of tests")
    assert first.isna().tolist() == [False, False, True, False]
    assert first[0] == first[3] != first[1]
    assert not set(first.dropna()) & set(second.dropna())
    assert all(re.fullmatch(r"[0-9a-f]{20}", one) for one in first.dropna())


@pytest.mark.parametrize(("make", "said"), [
    (lambda: pd.DataFrame({"note": [corpus().articles["text"][3][:200]]}), "results['mine']"),
    (lambda: pd.DataFrame({"note": ["x", corpus().articles["title"][5].upper()]}),
     "results['mine']"),
    (lambda: pd.DataFrame({corpus().articles["text"][3][:150]: [1]}), "results['mine']"),
    (lambda: pd.DataFrame({"note": pd.Categorical([corpus().articles["text"][0][:150]])}),
     "results['mine']"),
])  # fmt: skip
def test_text_under_another_name_is_refused(
    tmp_path: Path, make: Callable[[], pd.DataFrame], said: str
) -> None:
    with pytest.raises(ValueError, match="words in a row") as caught:
        bundle(tmp_path / "a.zip", corpus=corpus(), results={"mine": make()}, key=KEY)
    assert str(caught.value) == (
        f"bundle: {said} has 1 text with 8 words in a row from an article, or with its title. "
        "A bundle holds no text of articles. Leave that column out, or shorten it."
    )
    assert list(tmp_path.iterdir()) == []


def test_a_sentence_on_a_figure_is_refused(fast: None, tmp_path: Path) -> None:
    ax = figure()
    ax.set_title(corpus().articles["text"][3][:120])
    with pytest.raises(ValueError, match=r"figures\['said'\] has . text"):
        bundle(tmp_path / "a.zip", corpus=corpus(), figures={"said": ax}, key=KEY)
    assert list(tmp_path.iterdir()) == []


def test_what_no_article_says_is_no_text() -> None:
    sentence = "Eight words that stand in none of the articles at all"
    check_no_text(corpus(), [("here", {sentence, "said government said", "", "…"})])


def test_every_column_of_text_in_the_schema_is_judged() -> None:
    for table in TABLES.values():
        for column in table.columns:
            if column.kind == "str":
                judged = column.name in TEXT, column.name in OPEN, column.name in KEYS
                assert any(judged), f"{table.name}.{column.name}: in TEXT, OPEN or KEYS"
                assert sum(judged[:2]) < 2
    assert withheld("Body") == "text, by its name"
    assert withheld("Full-Text ") == "text, by its name"
    assert withheld("start", holds_text=False) == TEXT["start"]
    assert set(PLACES) <= set(TEXT)


def frame(**columns: Any) -> pd.DataFrame:
    return pd.DataFrame(columns)


def test_rare_terms_and_short_texts_go_from_tables_by_article() -> None:
    terms = ["war", "peace", *(f"rare{at}" for at in range(60))]
    long = frame(doc_id="a", term=terms, count=1, n_tokens=500)
    hidden = frame(doc_id="b", term=terms, count=1, n_tokens=500)
    table, left = shareable("t", pd.concat([long, hidden]), RULES)
    assert table["term"].tolist() == ["war", "peace"]
    assert [(one.column, one.why) for one in left] == [
        ("term", "122 of 124 rows: rare terms of one article, or few words")
    ]
    chosen = long.head(3)
    assert shareable("t", chosen, RULES)[0]["term"].tolist() == terms[:3]
    by_source = frame(source="X", term=terms, count=1, n_tokens=500, n_group_articles=40)
    assert len(shareable("t", by_source, RULES)[0]) == 62
    one = by_source.assign(n_group_articles=1)
    assert shareable("t", one, RULES)[0]["term"].tolist() == ["war", "peace"]


def test_the_words_of_a_short_part_go_and_single_counts_stay() -> None:
    bag = frame(source=["X"] * 3 + ["Y"] * 3, term=list("abc") * 2, count=[5, 4, 3, 5, 4, 3],
                n_tokens=[20] * 3 + [2000] * 3)  # fmt: skip
    assert set(shareable("t", bag, RULES)[0]["source"]) == {"Y"}
    few = bag.assign(n_tokens=[90] * 3 + [2000] * 3)
    assert len(shareable("t", few, RULES)[0]) == 6
    alone = bag[bag["term"] == "a"].assign(count=20)
    assert len(shareable("t", alone, RULES)[0]) == 2
    near = frame(node="war", window=5, term=list("abc"), count=3, n_window=10, n_tokens=9000)
    assert shareable("t", near, RULES)[0].empty
    with pytest.raises(ValueError, match="article by article") as caught:
        shareable("results['near']", near.assign(doc_id="a"), RULES)
    assert str(caught.value) == (
        "bundle: results['near'] tells which words stand beside which, article by article. "
        "A bundle holds no order of words. Leave it out, or count over all articles."
    )


# The key, and the same bytes


@pytest.fixture
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw pictures in one format."""
    monkeypatch.setattr(sys.modules["framing.bundle.figures"], "FORMATS", ("svg",))


def test_the_same_study_gives_the_same_bytes_with_the_key_beside_it(
    fast: None, tmp_path: Path
) -> None:
    ax = figure()
    results = {"trend": trend()}
    path = bundle(tmp_path / "a.zip", corpus=corpus(), results=results, figures={"f": ax})
    key = (tmp_path / "a.key").read_text("utf-8")
    first = path.read_bytes()
    assert re.search(r"\n[0-9a-f]{64}\n$", key)
    secret = key.split("\n")[1]
    assert all(secret.encode() not in data for data in content(path).values())
    bundle(path, corpus=corpus(), results=results, figures={"f": ax})
    assert path.read_bytes() == first
    assert (tmp_path / "a.key").read_text("utf-8") == key
    other = bundle(tmp_path / "b.zip", corpus=corpus(), results=results, key=secret)
    same, was = content(other), content(path)
    assert {name for name in same if was[name] != same[name]} == {"bundle.json", "README.md", SUMS}
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.key", "a.zip", "b.zip"]


def test_a_failure_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.zip").write_bytes(b"old")

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    # framing.bundle is the function as well as the folder
    monkeypatch.setattr(sys.modules["framing.bundle.write"], "write_archive", fail)
    with pytest.raises(KeyboardInterrupt):
        bundle(tmp_path / "a.zip", corpus=corpus())
    assert [one.name for one in tmp_path.iterdir()] == ["a.zip"]
    assert (tmp_path / "a.zip").read_bytes() == b"old"


def refused(kind: type[Exception], path: Path | str = "a.zip", **options: Any) -> str:
    with pytest.raises(kind) as caught:
        bundle(path, **{"corpus": corpus(), "key": KEY, **options})
    return str(caught.value)


def test_messages(fast: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert refused(ValueError, "study.tar") == (
        "bundle: path='study.tar' ends in '.tar'. A bundle is a .zip file."
    )
    assert refused(ValueError, results={"../up": trend()}) == (
        "bundle: results: '../up' is no name for a file. "
        "Take letters, digits, - and _, at most 64 of them."
    )
    assert refused(ValueError, figures={"a": figure(), "A": figure()}) == (
        "bundle: figures: 'A' differs from another name in capitals only, which some "
        "systems take for the same file. Rename one."
    )
    assert refused(TypeError, results=trend()) == (
        "bundle: results is DataFrame, not a mapping of names. "
        "Pass for example results={'wording': table}."
    )
    assert refused(TypeError, figures=[figure()]) == (
        "bundle: figures is list, not a mapping of names. "
        "Pass for example figures={'wording': fig}."
    )
    assert refused(TypeError, results={"a": 3}) == (
        "bundle: results['a'] is int, not a DataFrame. "
        "Pass the table that a function of the toolkit returned."
    )
    assert refused(TypeError, figures={"a": 3}) == (
        "bundle: figures['a'] is int, neither a figure nor axes. "
        "Pass what a plot_… function or facets() returned."
    )
    assert refused(ValueError, figures={"a": plt.figure()}) == (
        "bundle: figures['a']: no chart of the toolkit is on it, so its numbers are "
        "unknown. Leave it out, and give its table among the results."
    )
    assert refused(ValueError, counts="day") == (
        "bundle: counts='day' is not one of 'article', 'month'."
    )
    assert (
        refused(ValueError, min_articles=1) == "bundle: min_articles=1 is below 2. Pass 2 or more."
    )
    assert refused(TypeError, key=b"bytes") == (
        "bundle: key is bytes, not text. Pass secrets.token_hex(32), or None."
    )
    assert refused(ValueError, key="short") == (
        "bundle: key has 5 characters, at least 16 are needed against "
        "guessing. Pass secrets.token_hex(32), or None for a file beside the bundle."
    )
    (tmp_path / "a.key").write_text("no key", encoding="utf-8")
    assert refused(ValueError, key=None) == (
        "bundle: 'a.key' beside the bundle holds no key of 64 hexadecimal digits. "
        "Give the key with key=…, or move the file away to get a new one."
    )
    near = fr.contexts(corpus(), mentions(), window=3)
    assert refused(ValueError, corpus=near) == (
        "bundle: the corpus holds the words around mentions, not whole articles; counts in so "
        "few words could be put in order. Pass the corpus that build_corpus() made."
    )
    odd = figure_of_odd_table()
    assert refused(ValueError, figures={"odd": odd}) == (
        "bundle: figures['odd']: column 'more' has values of type Period, which no file of text "
        "keeps. Make it text, numbers or dates."
    )
    assert [one.name for one in tmp_path.iterdir()] == ["a.key"]


def figure_of_odd_table() -> Any:
    table = fr.keyness(corpus(), by="source", target="Gazette")
    return fr.plot_keyness(table.assign(more=pd.Period("2020-01")), n=3)


# Drawn again


def test_a_whole_bundle_is_drawn_again(study: Path, tmp_path: Path) -> None:
    table = reproduce(study, out=tmp_path / "again")
    TABLES["reproduction"].check("test", table)
    assert TABLES["reproduction"].problems_of(table) == []
    assert table["status"].tolist() == ["identical"]
    assert table[["n_files", "n_identical", "n_rows_differ"]].to_numpy().tolist() == [[3, 3, 0]]
    files = content(study)
    drawn = sorted(one.name for one in (tmp_path / "again").iterdir())
    assert drawn == ["said.csv", "said.pdf", "said.png", "said.svg"]
    for name in drawn:
        assert (tmp_path / "again" / name).read_bytes() == files[f"figures/{name}"]


def test_a_figure_changed_by_hand_and_one_without_recipe_are_told(tmp_path: Path) -> None:
    hand = figure()
    hand.axhline(3)
    both, (left, right) = plt.subplots(1, 2)
    left.plot([1, 2])
    fr.plot_trend(trend_of("Herald"), ax=right)
    with pytest.warns(UserWarning, match="cannot be drawn again") as caught:
        path = bundle(
            tmp_path / "a.zip", corpus=corpus(), figures={"hand": hand, "own": both}, key=KEY
        )
    assert str(caught[0].message) == (
        "bundle: 2 of 2 figures cannot be drawn again byte for byte (hand: it was changed by hand "
        "after the charts had drawn it; own: 1 of its 2 axes are not drawn by the toolkit). "
        "The bundle holds their pictures and numbers."
    )
    assert caught[0].filename == __file__
    table = reproduce(path).set_index("figure")
    assert table["status"].to_dict() == {"hand": "same numbers", "own": "not redrawn"}
    assert table.loc["hand", "what"] == (
        "pdf, svg, png: it was changed by hand after the charts had drawn it"
    )
    assert table.loc["own", "what"] == "1 of its 2 axes are not drawn by the toolkit"


def test_another_version_that_draws_otherwise_is_named(study: Path, tmp_path: Path) -> None:
    def older(files: dict[str, bytes]) -> None:
        about = json.loads(files["bundle.json"])
        about["environment"]["packages"]["matplotlib"] = "3.0.0"
        files["bundle.json"] = json.dumps(about).encode()
        files["figures/said.png"] += b"more"

    import matplotlib as mpl

    (row,) = reproduce(rewritten(study, tmp_path / "a.zip", older)).to_dict("records")
    assert (row["status"], row["n_identical"], row["n_rows_differ"]) == ("same numbers", 2, 0)
    assert row["what"] == f"png: matplotlib 3.0.0 there, {mpl.__version__} here"


def test_other_numbers_are_told_by_row_and_column(
    study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def raised(files: dict[str, bytes]) -> None:
        name = next(one for one in files if one.startswith("figures/tables/"))
        data = json.loads(files[name])
        column = next(one for one in data["columns"] if one["name"] == "count")
        column["values"][1] += 1
        files[name] = json.dumps(data).encode()

    path = rewritten(study, tmp_path / "a.zip", raised)
    (row,) = reproduce(path).to_dict("records")
    assert (row["status"], row["n_rows_differ"]) == ("differs", 1)
    was = csv(content(study), "figures/said.csv")["count"][1]
    assert row["what"] == (
        f"1 of {row['n_rows']:,} rows in count; row 2: count is '{was}' there, '{was + 1}' here"
    )
    assert main(["reproduce", str(path)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"said  differs       {row['what']}", "Figures: 1 differs.",
    ]  # fmt: skip


def test_the_command(study: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reproduce", str(study), "--out", str(tmp_path / "new" / "folder")]) == 0
    rows = len(csv(content(study), "figures/said.csv"))
    assert capsys.readouterr().out == (
        f"said  identical     3 of 3 pictures, {rows} rows\nFigures: 1 identical.\n"
    )
    assert len(list((tmp_path / "new" / "folder").iterdir())) == 4
    assert main(["reproduce", str(tmp_path / "absent.zip")]) == 2
    said = capsys.readouterr().err
    assert said == (
        f"framing reproduce: error: there is no file '{tmp_path / 'absent.zip'}'. "
        "Write a bundle with bundle().\n"
    )


# Damage and strangers


def trouble(path: Path) -> str:
    with pytest.raises(ValueError, match="cannot be trusted") as caught:
        reproduce(path)
    start, _, end = str(caught.value).partition(" cannot be trusted: ")
    assert start == f"reproduce: {path.name!r}"
    assert end.endswith(". Fetch it again from where it was published.")
    return end.removesuffix(". Fetch it again from where it was published.")


def test_a_cut_or_changed_file_is_damage(study: Path, tmp_path: Path) -> None:
    whole = study.read_bytes()
    cut = tmp_path / "cut.zip"
    cut.write_bytes(whole[: len(whole) // 2])
    assert trouble(cut) == "it is no whole zip file (BadZipFile)"
    files = content(study)
    files["results/terms.csv"] = files["results/terms.csv"].replace(b"1", b"2", 1)
    changed = zipped(tmp_path / "changed.zip", files)
    assert trouble(changed) == (
        "'results/terms.csv' is not as it was written: its SHA-256 is not that of SHA256SUMS"
    )
    files = content(study)
    assert trouble(zipped(tmp_path / "more.zip", {**files, "new.txt": b""})) == (
        "'new.txt' is not listed in SHA256SUMS"
    )
    del files["README.md"]
    assert trouble(zipped(tmp_path / "less.zip", files)) == (
        "'README.md' is listed in SHA256SUMS and is not there"
    )
    del files[SUMS]
    assert trouble(zipped(tmp_path / "none.zip", files)) == "it has no file 'SHA256SUMS'"


def zipped(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


@settings(max_examples=20)
@given(at=st.integers(0, 10**7), byte=st.integers(0, 255))
def test_a_changed_byte_is_noticed_or_harmless(study: Path, at: int, byte: int) -> None:
    data = bytearray(study.read_bytes())
    data[at % len(data)] = byte
    whole = read_archive(study).files
    path = study.with_name("byte.zip")
    path.write_bytes(bytes(data))
    try:
        found = read_archive(path).files
    except Damaged:
        return
    assert found == whole


@pytest.mark.parametrize("name", [
    "../up.txt", "/etc/passwd", "a/../../b", "a\\..\\b", "C:evil", "a//b", "a/./b", ".hidden", "",
    "dir/", "a\x00b", "x" * 201, "naïve",
])  # fmt: skip
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / "names.zip"
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w") as archive:
        warnings.simplefilter("ignore")
        info = zipfile.ZipInfo("x")
        info.filename = name
        archive.writestr(info, b"")
    said = trouble(path)
    assert said.endswith(", which no bundle has") or "SHA256SUMS" in said or "is a link" in said
    assert sorted(one.name for one in tmp_path.iterdir()) == ["names.zip"]


def test_links_doubles_bombs_and_crowds_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "link.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert trouble(tmp_path / "link.zip") == "'link' is a link or no file"
    with zipfile.ZipFile(tmp_path / "twice.zip", "w") as archive:
        archive.writestr("a.txt", "1")
        archive.writestr("A.txt", "2")
    assert trouble(tmp_path / "twice.zip") == "it has two files of the name 'A.txt'"
    monkeypatch.setattr(archives, "LARGE", 100_000)
    bomb = zipped(tmp_path / "bomb.zip", {"zeros": bytes(10_000_000)})
    assert trouble(bomb) == "'zeros' would unpack to 10,000,000 bytes"
    monkeypatch.setattr(archives, "MOST_FILES", 3)
    crowd = zipped(tmp_path / "crowd.zip", {str(at): b"" for at in range(4)})
    assert trouble(crowd) == "it has 4 files; a bundle has at most 3"
    several = zipped(tmp_path / "several.zip", {"a": b"12345", "b": b"12345"})
    with pytest.raises(Damaged) as caught:
        read_archive(several, most_bytes=8)
    assert str(caught.value) == "it would unpack to 10 bytes; at most 8 are read"


def test_a_member_that_lies_about_its_size_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "lie.zip", {"a": b"x" * 5000})
    data = path.read_bytes()
    lied = data.replace((5000).to_bytes(4, "little"), (50).to_bytes(4, "little"))
    assert lied != data
    path.write_bytes(lied)
    said = trouble(path)
    assert said in {
        "'a' unpacks to more bytes than it says", "it is no whole zip file (BadZipFile)",
    }  # fmt: skip


@pytest.mark.parametrize(("name", "data", "said"), [
    ("bundle.json", b"{", "'bundle.json' is none of a bundle (JSONDecodeError)"),
    ("bundle.json", b"[" * 100_000, "'bundle.json' is none of a bundle (RecursionError)"),
    ("bundle.json", b'{"format": "other", "figures": {}}',
     "'bundle.json' is not of the form 'framing-bundle-1'"),
    ("bundle.json", b'{"format": "framing-bundle-1", "figures": {"../x": {"redraws": true}}}',
     "'bundle.json' is not of the form 'framing-bundle-1'"),
    ("bundle.json", b"\xff", "'bundle.json' is no text in UTF-8"),
    ("bundle.json", b'{"format": "framing-bundle-1", "figures": {"none": {"redraws": true}}}',
     "it has no file 'figures/none.csv'"),
    ("figures/said.csv", b"", "its parts do not fit together"),
    ("figures/said.recipe.json", b'{"tables": ["results/terms.csv"]}',
     "the recipe of 'said' names a table outside 'figures/tables'"),
    ("figures/said.recipe.json", b'{"tables": ["figures/tables/none"]}',
     "it has no file 'figures/tables/none'"),
])  # fmt: skip
def test_a_stranger_s_plain_data_is_checked(
    study: Path, tmp_path: Path, name: str, data: bytes, said: str
) -> None:
    path = rewritten(study, tmp_path / "a.zip", lambda files: files.update({name: data}))
    assert trouble(path) == said


def test_a_recipe_that_cannot_be_drawn_differs(study: Path, tmp_path: Path) -> None:
    def hostile(files: dict[str, bytes]) -> None:
        steps = json.loads(files["figures/said.recipe.json"])
        steps["calls"][0]["function"] = "os.system"
        files["figures/said.recipe.json"] = json.dumps(steps).encode()

    (row,) = reproduce(rewritten(study, tmp_path / "a.zip", hostile)).to_dict("records")
    assert (row["status"], row["n_rows_differ"]) == ("differs", row["n_rows"])
    assert row["what"] == (
        "it cannot be drawn: a chart 'os.system', which this version of the toolkit does not have"
    )


# Tables that keep their types


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.text(st.characters(exclude_categories=["Cs"]))),
            st.one_of(st.floats(allow_nan=True, allow_infinity=True)),
            st.integers(-(2**63), 2**63 - 1),
            st.booleans(),
            st.datetimes(min_value=pd.Timestamp(1900, 1, 1), max_value=pd.Timestamp(2100, 1, 1)),
        ),
        min_size=1, max_size=8,
    )
)  # fmt: skip
def test_a_table_keeps_values_and_types(rows: list[tuple[Any, ...]]) -> None:
    table = pd.DataFrame(rows, columns=["text", "float", "int", "bool", "date"]).astype(
        {"text": "str", "float": "float64", "int": "int64"}
    )
    table["kind"] = table["text"].astype("category")
    table["whole"] = table["int"].astype("Int64").where(table["bool"])
    table["mixed"] = table["text"].astype(object).where(table["bool"], 1)
    again = table_of(table_text(table))
    pd.testing.assert_frame_equal(again, table, check_exact=True)
    known = table["float"].notna()  # a missing number has no sign
    assert np.signbit(again["float"][known]).tolist() == np.signbit(table["float"][known]).tolist()
    assert list(again["kind"].cat.categories) == list(table["kind"].cat.categories)


@pytest.mark.parametrize(("text", "said"), [
    ('{"rows": 1, "columns": [{"name": "a", "type": "complex128", "values": [1]}]}',
     "a column of type 'complex128'"),
    ('{"rows": 2, "columns": [{"name": "a", "type": "int64", "values": [1]}]}',
     "columns of different lengths"),
])  # fmt: skip
def test_a_table_that_is_none_is_refused(text: str, said: str) -> None:
    with pytest.raises(ValueError, match="column") as caught:
        table_of(text)
    assert str(caught.value) == said


def test_an_empty_table_stays_empty() -> None:
    assert table_of(table_text(pd.DataFrame())).shape == (0, 0)
    none = trend().head(0)
    pd.testing.assert_frame_equal(table_of(table_text(none)), none.reset_index(drop=True))
