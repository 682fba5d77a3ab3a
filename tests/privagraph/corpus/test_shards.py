"""Shards: whole policies that any program reads, and nothing that nobody knows of."""

from __future__ import annotations

import gc
import io
import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import pyoxigraph as ox
import pytest
import zstandard

from privagraph.corpus import shards as module
from privagraph.corpus.frames import framed, unpacked
from privagraph.corpus.manifest import Entry, Manifest, Piece
from privagraph.corpus.places import number_of, part_name
from privagraph.corpus.shards import Shards
from privagraph.errors import GraphError, InputError
from privagraph.loaders.pipeline import MappedSource
from privagraph.mapping import map_policies
from privagraph.queries.folders import ERRORS, MANIFEST
from privagraph.queries.formats import serialized
from privagraph.queries.locks import StoreLock
from privagraph.queries.store import GraphStore


class Counting(Protocol):
    """An extractor that says what it was given."""

    seen: list[str]


Policy = Callable[[str], str]


def content(folder: Path) -> set[ox.Quad]:
    """What a program reads that knows zstd and N-Quads and nothing else."""
    found: set[ox.Quad] = set()
    for path in sorted(folder.glob("part-*.nq.zst")):
        with path.open("rb") as stream:
            text = zstandard.ZstdDecompressor().stream_reader(stream, read_across_frames=True).read()
        found.update(ox.parse(io.BytesIO(text), format=ox.RdfFormat.N_QUADS))
    return found


def quads(graph: Path) -> set[ox.Quad]:
    with GraphStore.open(graph) as store:
        return set(store.unsorted_quads())


def put(place: Shards, name: str, frame: bytes) -> Piece:
    """Add a frame and note it."""
    piece = place.add(frame)
    place.sync()
    account = MappedSource(name, f"https://x.example/{name}", 1, 0, 1, 0, changed=True)
    place.manifest.note([Entry(0, "hash", "way", account, piece)])
    return piece


@contextmanager
def full(place: Shards) -> Iterator[None]:
    """Shards with a frame for which there is no room on the disk."""
    with Path("/dev/full").open("ab") as place._stream:
        place.add(b"too much")
        yield


def test_a_frame_is_what_was_packed_or_an_error(sample_quads: tuple[ox.Quad, ...]) -> None:
    nquads = serialized(sample_quads, ox.RdfFormat.N_QUADS)
    frame = framed(nquads)
    assert set(ox.parse(unpacked(frame), format=ox.RdfFormat.N_QUADS)) == set(sample_quads)
    assert framed(nquads) == frame
    for damaged in (frame[:-1] + bytes([frame[-1] ^ 1]), frame[:-9], b"no frame", zstandard.compress(b"")):
        with pytest.raises(GraphError, match=r"the graph of acme: is damaged .*; map again, with --again"):
            unpacked(damaged, "the graph of acme")
    enormous = frame[:4] + bytes([0xE4]) + (2**60).to_bytes(8, "little") + frame[7:]  # RFC 8878, 3.1.1.1
    with pytest.raises(GraphError, match=r"damaged \(its size makes no sense\)"):
        unpacked(enormous)


def test_a_log_of_errors_that_a_kill_cut_short_is_removed(tmp_path: Path) -> None:
    with Shards(tmp_path / "parts") as place:
        piece = put(place, "a", b"frame")
    half = tmp_path / "parts" / ".errors.jsonl.x1y2.half"
    half.write_bytes(b"{")
    with Shards(tmp_path / "parts") as place:
        assert place.read(piece) == b"frame"
    assert not half.exists()


def test_shards_are_begun_anew_when_they_are_full_and_frames_come_back(tmp_path: Path) -> None:
    with Shards(tmp_path / "parts", largest=20) as place:
        pieces = [put(place, name, name.encode() * 10) for name in "abcd"]
        assert pieces == [Piece(0, 0, 10), Piece(0, 10, 20), Piece(1, 0, 10), Piece(1, 10, 20)]
        assert [place.read(piece) for piece in pieces] == [name.encode() * 10 for name in "abcd"]
    with Shards(tmp_path / "parts", largest=20) as place:
        assert put(place, "e", b"e" * 5) == Piece(2, 0, 5)


def test_what_the_manifest_does_not_know_is_cut_off(tmp_path: Path) -> None:
    parts = tmp_path / "parts"
    with Shards(parts, largest=20) as place:
        put(place, "a", b"a" * 10)
        place.add(b"half a fra")
    (parts / "part-00007.nq.zst").write_bytes(b"of a run that was stopped")
    with Shards(parts, largest=20) as place:
        assert (parts / "part-00000.nq.zst").read_bytes() == b"a" * 10
        assert not (parts / "part-00007.nq.zst").exists()
        assert put(place, "b", b"b" * 10) == Piece(0, 10, 20)


