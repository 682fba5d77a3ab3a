"""Shards at addresses, in a store of objects that lives in the memory of this process."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from privagraph.corpus.manifest import Entry, Manifest, Piece
from privagraph.corpus.places import FIRST_OF_CONTENT, number_of, part_name, place_at, unfinished_name
from privagraph.corpus.remote import RemoteShards
from privagraph.errors import GraphError, InputError, MissingDependencyError
from privagraph.loaders.pipeline import MappedSource
from privagraph.mapping import map_policies
from privagraph.queries.folders import ERRORS, MANIFEST
from privagraph.queries.store import GraphStore

fsspec = pytest.importorskip("fsspec", reason="fsspec is not installed: pip install -e '.[cluster]'")


@pytest.fixture
def address() -> Iterator[str]:
    """An address at which nothing lies."""
    yield "memory://test/parts"
    files = fsspec.filesystem("memory")
    if files.exists("/test"):
        files.rm("/test", recursive=True)


def entry(name: str, piece: Piece | None, *, place: int = 0) -> Entry:
    account = MappedSource(name, f"urn:{name}", 1, 0, 1, 0, changed=True)
    return Entry(place, "hash", "way", account, piece)


def test_what_was_added_is_there_afterwards(address: str) -> None:
    with RemoteShards(address) as shards:
        pieces = [shards.add(b"one"), shards.add(b"other")]
        assert shards.read(pieces[1]) == b"other"
        shards.sync()
        shards.manifest.note([entry(str(number), piece) for number, piece in enumerate(pieces)])
    place = place_at(address)
    assert set(place.sizes()) == {MANIFEST, "part-00000.nq.zst"}
    with RemoteShards(address) as shards:
        known = shards.manifest.known("1")
        assert known is not None
        assert known.piece == pieces[1]
        assert shards.read(pieces[0]) == b"one"
        assert shards.add(b"third").shard == 1
    assert place.read("part-00001.nq.zst") == b"third"


def test_what_the_manifest_does_not_know_is_removed(address: str) -> None:
    place = place_at(address)
    with RemoteShards(address) as shards:
        shards.manifest.note([entry("a", shards.add(b"one"))])
    orphan = part_name(number_of(b"written by a worker whose run is over"))
    place.put(orphan, b"written by a worker whose run is over")
    with RemoteShards(address) as shards:
        assert shards.manifest.known("a") is not None
    assert set(place.sizes()) == {MANIFEST, "part-00000.nq.zst"}


@pytest.mark.parametrize(
    ("content", "left"), [(None, ""), (b"on", ""), (b"onetw", "a"), (b"onetwo", "ab")], ids=str
)
def test_what_is_not_there_is_not_believed(address: str, content: bytes | None, left: str) -> None:
    place = place_at(address)
    with RemoteShards(address) as shards:
        for name, frame in zip("ab", (b"one", b"two"), strict=True):
            shards.manifest.note([entry(name, shards.add(frame))])
    place.remove("part-00000.nq.zst")
    if content is not None:
        place.put("part-00000.nq.zst", content)
    with RemoteShards(address) as shards:
        assert "".join(key for key, _ in shards.manifest.pieces()) == left
        assert shards.manifest.lost() == 2 - len(left)
        what = "not there any more" if content is None else "shorter than it was"
        told = f"{address}/part-00000.nq.zst is {what}, and the graphs of {2 - len(left)} of its sources are gone"
        assert shards.losses == ((told,) if len(left) < 2 else ())
        shards.tidy()
    whole = [each for name in place.sizes() if name.startswith("part-") and (each := place.read(name))]
    assert whole == ([b"onetwo"[: 3 * len(left)]] if left else [])


def test_shards_with_what_was_mapped_anew_are_written_anew(address: str) -> None:
    place = place_at(address)
    number = number_of(b"onetwo")
    with RemoteShards(address) as shards:
        place.put(part_name(number), b"onetwo")
        shards.manifest.note([entry("b", Piece(number, 3, 6))])
        shards.tidy()
        moved = shards.manifest.known("b")
    assert moved is not None
    assert moved.piece == Piece(0, 0, 3)
    assert place.read("part-00000.nq.zst") == b"two"
    assert place.size(part_name(number)) is None


def test_shards_whose_manifest_is_lost_are_left_as_they_are(address: str) -> None:
    place = place_at(address)
    with RemoteShards(address) as shards:
        shards.manifest.note([entry("a", shards.add(b"weeks of work"))])
    kept = place.read(MANIFEST)
    assert kept
    place.remove(MANIFEST)
    for _ in range(2):
        with pytest.raises(GraphError, match=r"no manifest\.sqlite .*; put it back from a copy, or map into"):
            RemoteShards(address)
    assert set(place.sizes()) == {"part-00000.nq.zst"}
    place.put(MANIFEST, b"no database at all " * 100)
    with pytest.raises(GraphError, match=rf"^{address}/{MANIFEST}: is damaged .*; put it back from a copy"):
        RemoteShards(address)
    place.put(MANIFEST, kept)
    with RemoteShards(address) as shards:
        assert shards.read(Piece(0, 0, 13)) == b"weeks of work"


def test_whoever_is_killed_before_the_manifest_was_put_goes_on(address: str) -> None:
    place = place_at(address)
    killed = RemoteShards(address)
    killed.add(b"seconds of work")
    killed._put()
    with RemoteShards(address) as shards:
        shards.manifest.note([entry("a", shards.add(b"one"))])
    assert place.read("part-00000.nq.zst") == b"one"
    killed.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)


@pytest.mark.parametrize("content", [None, b"onet"], ids=["missing", "shorter"])
def test_a_shard_that_cannot_be_read_whole_is_not_tidied_away(address: str, content: bytes | None) -> None:
    place = place_at(address)
    number = number_of(b"onetwo")
    with RemoteShards(address) as shards:
        place.put(part_name(number), b"onetwo and more")
        shards.manifest.note([entry("a", Piece(number, 0, 3)), entry("b", Piece(number, 3, 6))])
        read = shards._place.read
        shards._place.read = lambda name: content  # type: ignore[method-assign]  # what a network does now and then
        with pytest.raises(GraphError, match=rf"{part_name(number)}: holds less than .* and map again"):
            shards.tidy()
        shards._place.read = read  # type: ignore[method-assign]
        assert place.size(part_name(number)) is not None
        known = shards.manifest.known("b")
        assert known is not None
        assert known.piece == Piece(number, 3, 6)
        assert shards.read(known.piece) == b"two"


def test_frames_that_two_sources_share_stay_shared_and_stale_ones_go(address: str) -> None:
    place = place_at(address)
    number = number_of(b"onetwo")
    with RemoteShards(address) as shards:
        place.put(part_name(number), b"onetwo")
        pieces = [Piece(number, 0, 3), Piece(number, 0, 3), Piece(number, 3, 6)]
        shards.manifest.note([entry(name, piece) for name, piece in zip("abc", pieces, strict=True)])
        shards.tidy()
        assert place.size(part_name(number)) == 6
        shards.manifest.note([entry("c", None)])
        shards.tidy()
        assert [piece for _, piece in shards.manifest.pieces()] == [Piece(0, 0, 3)] * 2
    assert place.sizes().keys() == {MANIFEST, "part-00000.nq.zst"}


def test_a_start_that_fails_leaves_nothing_open(
    address: str, closed_again: Callable[[Callable[[], object]], Manifest]
) -> None:
    manifest = closed_again(lambda: RemoteShards(address))
    assert not Path(manifest.location).parent.exists()


def test_names_that_look_like_those_of_shards_are_nobodys_business(address: str) -> None:
    place = place_at(address)
    others = {"part-one.nq.zst", "part-7.nq.zst", "part-00000.nq.zst.bak"}
    with RemoteShards(address):
        for name in others:
            place.put(name, b"")
    with RemoteShards(address):
        pass
    assert set(place.sizes()) == {MANIFEST, *others}


def test_a_shard_that_was_not_written_to_its_end_goes(address: str) -> None:
    place = place_at(address)
    place.put(unfinished_name(), b"half")
    with RemoteShards(address):
        assert set(place.sizes()) == {MANIFEST}


def test_a_run_on_this_machine_writes_there_too(address: str, tmp_path: Path) -> None:
    policy = "Privacy Policy of Acme\n\nWe collect your email address to send you our newsletter.\n"
    (tmp_path / "acme.txt").write_text(policy)
    (tmp_path / "empty.txt").write_text("")
    report = map_policies(tmp_path, shards=address, extractor="lexicon")
    assert report.errors == f"{address}/{ERRORS}"
    place = place_at(address)
    assert set(place.sizes()) == {MANIFEST, ERRORS, "part-00000.nq.zst"}
    again = map_policies(tmp_path, tmp_path / "graph", shards=address, extractor="lexicon")
    assert again.totals.kept == 1
    with GraphStore.open(tmp_path / "graph") as store:
        assert len(list(store.policies())) == 1
    (tmp_path / "empty.txt").write_text(policy.replace("Acme", "Birch"))
    map_policies(tmp_path, shards=address, extractor="lexicon")
    assert ERRORS not in place.sizes()


def test_numbers_by_content_do_not_meet_those_that_are_counted() -> None:
    numbers = {number_of(str(each).encode()) for each in range(1000)}
    assert len(numbers) == 1000
    assert min(numbers) >= FIRST_OF_CONTENT
    assert max(numbers) < 2**63  # what the manifest can hold
    assert part_name(7) == "part-00007.nq.zst"


def test_a_file_of_a_folder_appears_whole(tmp_path: Path) -> None:
    place = place_at(str(tmp_path))
    place.put("part-00000.nq.zst", b"one")
    place.put("part-00000.nq.zst", b"another")
    assert place.sizes() == {"part-00000.nq.zst": 7}
    assert place.read("part-00001.nq.zst") is None
    place.remove("part-00001.nq.zst")
    with pytest.raises(GraphError, match="cannot be used from"):
        place_at(str(tmp_path / "nowhere")).put("part-00000.nq.zst", b"one")


def test_kinds_of_addresses_that_nobody_knows() -> None:
    with pytest.raises(InputError, match="no kind of address is odd://"):
        place_at("odd://bucket")


def test_fsspec_is_an_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(MissingDependencyError, match=r"privagraph\[cluster\]"):
        place_at("s3://bucket/graphs")


def test_kinds_of_addresses_that_need_a_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "s3fs", None)
    with pytest.raises(MissingDependencyError, match="install s3fs"):
        place_at("s3://bucket/graphs")
