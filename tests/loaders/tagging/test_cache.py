"""The cache of what the tagger read: it changes nothing but the time, and never stops anything."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from privagraph.loaders.document import Document
from privagraph.loaders.tagging.cache import PassageCache, default_folder, entry_name
from privagraph.loaders.tagging.tagger import Tagger, tagger

Read = Callable[[str], Document]
POLICY = """# Privacy at Kestrel Kites

We collect your name, your e-mail address 📍 and café orders to deliver kites.

We may share them with couriers. You can ask us to erase your data.
"""


class Counting:
    """A session that counts how often it is run."""

    def __init__(self, session: Any) -> None:
        self.session, self.runs = session, 0

    def run(self, *arguments: Any) -> Any:
        self.runs += 1
        return self.session.run(*arguments)


@pytest.fixture
def counting() -> tuple[Tagger, Counting]:
    real = tagger()
    session = Counting(real._session)
    return Tagger(session, real._tokenizer, real.card, identity=lambda: b"a model"), session


@pytest.fixture
def cache(tmp_path: Path) -> PassageCache:
    return PassageCache(tmp_path / "cache")


def test_the_second_reading_is_the_first(
    counting: tuple[Tagger, Counting], cache: PassageCache, document: Read
) -> None:
    model, session = counting
    read = document(POLICY)
    plain, first = model.read(read), model.read(read, cache=cache)
    runs = session.runs
    second = model.read(read, cache=PassageCache(cache.folder))
    assert session.runs == runs
    assert plain.spans == first.spans == second.spans
    assert np.array_equal(plain.pieces.probabilities, second.pieces.probabilities)


def test_hints_and_models_have_entries_of_their_own(
    counting: tuple[Tagger, Counting], cache: PassageCache, document: Read
) -> None:
    model, session = counting
    read = document(POLICY)
    model.read(read, cache=cache)
    once = session.runs
    at = read.text.index("your name")
    hinted = model.read(read, [(at, at + 9, "data_category")], cache=cache)
    assert session.runs > once
    assert hinted.spans == model.read(read, [(at, at + 9, "data_category")]).spans
    other = Tagger(session, model._tokenizer, model.card, identity=lambda: b"another model")
    before = session.runs
    other.read(read, cache=cache)
    assert session.runs == before + once


def test_the_model_is_told_apart_once_and_only_for_a_cache(
    counting: tuple[Tagger, Counting], cache: PassageCache, document: Read
) -> None:
    asked: list[bytes] = []

    def identity() -> bytes:
        asked.append(b"a model")
        return asked[-1]

    model = Tagger(counting[1], counting[0]._tokenizer, counting[0].card, identity=identity)
    model.read(document(POLICY))
    assert asked == []
    for _ in range(2):
        model.read(document(POLICY), cache=cache)
    assert asked == [b"a model"]


def test_entries_that_are_kept(cache: PassageCache) -> None:
    cache.put({b"one": b"first", b"two": b""})
    cache.put({b"one": b"changed"})  # a name stands for its content, so the first one is right
    assert cache.get([b"one", b"two", b"three"]) == {b"one": b"first", b"two": b""}
    assert cache.get([bytes([n // 250, n % 250]) for n in range(2000)]) == {}


def test_nothing_is_made_by_looking(cache: PassageCache) -> None:
    assert cache.get([b"one"]) == {}
    cache.put({})
    assert not cache.folder.exists()


def test_names_depend_on_where_parts_end() -> None:
    assert entry_name(b"ab", b"c") != entry_name(b"a", b"bc")


def test_it_stays_within_its_bound(tmp_path: Path) -> None:
    cache = PassageCache(tmp_path, largest=200_000)
    random = np.random.default_rng(0)
    names = [number.to_bytes(4, "big") for number in range(600)]
    logs = []
    for begin in range(0, 600, 20):
        cache.put({name: random.bytes(2_000) for name in names[begin : begin + 20]})
        logs.append((tmp_path / "passages.sqlite-wal").stat().st_size)
    assert 0 in logs  # it is emptied when entries are dropped
    assert names[-1] in cache.get(names[-20:])
    assert names[0] not in cache.get(names[:20])
    cache.close()
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) < 400_000


def test_two_use_one_file(cache: PassageCache) -> None:
    other = PassageCache(cache.folder)
    cache.put({b"one": b"1"})
    other.put({b"two": b"2"})
    assert cache.get([b"two"]) == {b"two": b"2"}
    assert other.get([b"one"]) == {b"one": b"1"}


def test_a_file_that_another_process_holds_is_left_to_it(cache: PassageCache) -> None:
    class Held:
        def execute(self, *_: object) -> None:
            raise sqlite3.OperationalError("database is locked")

        def close(self) -> None: ...

    held: Any = Held()
    cache.put({b"one": b"1"})
    other = PassageCache(cache.folder)
    other._connection = held
    assert other.get([b"one"]) == {}
    assert cache.get([b"one"]) == {b"one": b"1"}
    assert (cache.folder / "passages.sqlite").is_file()


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + bytes(4000)])
def test_a_damaged_file_is_made_anew(cache: PassageCache, damage: bytes) -> None:
    cache.folder.mkdir()
    (cache.folder / "passages.sqlite").write_bytes(damage)
    cache.put({b"one": b"1"})
    assert cache.get([b"one"]) in ({}, {b"one": b"1"})
    cache.close()
    again = PassageCache(cache.folder)
    again.put({b"one": b"1"})
    assert again.get([b"one"]) == {b"one": b"1"}


def test_damaged_entries_are_no_entries(cache: PassageCache) -> None:
    cache.put({b"one": b"1"})
    with sqlite3.connect(cache.folder / "passages.sqlite") as file:
        file.execute("UPDATE entry SET data = x'00'")
    file.close()
    assert cache.get([b"one"]) == {}


def test_a_place_that_is_none_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    cache = PassageCache(tmp_path / "file" / "cache")
    cache.put({b"one": b"1"})
    assert cache.get([b"one"]) == {}


def test_the_usual_place_is_the_users() -> None:
    assert default_folder().parts[-2:] == ("privagraph", "passages")