@pytest.mark.parametrize("loss", ["gone", "shorter"])
def test_what_a_lost_shard_held_is_not_believed_any_more(loss: str, tmp_path: Path) -> None:
    parts = tmp_path / "parts"
    with Shards(parts, largest=10) as place:
        for name in "abc":
            put(place, name, name.encode() * 10)
    file = parts / "part-00001.nq.zst"
    file.unlink() if loss == "gone" else file.write_bytes(b"bbb")
    with Shards(parts, largest=10) as place:
        assert [key for key, _ in place.manifest.pieces()] == ["a", "c"]
        assert not file.exists()
        assert put(place, "d", b"d") == Piece(3, 0, 1)


@pytest.mark.parametrize(("size", "left"), [(29, "ab"), (20, "ab"), (15, "a"), (3, "")])
def test_a_shard_that_lost_some_bytes_loses_the_frames_they_were_of(
    size: int, left: str, tmp_path: Path
) -> None:
    parts, file = tmp_path / "parts", tmp_path / "parts" / "part-00000.nq.zst"
    with Shards(parts) as place:
        for name in "abc":
            put(place, name, name.encode() * 10)
    os.truncate(file, size)
    with Shards(parts) as place:
        gone = f"{file} is shorter than it was, and the graphs of {3 - len(left)} of its sources are gone"
        assert (place.losses, place.manifest.lost()) == ((gone,), 3 - len(left))
        assert "".join(key for key, _ in place.manifest.pieces()) == left
        assert (file.read_bytes() if file.exists() else b"").decode() == "".join(name * 10 for name in left)
    with Shards(parts) as place:  # once only, but what is gone stays known
        assert (place.losses, place.manifest.lost()) == ((), 3 - len(left))


def test_what_is_gone_is_told_until_its_source_is_mapped_again(
    folder: Path, tmp_path: Path, finder: Counting
) -> None:
    parts = tmp_path / "parts"
    run: dict[str, Any] = {"extractor": finder, "shards": parts}
    (folder / "stumble.txt").unlink()
    map_policies(folder, **run)
    before = content(parts)
    file = parts / "part-00000.nq.zst"
    os.truncate(file, file.stat().st_size - 1)
    for told in (1, 0):
        report = map_policies(folder / "acme.txt", **run)
        assert (report.totals.kept, report.totals.lost, len(report.losses)) == (1, 1, told)
        logged = [json.loads(line) for line in (parts / ERRORS).read_text().splitlines()]
        assert [(each["source"], each["reason"]) for each in logged if each["code"] == "lost"] == [
            ("copy.txt", "its graph is gone from part-00000.nq.zst, which is shorter than it was")
        ]
    finder.seen.clear()
    report = map_policies(folder, **run)
    assert (finder.seen, report.totals.lost, content(parts)) == (["copy.txt"], 0, before)
    assert '"lost"' not in (parts / ERRORS).read_text()


def test_what_is_gone_and_whose_source_is_gone_too_is_told_once(
    folder: Path, tmp_path: Path, finder: Counting
) -> None:
    parts = tmp_path / "parts"
    run: dict[str, Any] = {"extractor": finder, "shards": parts}
    map_policies(folder, **run)
    file = parts / "part-00000.nq.zst"
    os.truncate(file, file.stat().st_size - 1)
    (folder / "copy.txt").unlink()
    for told in (1, 0):
        report = map_policies(folder, **run)
        assert (report.totals.lost, len(report.losses)) == (0, told)
    assert '"lost"' not in (parts / ERRORS).read_text()


def test_a_damaged_graph_is_mapped_anew_alone_where_it_is_needed(
    folder: Path, tmp_path: Path, finder: Counting
) -> None:
    parts, file = tmp_path / "parts", tmp_path / "parts" / "part-00000.nq.zst"
    run: dict[str, Any] = {"extractor": finder, "shards": parts}
    (folder / "stumble.txt").unlink()
    map_policies(folder, **run)
    before, whole = content(parts), file.read_bytes()
    with Shards(parts) as place:
        birch = next(piece for key, piece in place.manifest.pieces() if key.endswith("birch.md"))
    middle = (birch.start + birch.stop) // 2
    file.write_bytes(whole[:middle] + b"XXXX" + whole[middle + 4 :])
    finder.seen.clear()
    report = map_policies(folder, tmp_path / "graph", **run)
    assert (finder.seen, report.totals.kept, report.totals.lost) == (["birch.md"], 2, 0)
    assert report.losses == (
        f"{file} is damaged, and the graphs of 1 of its sources could not be read, so that they were mapped again",
    )
    assert quads(tmp_path / "graph") == content(parts) == before
    assert map_policies(folder, tmp_path / "graph", **run).losses == ()


