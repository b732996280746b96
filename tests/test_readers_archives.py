"""Archives: everything inside is read in memory, within limits, and named by its path."""

from __future__ import annotations

import gzip
import io
import lzma
import random
import stat
import zipfile
from collections.abc import Callable

import pyarrow as pa
import pytest

from framing.readers import read_bytes
from framing.readers.archives import LARGE, MOST_SHRUNK
from framing.readers.record import (
    CUT_OFF,
    DAMAGED,
    EMPTY_FILE,
    ENCRYPTED,
    LINK_OUT,
    TOO_DEEP,
    TOO_LARGE,
    UNKNOWN_FORMAT,
    UNSAFE_NAME,
    Origin,
    Problem,
    Settings,
)

Packer = Callable[[bytes], bytes]
CSV = b"title,text\nRain,It rained.\n"


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def packed_by_zstd(data: bytes) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(data)
    return sink.getvalue().to_pybytes()


def load(data: bytes, name: str, **settings: int) -> tuple[list[str], list[Problem]]:
    """The labels of the parts that have rows, and all problems."""
    parts = list(read_bytes(data, Origin(name), Settings(**settings)))
    labels = [part.origin.label for part in parts if len(part.rows)]
    return labels, [problem for part in parts for problem in part.problems]


def told(problems: list[Problem]) -> list[tuple[object, ...]]:
    return [(p.origin.member, p.what, p.action, p.value) for p in problems]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv.gz", gzip.compress(CSV, mtime=0)),
        ("a.csv.xz", lzma.compress(CSV)),
        ("a.csv.zst", packed_by_zstd(CSV)),
        ("a.csv", gzip.compress(CSV, mtime=0)),
        ("a.csv.gz", CSV),
        ("a.csv.GZ", gzip.compress(CSV, mtime=0)),
        ("a.csv.gz", gzip.compress(CSV[:12], mtime=0) + gzip.compress(CSV[12:], mtime=0)),
    ],
)
def test_one_file_in_any_packing(name: str, data: bytes) -> None:
    assert load(data, name) == ([name], [])


def test_every_member_of_a_zip_is_read_under_its_path() -> None:
    data = zipped(
        {
            "b/a.csv": CSV,
            "TASS/2016-09-02_x.txt": b"Rain\n\nIt rained.",
            "c.csv.gz": gzip.compress(CSV, mtime=0),
            "d.zip": zipped({"e.csv": CSV}),
            "__MACOSX/b/._a.csv": b"junk",
            "f/": b"",
        }
    )
    labels, problems = load(data, "a.zip")
    assert labels == [
        "a.zip::c.csv.gz",
        "a.zip::d.zip/e.csv",
        "a.zip::TASS/2016-09-02_x.txt",
        "a.zip::b/a.csv",
    ]
    assert problems == []


def test_a_member_of_an_unknown_kind_or_without_content_is_recorded() -> None:
    labels, problems = load(zipped({"a.csv": CSV, "b.pdf": b"%PDF-", "c.csv": b""}), "a.zip")
    assert labels == ["a.zip::a.csv"]
    assert told(problems) == [
        ("b.pdf", UNKNOWN_FORMAT, "left out", "b.pdf"),
        ("c.csv", EMPTY_FILE, "left out", None),
    ]


def test_names_that_lead_out_of_an_archive_are_only_names() -> None:
    labels, problems = load(zipped({"../../evil.csv": CSV, "/etc/a.csv": CSV}), "a.zip")
    assert labels == ["a.zip::../../evil.csv", "a.zip::/etc/a.csv"]
    assert told(problems) == [
        ("../../evil.csv", UNSAFE_NAME, "kept", "../../evil.csv"),
        ("/etc/a.csv", UNSAFE_NAME, "kept", "/etc/a.csv"),
    ]


