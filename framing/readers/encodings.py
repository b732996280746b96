"""From the bytes of a file to UTF-8, with what had to be guessed."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from framing.readers.record import CUT_OFF, GUESSED, KEPT, MENDED, MIXED, NUL, UNDECODABLE

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CODE_PAGES = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258",
    "cp874", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "koi8_r",
]  # fmt: skip
# What the upper half of Windows-1252 is used for in Western newspapers.
_WESTERN = frozenset(
    "€‚„…‘’“”•–—™\N{NO-BREAK SPACE}£§©«®°·»½"
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüÿŒœŠšŽž"
)
# Two bytes of a Chinese code page look like UTF-8 now and then; those of Western ones never do.
_LEAST_GOOD = 0.5
_HEAD = 4096
_SAMPLE = 65_536
_HIGH_LINES = re.compile(rb"[^\n]{0,200}[\x80-\xff][^\n]{0,200}")
_CUT_CHARACTER = re.compile(
    rb"(?:[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2})\Z"
)


class Finding(NamedTuple):
    """Something that was wrong with the bytes, and what was done."""

    what: str
    action: str
    value: str


class Decoded(NamedTuple):
    """The bytes in UTF-8 without a byte-order mark and without NUL, and where they came from."""

    data: bytes
    encoding: str
    findings: list[Finding]


def to_utf8(data: bytes, encoding: str | None = None) -> Decoded:
    """Return bytes as UTF-8, whatever they were in.

    Parameters
    ----------
    data
        The bytes of a file.
    encoding
        The encoding of files that have no byte-order mark; None to find it out.

    Returns
    -------
    Decoded
        The bytes in UTF-8, the encoding they were in, and what was mended or guessed.
    """
    found = _by_mark(data) or _by_zeros(data)
    if found is None and encoding is not None:
        found = _strictly(data, codecs.lookup(encoding).name)
    if found is None and is_utf8(data):
        found = Decoded(data, "utf-8", [])
    if found is None:
        found = _cut_short(data) or _mixed(data) or _guessed(data)
    return _without_nul(found)


def is_utf8(data: bytes) -> bool:
    """Return whether bytes are UTF-8, without building a string of them."""
    if data.isascii():
        return True
    import pyarrow as pa

    offsets = pa.array([0, len(data)], pa.int64()).buffers()[1]
    whole = pa.LargeBinaryArray.from_buffers(
        pa.large_binary(), 1, [None, offsets, pa.py_buffer(data)]
    )
    try:
        whole.cast(pa.large_string())
    except pa.ArrowInvalid:
        return False
    return True


def _recoded(data: bytes, encoding: str, findings: list[Finding]) -> Decoded:
    """Return bytes of a known encoding in UTF-8, with what did not fit as U+FFFD."""
    text = data.decode(encoding, errors="replace")
    lost = text.count("\ufffd")
    if lost:
        findings = [*findings, Finding(UNDECODABLE, KEPT, f"{lost:,} places in {encoding}")]
    return Decoded(text.encode("utf-8", errors="replace"), encoding, findings)


def _strictly(data: bytes, encoding: str) -> Decoded:
    if encoding == "utf-8" and is_utf8(data):
        return Decoded(data, encoding, [])
    return _recoded(data, encoding, [])


def _by_mark(data: bytes) -> Decoded | None:
    """Decode by the byte-order mark, where there is one."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            rest = data[len(mark) :]
            if encoding == "utf-8":
                if not is_utf8(rest):
                    return _cut_short(rest) or _mixed(rest) or _guessed(rest)
                return Decoded(rest, encoding, [])
            return _recoded(rest, encoding, [])
    return None


def _by_zeros(data: bytes) -> Decoded | None:
    """Decode UTF-16 without a mark: in Western text every second byte is zero."""
    head = data[:_HEAD]
    if len(head) < 16 or b"\0" not in head:
        return None
    even, odd = head[0::2].count(0) / len(head[0::2]), head[1::2].count(0) / len(head[1::2])
    for encoding, zeros, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if zeros > 0.4 and others < 0.1:
            guess = Finding(GUESSED, KEPT, f"{encoding}, from the zero bytes")
            return _recoded(data, encoding, [guess])
    return None


def _mixed(data: bytes) -> Decoded | None:
    """Decode UTF-8 with some bytes of Windows-1252 inside, byte run by byte run."""
    bad: list[str] = []

    def from_windows(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeDecodeError):
            raise error
        whole, start, stop = error.object, error.start, error.end
        run = "".join(_windows(byte) for byte in whole[start:stop])
        before = whole[max(0, start - 15) : start].decode(errors="ignore")
        bad.append(before + run + whole[stop : stop + 15].decode(errors="ignore"))
        return run, stop

    codecs.register_error("framing.from_windows", from_windows)
    text = data.decode("utf-8", errors="framing.from_windows")
    n_good = len(text) - len(text.encode("ascii", errors="ignore")) - len(bad)
    if n_good <= _LEAST_GOOD * len(bad):
        return None
    value = f"utf-8 with {len(bad):,} places in cp1252, e.g. {bad[0]!r}"
    return Decoded(text.encode(), "utf-8+cp1252", [Finding(MIXED, MENDED, value)])


def _cut_short(data: bytes) -> Decoded | None:
    """Decode UTF-8 whose last character is not complete."""
    cut = _CUT_CHARACTER.search(data[-4:])
    whole = data[: len(data) - len(cut[0])] if cut else data
    if cut is None or not is_utf8(whole) or (whole.isascii() and len(cut[0]) == 1):
        return None
    return Decoded(whole, "utf-8", [Finding(CUT_OFF, KEPT, "the file ends inside a character")])


def _windows(byte: int) -> str:
    one = bytes([byte])
    try:
        return one.decode("cp1252")
    except UnicodeDecodeError:
        return "\ufffd"


def _guessed(data: bytes) -> Decoded:
    """Decode bytes whose encoding only their own look can tell."""
    encoding = _guess(data)
    return _recoded(data, encoding, [Finding(GUESSED, KEPT, _shown(data, encoding))])


def _shown(data: bytes, encoding: str) -> str:
    place = re.search(rb"[\x80-\xff]", data)
    start = place.start() if place else 0
    around = data[max(0, start - 20) : start + 20].decode(encoding, errors="replace")
    return f"{encoding}, e.g. {around!r}"


def _guess(data: bytes) -> str:
    """Return the code page that bytes are most likely in."""
    pieces, size = [], 0
    for match in _HIGH_LINES.finditer(data):
        pieces.append(match[0])
        size += len(match[0])
        if size > _SAMPLE:
            break
    sample = b"\n".join(pieces)
    high = [_windows(byte) for byte in sample if byte >= 0x80]
    letters = sum(byte >= 0x80 or chr(byte).isalpha() for byte in sample)
    western = sum(character in _WESTERN for character in high) >= 0.95 * len(high)
    if western and len(high) <= max(0.2 * letters, 4):
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=CODE_PAGES, threshold=0.4).best()
    return "cp1252" if best is None else best.encoding


def _without_nul(found: Decoded) -> Decoded:
    if b"\0" not in found.data:
        return found
    n_nul = found.data.count(0)
    line = found.data.count(b"\n", 0, found.data.index(0)) + 1
    finding = Finding(NUL, MENDED, f"{n_nul:,} removed, the first in line {line:,}")
    return Decoded(found.data.replace(b"\0", b""), found.encoding, [*found.findings, finding])