@pytest.mark.parametrize("manifest", [None, b""], ids=["gone", "empty"])
def test_shards_whose_manifest_is_lost_are_left_as_they_are(manifest: bytes | None, tmp_path: Path) -> None:
    parts = tmp_path / "parts"
    with Shards(parts) as place:
        put(place, "a", b"weeks of work")
    kept = (parts / MANIFEST).read_bytes()
    (parts / MANIFEST).unlink()
    if manifest is not None:
        (parts / MANIFEST).write_bytes(manifest)
    lost = r"shards, such as part-00000\.nq\.zst, and no manifest\.sqlite .*; put it back from a copy, or map into"
    for _ in range(2):  # and the first refusal has made none that the second would believe
        with pytest.raises(GraphError, match=lost):
            Shards(parts)
        assert (parts / "part-00000.nq.zst").read_bytes() == b"weeks of work"
    (parts / MANIFEST).write_bytes(kept)
    with Shards(parts) as place:
        assert place.read(Piece(0, 0, 13)) == b"weeks of work"


def test_a_damaged_manifest_of_shards_is_not_to_be_deleted(tmp_path: Path) -> None:
    with Shards(tmp_path / "parts") as place:
        put(place, "a", b"weeks of work")
    (tmp_path / "parts" / MANIFEST).write_bytes(b"no database at all " * 100)
    with pytest.raises(GraphError, match=r"is damaged .*; put it back from a copy, or map into a new place"):
        Shards(tmp_path / "parts")


def test_whoever_is_stopped_before_the_manifest_names_anything_goes_on(tmp_path: Path) -> None:
    with Shards(tmp_path / "parts") as place:
        place.add(b"seconds of work")
        place.sync()
    with Shards(tmp_path / "parts") as place:
        assert put(place, "a", b"a") == Piece(0, 0, 1)


def test_frames_that_two_sources_share_stay_shared_and_stale_ones_go(tmp_path: Path) -> None:
    parts, both = tmp_path / "parts", b"A" * 50 + b"B" * 50
    number = number_of(both)
    with Shards(parts) as place:
        (parts / part_name(number)).write_bytes(both)
        for name, start in (("a", 0), ("b", 50), ("another-a", 0), ("another-b", 50)):
            account = MappedSource(name, "urn:x", 1, 0, 1, 0, changed=True)
            place.manifest.note([Entry(0, "hash", "way", account, Piece(number, start, start + 50))])
        place.tidy()
        assert (parts / part_name(number)).exists()
        put(place, "b", b"C" * 20)
        put(place, "another-b", b"D" * 20)
        place.tidy()
        moved = [place.manifest.known(name) for name in ("a", "another-a")]
        assert [each and each.piece for each in moved] == [Piece(0, 40, 90)] * 2
    assert {each.name: each.read_bytes() for each in parts.glob("part-*")} == {
        "part-00000.nq.zst": b"C" * 20 + b"D" * 20 + b"A" * 50
    }


def test_a_shard_is_not_removed_for_a_copy_that_lacks_a_policy(tmp_path: Path) -> None:
    parts = tmp_path / "parts"
    with Shards(parts, largest=10) as place:
        for name in "ab":
            put(place, name, name.encode() * 10)
        account = MappedSource("a", "urn:a", 1, 0, 1, 0, changed=True)
        place.manifest.note([Entry(0, "hash", "way", account, Piece(0, 8, 12))])
        with pytest.raises(GraphError, match=r"part-00000\.nq\.zst: holds less than .* and map again"):
            place.tidy()
        assert (parts / "part-00000.nq.zst").read_bytes() == b"a" * 10


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full, as Linux has it")
def test_shards_on_a_full_disk_let_go_of_all_they_hold(tmp_path: Path) -> None:
    place = Shards(tmp_path / "parts")
    with (
        full(place),
        pytest.raises(GraphError, match="the disk is full; free some space and map again"),
        place,
    ):
        place.sync()
    StoreLock(tmp_path / "parts", writing=True).release()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        place.manifest._connection.execute("SELECT 1")
    gc.collect()  # and no stream is closed later, with an error that nobody sees


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full, as Linux has it")
def test_shards_that_are_closed_on_a_full_disk_say_so(tmp_path: Path) -> None:
    place = Shards(tmp_path / "parts")
    with full(place), pytest.raises(GraphError, match="the disk is full"), place:
        pass
    with Shards(tmp_path / "parts"):
        pass