def test_a_link_inside_an_archive_is_not_an_article() -> None:
    info = zipfile.ZipInfo("a.txt")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert told(load(out.getvalue(), "a.zip")[1]) == [("a.txt", LINK_OUT, "left out", "a.txt")]


def test_an_encrypted_member_is_recorded_and_the_others_are_read() -> None:
    data = bytearray(zipped({"a.csv": CSV, "b.csv": CSV}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    labels, problems = load(bytes(data), "a.zip")
    assert labels == ["a.zip::b.csv"]
    assert told(problems) == [("a.csv", ENCRYPTED, "left out", "a.csv")]


def test_a_bomb_is_stopped_by_what_it_unpacks_to() -> None:
    size = LARGE + 2 * 1024**2
    bomb = gzip.compress(b"0" * size)
    assert size > MOST_SHRUNK * len(bomb)
    labels, problems = load(bomb, "a.csv.gz")
    assert labels == []
    value = f"more than {MOST_SHRUNK} times its {len(bomb):,} packed bytes"
    assert told(problems) == [(None, TOO_LARGE, "left out", value)]


def test_the_limit_holds_for_all_members_together() -> None:
    data = zipped({"a.csv": CSV * 10, "b.csv": CSV * 10, "c.csv": CSV * 10})
    labels, problems = load(data, "a.zip", max_bytes=len(CSV) * 15)
    assert labels == ["a.zip::a.csv"]
    assert told(problems) == [
        ("b.csv", TOO_LARGE, "left out", "more bytes than are allowed for one archive")
    ]


def test_a_zip_that_lies_about_its_sizes_is_no_way_round_the_limit() -> None:
    data = zipped({"a.csv": CSV * 1000})
    real = (len(CSV) * 1000).to_bytes(4, "little")
    lying = data.replace(real, (10).to_bytes(4, "little"))
    parts = list(read_bytes(lying, Origin("a.zip"), Settings(max_bytes=len(CSV) * 10)))
    assert sum(len(part.rows) for part in parts) <= 10


def test_archives_inside_archives_end_somewhere() -> None:
    data = CSV
    for _ in range(4):
        data = gzip.compress(data)
    labels, problems = load(data, "a.csv.gz.gz.gz.gz")
    assert labels == []
    assert told(problems) == [(None, TOO_DEEP, "left out", "at most 3 levels are opened")]


@pytest.mark.parametrize("packer", [gzip.compress, lzma.compress, packed_by_zstd])
def test_a_packed_file_cut_in_the_middle_keeps_what_can_be_read(packer: Packer) -> None:
    chance = random.Random(1)
    words = "".join(f"Rain {i},It rained {chance.random()}.\n" for i in range(20_000))
    data = packer(b"title,text\n" + words.encode())
    name = "a.csv.gz"
    parts = list(read_bytes(data[: len(data) // 2], Origin(name), Settings()))
    problems = [problem for part in parts for problem in part.problems]
    assert CUT_OFF in {problem.what for problem in problems}
    assert sum(len(part.rows) for part in parts) > 2_000


@pytest.mark.parametrize("name", ["a.zip", "a.csv.gz"])
def test_what_is_no_archive_is_damaged(name: str) -> None:
    magic = b"PK\x03\x04" if name == "a.zip" else b"\x1f\x8b"
    labels, problems = load(magic + b"nonsense" * 4, name)
    assert labels == []
    assert [problem.what for problem in problems] == [DAMAGED]


def test_a_bad_checksum_is_recorded_and_the_other_members_are_read() -> None:
    data = bytearray(zipped({"a.csv": CSV, "b.csv": CSV}))
    place = data.index(b"PK\x03\x04") + 14
    data[place] ^= 0xFF
    place = data.index(b"PK\x01\x02") + 16
    data[place] ^= 0xFF
    labels, problems = load(bytes(data), "a.zip")
    assert "a.zip::b.csv" in labels
    assert {problem.what for problem in problems} <= {CUT_OFF, DAMAGED}
    assert problems
