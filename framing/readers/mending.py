"""Text as its author wrote it: without mojibake, markup and invisible characters."""

from __future__ import annotations

import functools
import html
import re
import unicodedata
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from framing.readers.record import (
    BROKEN_QUOTES,
    CONTROLS,
    ENTITIES,
    HTML,
    LOST_CHARACTERS,
    MOJIBAKE,
    NOT_NFC,
    OTHER_SCRIPT,
)

# Markup that no one writes by chance: a closing tag, or one that stands alone.
_MARKUP = re.compile(
    r"</(?:p|div|a|span|b|i|u|em|strong|h[1-6]|ul|ol|li|table|tr|td|body|html|script|style|figure"
    r"|blockquote|article|section|cite|font)\s*>|<(?:br|p|img|hr|div|!doctype)\b[^<>]{0,1000}>",
    re.IGNORECASE,
)
_TAG = re.compile(r"(<[a-zA-Z/!?][^<>]{0,2000}>)")
_NAME = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "title",
        "tr",
        "ul",
    ]
)
_UNSEEN = frozenset(("script", "style", "noscript", "template", "head"))
_ENTITY = re.compile(r"&(?:(?!lt;|gt;)[a-zA-Z][a-zA-Z0-9]{1,30}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
# Control characters, and marks that are invisible and split words or sentences where none end.
_CONTROLS = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u00ad\u200b\u2028\u2029\u202a-\u202e\u2060\u2066-\u206f\ufeff]"
)
_BREAKS = {"\u2028": "\n", "\u2029": "\n\n", "\x0b": "\n", "\x0c": "\n\n"}
# UTF-8 read as a Western code page: a lead byte followed by what continuation bytes look like.
_SUSPECT = re.compile(
    r"[\x80-\x9f]|[ÂÃÄÅÎÏÐÑØÙâãäåæçèéïð]"
    r"[\u00a0-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
    r"|[ﬀ-ﬆ]"
)
_SOUND = re.compile(r"([à-ï][‘’“”–—…•]{2})")
# UTF-8 quotation marks read as GBK: two of these characters are four bytes of UTF-8.
_GBK = re.compile("鈥[\u3400-\u9fff\ue000-\uf8ff€]")
# A mark of three bytes read as GBK, of which a clean-up left `"`, and `?` for the last byte and
# the space behind it.
# One search for all three, which leaps from one `"` to the next: the look-behinds stand behind it.
_BROKEN = re.compile(
    r'"(?:(?P<space>\?)(?=[\w"(\[$£€#@])'
    r'|(?P<opening>\ufffd)(?<![^\s(\[]"\ufffd)(?=[\w\[$£€])'
    r'|(?P<apostrophe>(?<=[a-z]"))(?=(?:s|t|re|ve|ll|d|m)\b(?!["?])))'
)
_WHOLE = {"space": '" ', "opening": '"', "apostrophe": "'"}
_ENOUGH = 10
_LETTERS_SEEN = 2_000
_PIECE = 1024**2


def mend(
    values: pd.Series, *, markup: bool, broken_quotes: bool
) -> tuple[pd.Series, dict[str, Any]]:
    """Return texts mended, and which of them had what.

    Parameters
    ----------
    values
        Texts; missing values stay.
    markup
        Whether to take HTML out of texts that hold some.
    broken_quotes
        Whether `"?` stands for a quotation mark and a space in these texts.

    Returns
    -------
    values : Series
        The texts, in Unicode NFC.
    found : dict of str to list of int
        For each kind of damage the positions of the texts that had it.
    """
    found: dict[str, list[int]] = {}
    positions, deep = suspects(values, broken_quotes=broken_quotes)
    if not len(positions):
        return values, found
    before = values.iloc[positions].tolist()
    after = []
    for position, text, is_deep in zip(positions.tolist(), before, deep.tolist(), strict=True):
        new, kinds = mend_text(text, markup=markup, broken_quotes=broken_quotes, deep=is_deep)
        after.append(new)
        for kind in kinds:
            found.setdefault(kind, []).append(position)
    changed = [i for i, (old, new) in enumerate(zip(before, after, strict=True)) if old != new]
    if changed:
        mask = np.zeros(len(values), dtype=bool)
        mask[positions[changed]] = True
        values = _replaced(values, mask, [after[i] for i in changed])
    return values, found


