from __future__ import annotations

import gc
import gzip
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
import zstandard

from privagraph.loaders.collections.compression import DamagedError, opened, unpacked

WORDS = b"".join(b"%d policies\n" % number for number in range(50_000))
PACKED: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("a.gz", gzip.compress),
    ("a.zst", zstandard.compress),
]


def ready(path: Path) -> tuple[bytes, str]:
    """All lines that come before the end or the break, and why it broke."""
    got: list[bytes] = []
    with opened(path) as stream:
        try:
            got.extend(stream)
        except DamagedError as error:
            return b"".join(got), str(error)
    return b"".join(got), ""


@pytest.mark.parametrize(("name", "pack"), PACKED)
def test_several_members_are_one_file(tmp_path: Path, name: str, pack: Callable[[bytes], bytes]) -> None:
    path = tmp_path / name
    path.write_bytes(pack(b"one\n") + pack(b"") + pack(WORDS) + pack(b"two\n") + b"\0" * 100)
    assert ready(path) == (b"one\n" + WORDS + b"two\n", "")


@pytest.mark.parametrize(("name", "pack"), PACKED)
def test_before_the_break_all_lines_are_handed_out(
    tmp_path: Path, name: str, pack: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / name
    packed = pack(WORDS)
    path.write_bytes(packed[:-5])
    lines, why = ready(path)
    assert "too early" in why
    assert WORDS.startswith(lines)
    assert len(lines) >= len(WORDS) - 131_072 - 20  # a block of Zstandard, and a line
    path.write_bytes(pack(WORDS) + b"no member")
    assert ready(path)[0] == WORDS
    path.write_bytes(packed[:-2000] + b"\xff" * 2000)
    lines, why = ready(path)
    assert WORDS.startswith(lines)
    assert why


def test_what_is_skipped_and_the_dictionary_in_front(tmp_path: Path) -> None:
    path = tmp_path / "a.zst"
    path.write_bytes(struct.pack("<II", 0x184D2A50, 5) + b"aside" + zstandard.compress(WORDS))
    assert ready(path) == (WORDS, "")
    dictionary = zstandard.train_dictionary(4000, [WORDS[at : at + 200] for at in range(0, 200_000, 200)])
    packed = zstandard.ZstdCompressor(dict_data=dictionary).compress(WORDS)
    for stored in (dictionary.as_bytes(), zstandard.compress(dictionary.as_bytes())):
        path.write_bytes(struct.pack("<II", 0x184D2A5D, len(stored)) + stored + packed)
        assert ready(path) == (WORDS, "")


@pytest.mark.parametrize("stored", [b"\x37\xa4\x30\xec12345678", zstandard.compress(WORDS)[:-5]])
def test_a_damaged_dictionary_leaves_no_file_open(tmp_path: Path, stored: bytes) -> None:
    path = tmp_path / "a.zst"
    path.write_bytes(struct.pack("<II", 0x184D2A5D, len(stored)) + stored + zstandard.compress(WORDS))
    with pytest.raises(DamagedError, match=r"damaged|too early"), opened(path):
        raise AssertionError
    gc.collect()  # a file that was left open would warn, and a warning is an error here


@pytest.mark.parametrize(("name", "pack"), PACKED)
def test_a_bomb_is_unpacked_as_far_as_it_is_read(
    tmp_path: Path, name: str, pack: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / name
    path.write_bytes(pack(bytes(40_000_000)))
    with opened(path) as stream:
        assert stream.read1(1000) == bytes(1000)
        assert stream.behind <= path.stat().st_size
    assert unpacked(path.read_bytes(), {"a.gz": "gzip", "a.zst": "zstd"}[name], limit=5000) == bytes(5000)


def test_a_file_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="no regular file"):
        opened(tmp_path)
    with pytest.raises(FileNotFoundError):
        opened(tmp_path / "gone.gz")
