"""Keys of articles that only their researcher can look up."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from pathlib import Path

import pandas as pd

LENGTH = 20
SHORTEST = 16
_FORM = re.compile(r"[0-9a-f]{64}")
_HEAD = "Keep this file and give it to nobody: it turns the article ids of the bundle back.\n"


def key_beside(path: Path) -> tuple[str, Path | None]:
    """Return the key of a bundle from the file beside it, or a new one and the file to write.

    Raises
    ------
    ValueError
        Where the file is there and holds no key.
    """
    place = path.with_suffix(".key")
    if not place.exists():
        return secrets.token_hex(32), place
    text = place.read_text(encoding="utf-8", errors="replace")
    found = _FORM.search(text)
    if found is None:
        msg = (
            f"bundle: {place.name!r} beside the bundle holds no key of 64 hexadecimal digits. "
            "Give the key with key=…, or move the file away to get a new one."
        )
        raise ValueError(msg)
    return found.group(), None


def key_text(key: str) -> str:
    """Return the content of the file beside a bundle."""
    return f"{_HEAD}{key}\n"


def check_key(key: object) -> str:
    """Return the key; raise where it is no text of some length."""
    if not isinstance(key, str):
        msg = f"bundle: key is {type(key).__name__}, not text. Pass secrets.token_hex(32), or None."
        raise TypeError(msg)
    if len(key) < SHORTEST:
        msg = (
            f"bundle: key has {len(key)} characters, at least {SHORTEST} are needed against "
            "guessing. Pass secrets.token_hex(32), or None for a file beside the bundle."
        )
        raise ValueError(msg)
    return key


def keyed(ids: pd.Series, key: str) -> pd.Series:
    """Return for each id the first 20 hexadecimal digits of its HMAC-SHA256 under the key.

    The same id has the same digits in every table of every bundle of one key. Missing ids stay
    missing.
    """
    secret = key.encode()

    def one(doc_id: object) -> str:
        return hmac.new(secret, str(doc_id).encode("utf-8", "surrogatepass"), hashlib.sha256
                        ).hexdigest()[:LENGTH]  # fmt: skip

    names = ids.astype(object)
    known = {name: one(name) for name in names.dropna().unique()}
    return names.map(known).astype("str")