def suspects(values: pd.Series, *, broken_quotes: bool) -> tuple[np.ndarray, np.ndarray]:
    """Return the texts that may hold something to mend, by looks at their bytes alone.

    Returns
    -------
    positions : array of int
        The texts that hold anything but plain ASCII text.
    deep : array of bool
        For each of them whether it may hold mojibake or control characters.
    """
    data, offsets = _bytes_of(values)
    # One pass for all that is not printable ASCII: what lies below the space wraps around.
    places = _where(data, lambda piece: (piece - np.uint8(32)) >= 95)
    unusual = data[places]
    high = places[unusual >= 128]
    controls = places[(unusual < 128) & (unusual != 9) & (unusual != 10)]
    signs = _where(data, lambda piece: (piece == ord("<")) | (piece == ord("&")))
    shallow = [high, signs]
    if broken_quotes:
        quotes = _where(data[1:-1], lambda piece: piece == ord('"')) + 1
        behind = data[quotes + 1]
        letters = (data[quotes - 1] >= ord("a")) & np.isin(behind, list(b"strvldm"))
        shallow.append(quotes[letters | (behind == ord("?"))])
    deep = np.unique(_rows_of(np.concatenate([controls, _damage(data, high)]), offsets))
    positions = np.union1d(_rows_of(np.concatenate(shallow), offsets), deep)
    return positions, np.isin(positions, deep)


