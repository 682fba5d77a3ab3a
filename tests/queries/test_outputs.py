"""Where a run puts its policies."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox
import pytest

from privagraph.errors import GraphError
from privagraph.queries import outputs
from privagraph.queries.formats import serialized
from privagraph.queries.outputs import OUTPUT_FORMATS, GraphOutput
from privagraph.queries.store import GraphStore

Quads = tuple[ox.Quad, ...]


def by_policy(quads: Quads) -> dict[str, list[ox.Quad]]:
    graphs: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        graphs.setdefault(quad.graph_name.value, []).append(quad)
    return graphs


def put(place: Path | str, quads: Quads, kind: str | None = None, reviews: Path | None = None) -> None:
    with GraphOutput(place, kind=kind, reviews=reviews) as output:
        for policy, graph in by_policy(quads).items():
            output.write(policy, "here.md", serialized(graph, ox.RdfFormat.N_QUADS))
        output.complete()


@pytest.mark.parametrize("name", ["graph", "graph.trig", "graph.nq", "graph.jsonld", "deep/down/graph"])
def test_what_is_put_can_be_opened(name: str, tmp_path: Path, sample_quads: Quads) -> None:
    put(tmp_path / name, sample_quads)
    with GraphStore.open(tmp_path / name) as store:
        assert set(store.quads()) == set(sample_quads)


@pytest.mark.parametrize("kind", OUTPUT_FORMATS)
def test_the_kind_can_be_said(kind: str, tmp_path: Path, sample_quads: Quads) -> None:
    put(tmp_path / "some.thing", sample_quads, kind)
    assert (tmp_path / "some.thing").is_dir() == (kind == "store")


def test_a_store_is_added_to_and_a_file_is_replaced(tmp_path: Path, sample_quads: Quads) -> None:
    first, second = by_policy(sample_quads).values()
    for name in ("graph", "graph.nq"):
        put(tmp_path / name, tuple(first))
        put(tmp_path / name, tuple(second))
    with GraphStore.open(tmp_path / "graph") as store, GraphStore.open(tmp_path / "graph.nq") as file:
        assert len(store.policies()) == 2
        assert len(file.policies()) == 1


def test_a_store_keeps_what_was_done_before_an_interruption(tmp_path: Path, sample_quads: Quads) -> None:
    (policy, quads), _ = by_policy(sample_quads).items()
    for name in ("graph", "graph.nq"):
        with suppress(KeyboardInterrupt), GraphOutput(tmp_path / name) as output:
            output.write(policy, "here.md", serialized(quads, ox.RdfFormat.N_QUADS))
            raise KeyboardInterrupt
    with GraphStore.open(tmp_path / "graph") as store:
        assert store.policies() == [policy]
    assert not (tmp_path / "graph.nq").exists()


@pytest.mark.parametrize("name", ["graph", "graph.nq"])
def test_without_a_policy_nothing_is_made(name: str, tmp_path: Path) -> None:
    put(tmp_path / name, ())
    assert list(tmp_path.iterdir()) == []


def test_many_policies_move_to_disk_and_leave_nothing_behind(
    tmp_path: Path, sample_quads: Quads, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "memory.trig", sample_quads)
    monkeypatch.setattr(outputs, "_IN_MEMORY", 10)
    put(tmp_path / "disk.trig", sample_quads)
    assert (tmp_path / "disk.trig").read_bytes() == (tmp_path / "memory.trig").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["disk.trig", "memory.trig"]


@pytest.mark.parametrize(
    ("name", "kind", "reason"),
    [
        ("full", None, "a folder with other files, not a graph; name a new folder"),
        ("full", "store", "a folder with other files, not a graph"),
        ("full", "nq", "a folder is there; choose another name"),
        ("note.txt", "store", "a file is there, and a store is a folder"),
        ("note", None, "a file is there, and a store is a folder"),
        ("graph.json", None, r"no graph is written as \.json; use one of \.trig \.nq \.ttl \.jsonld"),
        ("graph.rdf", None, r"no graph is written as \.rdf"),
        ("graph", "turtle", "no graph is written as 'turtle'; use one of store, trig"),
        ("graph", "rdf", "no graph is written as 'rdf'"),
        ("graph.nq", "trig", r"the name does not say TriG; let it end in \.trig"),
        ("missing/graph.nq", None, "there is no folder .*missing; make the folder first"),
    ],
)
def test_a_place_that_will_not_do_is_refused_before_anything_is_mapped(
    name: str, kind: str | None, reason: str, tmp_path: Path
) -> None:
    (tmp_path / "full").mkdir()
    for file in ("full/thesis.txt", "note.txt", "note"):
        (tmp_path / file).write_text("do not touch")
    with pytest.raises(GraphError, match=reason):
        GraphOutput(tmp_path / name, kind=kind)
    assert (tmp_path / "full" / "thesis.txt").read_text() == "do not touch"


def test_a_file_holds_no_older_version(tmp_path: Path) -> None:
    with pytest.raises(
        GraphError, match="a file is written anew, so it has no older version; write to a store"
    ):
        GraphOutput(tmp_path / "graph.trig", revision_of="acme.html")


def test_a_final_slash_says_folder(tmp_path: Path, sample_quads: Quads) -> None:
    put(f"{tmp_path}/acme.com/", sample_quads)
    assert (tmp_path / "acme.com").is_dir()
    put(tmp_path / "acme.com", sample_quads)
    with GraphStore.open(tmp_path / "acme.com") as store:
        assert len(store.policies()) == 2


@pytest.mark.parametrize("name", ["graph", "graph.nq"])
def test_what_was_opened_is_closed_where_the_place_cannot_be_used(
    name: str, tmp_path: Path, sample_quads: Quads, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "reviews", sample_quads)
    put(tmp_path / name, sample_quads)

    def fail(_place: Path) -> None:
        raise GraphError(name, "the disk fails", "get another one")

    monkeypatch.setattr(outputs, "clear_leftovers", fail)
    with GraphStore.open(tmp_path / "graph", writable=True):  # it is in use, and so cannot be written to
        with pytest.raises(GraphError), GraphOutput(tmp_path / name, reviews=tmp_path / "reviews"):
            raise AssertionError
        GraphStore.open(tmp_path / "reviews", writable=True).close()


def test_all_are_closed_and_nothing_is_left_behind_where_one_cannot_be_closed(
    tmp_path: Path, sample_quads: Quads, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "reviews", sample_quads)
    closed: list[str] = []
    close = GraphStore.close

    def fail(self: GraphStore) -> None:
        close(self)
        closed.append(Path(self.location).suffix)
        if closed[-1] == ".half":
            raise GraphError(self.location, "the disk is full", "free some space")

    monkeypatch.setattr(outputs, "_IN_MEMORY", 10)
    monkeypatch.setattr(GraphStore, "close", fail)
    with pytest.raises(GraphError, match="the disk is full"):
        put(tmp_path / "graph.nq", sample_quads, reviews=tmp_path / "reviews")
    assert ".half" in closed
    assert sorted(each.name for each in tmp_path.iterdir()) == ["graph.nq", "reviews"]
    GraphStore.open(tmp_path / "reviews", writable=True).close()
