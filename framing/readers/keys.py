"""Keys of articles: the same for life, whatever else is read beside them."""

from __future__ import annotations

import hashlib
import re
import string

import numpy as np
import pandas as pd

LENGTH = 16
SHORT = 8
_KEPT = frozenset((string.ascii_lowercase + string.digits).encode())
_DROPPED = bytes(byte for byte in range(256) if byte not in _KEPT)
_SEPARATOR = b"\x1f"


def skeleton(text: str) -> bytes:
    """Return what stays the same when typography is mended: letters and digits in lower case.

    Of a text that is mostly ASCII only the ASCII ones count, so that neither curly quotes nor a
    mended accent changes the key; of any other all letters and digits do.
    """
    plain = text.lower().encode("utf-8", errors="replace").translate(None, _DROPPED)
    if 2 * len(plain) >= len(text) - text.count(" ") - text.count("\n"):
        return plain
    return re.sub(r"[\W_]+", "", text.casefold()).encode("utf-8", errors="replace")


def content_hash(articles: pd.DataFrame) -> np.ndarray:
    """Return a hash of source, day, title and text for each article."""
    days = articles["date"].dt.strftime("%Y-%m-%d").fillna("").tolist()
    columns = [articles[name].fillna("").tolist() for name in ("source", "title", "text")]
    found = np.empty(len(articles), dtype=object)
    for i, (day, *texts) in enumerate(zip(days, *columns, strict=True)):
        parts = [day.encode(), *map(skeleton, texts)]
        found[i] = hashlib.blake2b(_SEPARATOR.join(parts), digest_size=LENGTH // 2).hexdigest()
    return found


def make_keys(articles: pd.DataFrame, own: pd.Series) -> tuple[pd.Series, np.ndarray, np.ndarray]:
    """Return unique keys, and which articles share an id or are the same as another.

    An article's own id is its key. Where articles that differ have the same id, each gets the
    first 8 characters of its hash behind the id; one without an id gets 16 characters of hash.
    Of articles that are the same in source, day, title and text, the second gets `-2`, the third
    `-3` and so on, in the order of files and rows. No key depends on the order of rows otherwise.

    Parameters
    ----------
    articles
        Articles with `source`, `date`, `title` and `text`.
    own
        Their own ids as strings; missing where they have none.

    Returns
    -------
    keys : Series
        The keys.
    clashing : array of bool
        Whether a different article has the same id.
    repeated : array of bool
        Whether an article with the same key came before.
    """
    base = own.to_numpy(dtype=object).copy()
    without = pd.isna(base)
    shared = own.duplicated(keep=False).to_numpy() & ~without
    clashing = np.zeros(len(articles), dtype=bool)
    hashed = without | shared
    if hashed.any():
        hashes = content_hash(articles.loc[hashed])
        base[hashed] = np.where(without[hashed], hashes, base[hashed])
        ids = pd.DataFrame({"id": own.to_numpy()[hashed], "hash": hashes})
        kinds = ids.groupby("id", dropna=True)["hash"].transform("nunique").fillna(1).to_numpy()
        clash = kinds > 1
        clashing[np.flatnonzero(hashed)[clash]] = True
        base[clashing] = [
            f"{key}-{digest[:SHORT]}"
            for key, digest in zip(ids["id"][clash], hashes[clash], strict=True)
        ]
    keys = pd.Series(base, index=articles.index, dtype="str")
    number = keys.groupby(keys).cumcount().to_numpy()
    repeated = number > 0
    taken = set(keys)
    final = keys.tolist()
    for i in np.flatnonzero(repeated).tolist():
        count = number[i] + 1
        while f"{keys.iloc[i]}-{count}" in taken:
            count += 1
        final[i] = f"{keys.iloc[i]}-{count}"
        taken.add(final[i])
    return pd.Series(final, index=articles.index, dtype="str"), clashing, repeated