def _where(data: np.ndarray, test: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """Return the places where a test of bytes holds, in pieces that stay in the processor."""
    found = [
        np.flatnonzero(test(data[start : start + _PIECE])) + start
        for start in range(0, len(data), _PIECE)
    ]
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def _rows_of(places: np.ndarray, offsets: np.ndarray) -> np.ndarray:
    return np.unique(np.searchsorted(offsets, places, side="right") - 1)


def _damage(data: np.ndarray, high: np.ndarray) -> np.ndarray:
    """Return the places among the bytes beyond ASCII where mojibake or controls may begin.

    A look at the first three bytes of a character in UTF-8; `mend_text` looks closer.
    """
    near_end = high >= len(data) - 2
    inner = high[~near_end]
    first, then, third = data[inner], data[inner + 1], data[inner + 2]
    suspect = (first == 0xC2) & ((then < 0xA0) | (then == 0xAD))  # C1 controls, soft hyphen
    suspect |= (first == 0xC3) & (then >= 0x82) & (then <= 0xAF) & (third >= 0x80)  # Ã and more
    suspect |= (first == 0xE2) & (then == 0x80) & np.isin(third, [0x8B, *range(0xA8, 0xAF)])
    suspect |= (first == 0xE2) & (then == 0x81)  # invisible operators and marks of direction
    suspect |= (first == 0xE9) & (then == 0x88) & (third == 0xA5)  # 鈥
    suspect |= (first == 0xEF) & np.isin(then, [0xAC, 0xBB])  # ligatures, byte-order mark
    return np.concatenate([inner[suspect], high[near_end]])


def as_arrow(values: pd.Series) -> Any:
    """Return a column of strings as one Arrow array, without copying where there is one chunk."""
    import pyarrow as pa

    array = pa.array(values, type=pa.large_string(), from_pandas=True)
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def _bytes_of(values: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Return the bytes of all texts one after the other, and where each begins."""
    texts = as_arrow(values)
    _, offsets, data = texts.buffers()
    if data is None or not len(texts):
        return np.zeros(0, dtype=np.uint8), np.zeros(1, dtype=np.int64)
    starts = np.frombuffer(offsets, dtype=np.int64)[texts.offset : texts.offset + len(texts) + 1]
    everything = np.frombuffer(data, dtype=np.uint8)
    return everything[starts[0] : starts[-1]], starts - starts[0]


def _replaced(values: pd.Series, mask: np.ndarray, new: list[str]) -> pd.Series:
    """Return a copy of a column of strings in which the masked ones are replaced."""
    import pyarrow as pa
    import pyarrow.compute as pc

    array = pc.replace_with_mask(as_arrow(values), pa.array(mask), pa.array(new, pa.large_string()))
    column: pd.Series = array.to_pandas()
    return column.set_axis(values.index)


def mend_text(
    text: str, *, markup: bool, broken_quotes: bool, deep: bool = True
) -> tuple[str, list[str]]:
    """Return one text mended, and the kinds of damage that it had."""
    kinds: list[str] = []
    if deep and "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if markup and "<" in text and _MARKUP.search(text):
        text = strip_html(text)
        kinds.append(HTML)
    if "&" in text and _ENTITY.search(text):
        text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
        kinds.append(ENTITIES)
    deep = deep or bool(kinds)
    if deep and not text.isascii():
        text = _without_mojibake(text, kinds)
    if deep and _CONTROLS.search(text):
        text = _CONTROLS.sub(lambda match: _BREAKS.get(match[0], ""), text)
        kinds.append(CONTROLS)
    if broken_quotes and '"' in text:
        text = _with_quotes(text, kinds)
    if not text.isascii():
        if not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", text)
            kinds.append(NOT_NFC)
        if "\ufffd" in text:
            kinds.append(LOST_CHARACTERS)
        if _other_script(text):
            kinds.append(OTHER_SCRIPT)
    return text, kinds


def _without_mojibake(text: str, kinds: list[str]) -> str:
    """Return a text in which UTF-8 that was read as another encoding is read as UTF-8."""
    old = text
    if "鈥" in text:
        text = _GBK.sub(_from_gbk, text)
    if _SUSPECT.search(text):
        text = _fix(text)
    if text != old:
        kinds.append(MOJIBAKE)
    return text


def _from_gbk(match: re.Match[str]) -> str:
    try:
        return match[0].encode("gb18030").decode("utf-8")
    except UnicodeError:
        return match[0]


def _fix(text: str) -> str:
    """Return a text without mojibake by ftfy, which is loaded only where there may be some."""
    import ftfy

    # `café”—` has the bytes of a Chinese character, and is none.
    pieces = _SOUND.split(text)
    pieces[::2] = [ftfy.fix_text(piece, _ftfy_settings()) for piece in pieces[::2]]
    return "".join(pieces)


@functools.cache
def _ftfy_settings() -> Any:
    import ftfy

    return ftfy.TextFixerConfig(
        unescape_html=False,
        uncurl_quotes=False,
        fix_character_width=False,
        fix_latin_ligatures=True,
        remove_control_chars=False,  # counted apart, by mend_text
        normalization=None,
    )


def has_broken_quotes(values: pd.Series) -> bool:
    r"""Return whether `"?` stands for a closing mark and a space throughout a file.

    UTF-8 quotation marks that were read as GBK and then cleaned leave `"?` where a closing mark, an
    apostrophe or a dash and the space behind it stood. One such place may be a slip of the pen;
    ten, and more than there are of `"? ` with its space, are damage.
    """
    data, _ = _bytes_of(values)
    quotes = _where(data[:-2], lambda piece: piece == ord('"'))
    behind = data[quotes + 2][data[quotes + 1] == ord("?")]
    apart = int((behind == ord(" ")).sum())
    joined = len(behind) - apart
    return joined >= _ENOUGH and joined > apart


def _with_quotes(text: str, kinds: list[str]) -> str:
    """Return a text of a damaged file with its quotation marks, spaces and apostrophes back."""
    text, n_mended = _BROKEN.subn(lambda match: _WHOLE[match.lastgroup or "opening"], text)
    if n_mended:
        kinds.append(BROKEN_QUOTES)
    return text


def _other_script(text: str) -> bool:
    """Return whether less than half of a text's letters are Latin."""
    head = text[:_LETTERS_SEEN]
    if 2 * len(head.encode("ascii", errors="ignore")) > len(head) + head.count(" "):
        return False
    letters = [character for character in head if character.isalpha()]
    n_latin = sum(_is_latin(character) for character in letters)
    return bool(letters) and 2 * n_latin < len(letters)


def _is_latin(character: str) -> bool:
    return character.isascii() or character < "\u0250" or "\u1e00" <= character < "\u1f00"


def looks_like_html(text: str) -> bool:
    """Return whether a text holds markup that no one writes by chance."""
    return "<" in text and _MARKUP.search(text) is not None


def strip_html(text: str) -> str:
    """Return the words of an HTML text, its blocks as paragraphs.

    One pass over the tags, whatever they are: a malformed text costs no more than a good one.
    """
    pieces: list[str] = []
    unseen = ""
    for piece in _TAG.split(_without_comments(text)):
        name = _NAME.match(piece) if piece.startswith("<") else None
        if name is None:
            if not unseen and not piece.startswith(("<!", "<?")):
                pieces.append(html.unescape(piece) if "&" in piece else piece)
            continue
        tag = name[2].lower()
        if unseen:
            unseen = "" if tag == "body" or (name[1] and tag == unseen) else unseen
        elif tag in _UNSEEN and not name[1] and not piece.endswith("/>"):
            unseen = tag
        elif tag == "br":
            pieces.append("\n")
        elif tag in _BLOCKS:
            pieces.append("\n\n")
    lines = [" ".join(line.split()) for line in "".join(pieces).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _without_comments(text: str) -> str:
    pieces, start = [], 0
    while (opened := text.find("<!--", start)) >= 0:
        pieces.append(text[start:opened])
        closed = text.find("-->", opened + 4)
        start = closed + 3 if closed >= 0 else len(text)
    return "".join([*pieces, text[start:]])
