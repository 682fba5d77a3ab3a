"""Answers on disk: kept whole, found again, and no worse than missing when they are damaged."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from privagraph.errors import InputError
from privagraph.loaders.llm.cache import AnswerCache, default_folder

KEY = AnswerCache.key("model", "digest", {"text": "Grüße 🏠 \ud800"})


def test_a_key_depends_on_all_its_parts() -> None:
    assert len(KEY) == 64
    assert len({KEY, AnswerCache.key("model", "digest"), AnswerCache.key("modeld", "igest")}) == 3


def test_what_was_put_is_got(tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path / "deep" / "answers")
    assert cache.get(KEY) is None
    cache.put(KEY, [{"quote": "Grüße 🏠 \ud800"}])
    cache.put(KEY, [{"quote": "again"}])
    assert AnswerCache(tmp_path / "deep" / "answers").get(KEY) == [{"quote": "again"}]
    (file,) = (path for path in tmp_path.rglob("*") if path.is_file())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"null", b"[]", b"\xff\xfe", b'{"key": "other", "answer": []}', b"[" * 99_999]
)
def test_a_damaged_file_counts_as_none(damage: bytes, tmp_path: Path) -> None:
    cache = AnswerCache(tmp_path)
    cache.put(KEY, [])
    (file,) = tmp_path.rglob("*.json")
    file.write_bytes(damage)
    assert cache.get(KEY) is None
    cache.put(KEY, [])
    assert cache.get(KEY) == []


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match=r"answers cannot be kept there.*--llm-cache"):
        AnswerCache(tmp_path / "file").put(KEY, [])


def test_the_usual_folder_is_the_users_own() -> None:
    assert default_folder().is_absolute()
    assert "privagraph" in str(default_folder())
