"""Text as its author wrote it: without mojibake, markup and invisible characters."""

from __future__ import annotations

import functools
import html
import re
import unicodedata
from typing import Any

import numpy as np
import pandas as pd

from framing.readers.damage import NO_EDITS, Look, quote_edits, suspects
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


def mend(seen: Look, *, markup: bool, broken_quotes: bool) -> tuple[pd.Series, dict[str, Any]]:
    """Return texts mended, and which of them had what.

    Parameters
    ----------
    seen
        Texts as `look` returns them; missing values stay.
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
    rows, deep, lost = suspects(seen)
    edits = NO_EDITS
    if broken_quotes:
        edits, unclear = quote_edits(seen)
        # A text that is mended as a whole has its quotation marks mended there.
        rows = np.union1d(rows, unclear)
        edits = edits[:, ~np.isin(seen.rows(edits[0]), rows)]
    hit: dict[str, list[Any]] = {}
    before = seen.texts.iloc[rows].tolist()
    new: dict[int, str] = {}
    for row, text, is_deep in zip(rows.tolist(), before, np.isin(rows, deep).tolist(), strict=True):
        mended, kinds = mend_text(text, markup=markup, broken_quotes=broken_quotes, deep=is_deep)
        if mended != text:
            new[row] = mended
        for kind in kinds:
            hit.setdefault(kind, []).append([row])
    hit.setdefault(BROKEN_QUOTES, []).append(seen.rows(edits[0]))
    hit.setdefault(LOST_CHARACTERS, []).append(np.setdiff1d(lost, rows))
    found = {kind: np.unique(np.concatenate(there)).tolist() for kind, there in hit.items()}
    values = _edited(seen, edits, new) if new or edits.size else seen.texts
    return values, {kind: there for kind, there in found.items() if there}


def _edited(seen: Look, edits: np.ndarray, new: dict[int, str]) -> pd.Series:
    """Return the texts with some bytes replaced and some texts new, in one copy."""
    import pyarrow as pa

    sizes = np.diff(seen.offsets)
    coded = {row: text.encode("utf-8") for row, text in new.items()}
    sizes[list(coded)] = [len(text) for text in coded.values()]
    offsets = np.concatenate([[0], np.cumsum(sizes)])
    data = np.empty(offsets[-1], dtype=np.uint8)
    first = 0
    for row in [*coded, len(sizes)]:
        stop = offsets[row] if row < len(sizes) else offsets[-1]
        data[offsets[first] : stop] = seen.data[seen.offsets[first] : seen.offsets[row]]
        if row in coded:
            data[stop : offsets[row + 1]] = np.frombuffer(coded[row], dtype=np.uint8)
        first = row + 1
    places, signs = edits
    data[places + (offsets - seen.offsets)[seen.rows(places)]] = signs
    there = seen.texts.notna().to_numpy()
    buffers = [pa.array(there).buffers()[1], pa.py_buffer(offsets), pa.py_buffer(data)]
    array = pa.LargeStringArray.from_buffers(len(sizes), buffers[1], buffers[2], buffers[0])
    column: pd.Series = array.to_pandas()
    return column.set_axis(seen.texts.index)


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


def has_broken_quotes(seen: Look) -> bool:
    r"""Return whether `"?` stands for a closing mark and a space throughout a file.

    UTF-8 quotation marks that were read as GBK and then cleaned leave `"?` where a closing mark, an
    apostrophe or a dash and the space behind it stood. One such place may be a slip of the pen;
    ten, and more than there are of `"? ` with its space, are damage.
    """
    data, quotes = seen.data, seen.quotes()
    quotes = quotes[quotes < len(data) - 2]
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