def test_a_start_that_fails_leaves_nothing_open(
    tmp_path: Path, closed_again: Callable[[Callable[[], object]], Manifest]
) -> None:
    manifest = closed_again(lambda: Shards(tmp_path / "parts"))
    assert Path(manifest.location).parent == tmp_path / "parts"
    StoreLock(tmp_path / "parts", writing=True).release()


def test_shards_and_store_hold_the_same_and_either_is_enough_to_go_on(
    folder: Path, tmp_path: Path, finder: Counting
) -> None:
    graph, parts = tmp_path / "graph", tmp_path / "parts"
    run: dict[str, Any] = {"extractor": finder, "shards": parts}
    map_policies(folder, graph, **run)
    assert content(parts) == quads(graph)
    finder.seen.clear()
    assert map_policies(folder, graph, **run).totals.kept == 3
    for other in (tmp_path / "another", tmp_path / "graph.nq"):  # loaded from the shards, not mapped
        assert map_policies(folder, other, **run).totals.kept == 3
        assert quads(other) == quads(graph)
    assert set(finder.seen) == {"stumble.txt"}


def test_what_is_mapped_anew_takes_the_place_of_the_older_graph(
    folder: Path, tmp_path: Path, finder: Counting, policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LARGEST", 1)
    parts, fresh = tmp_path / "parts", tmp_path / "fresh"
    run: dict[str, Any] = {"extractor": finder}
    map_policies(folder, shards=parts, **run)
    (folder / "birch.md").write_text(policy("Beech"))
    finder.seen.clear()
    map_policies(folder, shards=parts, **run)
    assert finder.seen == ["birch.md", "stumble.txt"]
    map_policies(folder, shards=fresh, **run)
    assert content(parts) == content(fresh)
    map_policies(folder, shards=parts, min_confidence=0.5, **run)
    map_policies(folder, shards=tmp_path / "sure", min_confidence=0.5, **run)
    assert content(parts) == content(tmp_path / "sure")


def test_the_same_input_gives_the_same_bytes(folder: Path, tmp_path: Path, finder: Counting) -> None:
    run: dict[str, Any] = {"extractor": finder}
    for name in ("one", "two"):
        map_policies(folder, shards=tmp_path / name, **run)
    one, two = ((tmp_path / name / "part-00000.nq.zst").read_bytes() for name in ("one", "two"))
    assert one == two


def test_shards_in_the_folder_that_is_mapped_are_no_sources(folder: Path, finder: Counting) -> None:
    run: dict[str, Any] = {"extractor": finder}
    for _ in range(2):
        report = map_policies(folder, shards=folder / "parts", **run)
        assert (report.totals.mapped, report.totals.left_out, report.passed_over) == (3, 2, ("photo.png",))


def test_a_store_that_is_there_may_have_shards_in_it(folder: Path, tmp_path: Path, finder: Counting) -> None:
    graph, run = tmp_path / "graph", {"extractor": finder}
    map_policies(folder, graph, **run)
    for _ in range(2):
        report = map_policies(folder, graph, shards=graph / "parts", **run)
        assert (report.totals.mapped, content(graph / "parts")) == (3, quads(graph))


def test_a_folder_of_other_things_is_not_written_to(folder: Path, tmp_path: Path, finder: Counting) -> None:
    run: dict[str, Any] = {"extractor": finder}
    with pytest.raises(GraphError, match=r"a folder with other files, such as acme\.txt; name a new one"):
        map_policies(folder, shards=folder, **run)
    (tmp_path / "file").write_text("do not touch")
    with pytest.raises(GraphError, match="a file is there, and shards are a folder"):
        map_policies(folder, shards=tmp_path / "file", **run)
    with pytest.raises(InputError, match="hold no versions of policies"):
        map_policies(folder, tmp_path / "graph", shards=tmp_path / "parts", versions=True, **run)
    (tmp_path / "link").symlink_to(tmp_path / "new", target_is_directory=True)
    for same in ("new", "link", "policies/../new"):
        with pytest.raises(InputError, match="is to hold both a graph and shards; name another place for"):
            map_policies(folder, tmp_path / "new", shards=tmp_path / same, **run)
    for graph, shards, why in (
        ("new/graph", "new", "lies in the folder of the shards"),
        ("link/deep/graph.nq", "new", "lies in the folder of the shards"),
        ("new", "link/parts", "is to be made where shards are to lie in it"),
    ):
        with pytest.raises(InputError, match=f"{why}.*; name another place for"):
            map_policies(folder, tmp_path / graph, shards=tmp_path / shards, **run)
    assert not (tmp_path / "new").exists()
    with pytest.raises(InputError, match="there is no place for the graph"):
        map_policies(folder, **run)
