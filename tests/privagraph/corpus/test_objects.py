"""Addresses behind which packages raise whatever they like."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from privagraph.corpus.partition import look
from privagraph.corpus.places import place_at
from privagraph.errors import GraphError
from privagraph.mapping import map_policies

fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed: pip install -e '.[cluster]'")
NO_KEYS = r"fake://bucket/parts: cannot be used from .* \(NoKeysError: unable to find any\); check .* keys"


class NoKeysError(Exception):
    """What a package raises that is no error of the system."""


def _refused(*_: object, **__: object) -> Any:
    raise NoKeysError("unable to find any\nand a second line")


class Fake(fsspec.AbstractFileSystem):  # type: ignore[misc]  # fsspec has no types
    """A store of objects that finds no keys, or none to be made with."""

    protocol = "fake"
    cachable = False
    refuses_at_once = False
    cat_file = pipe_file = info = ls = rm_file = makedirs = _refused

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        if self.refuses_at_once:
            raise ValueError("name an account")


@pytest.fixture
def address() -> str:
    fsspec.register_implementation("fake", Fake, clobber=True)
    return "fake://bucket/parts"


def test_missing_keys_are_said_at_every_step(address: str) -> None:
    place = place_at(address)
    steps = [
        lambda: place.read("a"),
        lambda: place.put("a", b""),
        lambda: place.size("a"),
        place.sizes,
        lambda: place.remove("a"),
    ]
    for step in steps:
        with pytest.raises(GraphError, match=NO_KEYS) as told:
            step()
        assert "second line" not in str(told.value)


def test_missing_keys_are_said_before_anything_is_mapped_here_and_by_workers(
    address: str, tmp_path: Path
) -> None:
    (tmp_path / "acme.txt").write_text("Privacy Policy of Acme")
    named: list[str] = []
    with pytest.raises(GraphError, match=NO_KEYS):
        map_policies(
            tmp_path,
            shards=address,
            extractor="lexicon",
            progress=lambda _done, _of, name: named.append(name),
        )
    assert named == []
    with pytest.raises(GraphError, match=NO_KEYS):
        look(address, "lexicon", "tcp://worker:1")


def test_an_address_that_cannot_even_be_made_is_no_unknown_kind(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Fake, "refuses_at_once", True)
    with pytest.raises(GraphError, match=r"cannot be used from .* \(ValueError: name an account\)"):
        place_at(address)


def test_folders_are_made_only_where_there_are_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    for kind in ("memory", "local"):
        files = fsspec.filesystem(kind)
        monkeypatch.setattr(type(files), "makedirs", lambda _, path, exist_ok: made.append(path))
    (tmp_path / "parts").mkdir()
    for address in ("memory://test/parts", f"local://{tmp_path}/parts"):
        place = place_at(address)
        place.put("part-00000.nq.zst", b"one")
        assert place.read("part-00000.nq.zst") == b"one"
    assert made == [f"{tmp_path}/parts"]
    fsspec.filesystem("memory").rm("/test", recursive=True)
