"""Shards: whole policies that any program reads, and nothing that nobody knows of."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import pyoxigraph as ox
import pytest
import zstandard

from privagraph.corpus import shards as module
from privagraph.corpus.frames import framed, unpacked
from privagraph.corpus.manifest import Entry, Piece
from privagraph.corpus.shards import Shards
from privagraph.errors import GraphError, InputError
from privagraph.loaders.pipeline import MappedSource
from privagraph.mapping import map_policies
from privagraph.queries.formats import serialized
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


def test_a_frame_is_what_was_packed_or_an_error(sample_quads: tuple[ox.Quad, ...]) -> None:
    nquads = serialized(sample_quads, ox.RdfFormat.N_QUADS)
    frame = framed(nquads)
    assert set(ox.parse(unpacked(frame), format=ox.RdfFormat.N_QUADS)) == set(sample_quads)
    assert framed(nquads) == frame
    with pytest.raises(GraphError, match=r"damaged .*; map again, with --again"):
        unpacked(frame[:-1] + bytes([frame[-1] ^ 1]))


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
        assert [place.manifest.known(name) is None for name in "abc"] == [False, True, False]
        assert not file.exists()
        assert put(place, "d", b"d") == Piece(3, 0, 1)


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


def test_a_folder_of_other_things_is_not_written_to(folder: Path, tmp_path: Path, finder: Counting) -> None:
    run: dict[str, Any] = {"extractor": finder}
    with pytest.raises(GraphError, match=r"a folder with other files, such as acme\.txt; name a new one"):
        map_policies(folder, shards=folder, **run)
    (tmp_path / "file").write_text("do not touch")
    with pytest.raises(GraphError, match="a file is there, and shards are a folder"):
        map_policies(folder, shards=tmp_path / "file", **run)
    with pytest.raises(InputError, match="hold no versions of policies"):
        map_policies(folder, tmp_path / "graph", shards=tmp_path / "parts", versions=True, **run)
    with pytest.raises(InputError, match="there is no place for the graph"):
        map_policies(folder, **run)
