"""The store: on disk and in memory, asked and written to, and what it says when it cannot."""

from __future__ import annotations

import multiprocessing
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from privagraph.errors import GraphError, QueryError, QuerySyntaxError
from privagraph.ontology.namespaces import VOCABULARY_GRAPH, expand
from privagraph.queries import opening, waiting
from privagraph.queries import vocabulary as vocabulary_module
from privagraph.queries.formats import serialized
from privagraph.queries.locks import LOCK_FILE
from privagraph.queries.store import GraphStore

Quads = tuple[ox.Quad, ...]


def by_policy(quads: Quads) -> dict[str, list[ox.Quad]]:
    graphs: dict[str, list[ox.Quad]] = {}
    for quad in quads:
        graphs.setdefault(quad.graph_name.value, []).append(quad)
    return graphs


@pytest.fixture
def folder(tmp_path: Path, sample_quads: Quads) -> Path:
    """A store on disk with both policies."""
    place = tmp_path / "graph"
    with GraphStore.open(place, writable=True) as store:
        for policy, quads in by_policy(sample_quads).items():
            assert store.write_policy(policy, quads)
    return place


def ask(store: GraphStore, text: str, **bindings: str) -> list[str]:
    """The first column of a query's rows."""
    found = store.query(text, bindings=bindings)
    assert isinstance(found, ox.QuerySolutions)
    return [row[0].value for row in found]


# On disk


def test_a_store_gives_back_what_was_written(folder: Path, sample_quads: Quads) -> None:
    with GraphStore.open(folder) as store:
        assert set(store.quads()) == set(sample_quads)
        assert store.policies() == sorted(by_policy(sample_quads))


def test_quads_come_in_the_same_order_from_disk_and_memory(folder: Path, sample_store: GraphStore) -> None:
    with GraphStore.open(folder) as store:
        assert list(store.quads()) == list(sample_store.quads())


def test_mapping_the_same_again_changes_nothing(folder: Path, sample_quads: Quads) -> None:
    with GraphStore.open(folder, writable=True) as store:
        before = len(store)
        changed = [store.write_policy(policy, quads) for policy, quads in by_policy(sample_quads).items()]
        assert changed == [False, False]
        assert len(store) == before


def test_a_policy_is_replaced_whole(folder: Path, sample_quads: Quads) -> None:
    policy, quads = next(iter(by_policy(sample_quads).items()))
    mentions = [quad for quad in quads if quad.predicate.value != expand("pg:hasMention")]
    with GraphStore.open(folder, writable=True) as store:
        assert store.write_policy(policy, mentions)
        assert set(store.quads(policy)) == set(mentions)
        assert len(store.policies()) == 2


def test_quads_of_another_graph_are_refused(folder: Path, sample_quads: Quads) -> None:
    policy, quads = next(iter(by_policy(sample_quads).items()))
    stray = ox.Quad(*quads[0].triple, ox.NamedNode("https://x.example/"))
    with GraphStore.open(folder, writable=True) as store:
        with pytest.raises(ValueError, match="another graph"):
            store.write_policy(policy, [*quads[1:], stray])
        assert set(store.quads(policy)) == set(quads)


@pytest.mark.parametrize("on_disk", [True, False])
def test_the_text_of_a_new_policy_is_its_graph(on_disk: bool, tmp_path: Path, sample_quads: Quads) -> None:
    with GraphStore.open(tmp_path / "new", writable=True) if on_disk else GraphStore.in_memory() as store:
        for policy, quads in by_policy(sample_quads).items():
            assert store.add_policy(policy, serialized(quads, ox.RdfFormat.N_QUADS))
            assert not store.add_policy(policy, b"<urn:a> <urn:b> <urn:c> <%b> .\n" % policy.encode())
        assert set(store.quads()) == set(sample_quads)
        assert not store.add_policy(policy, serialized(quads, ox.RdfFormat.N_QUADS))


def test_blank_nodes_in_the_text_of_a_new_policy_keep_their_names(tmp_path: Path) -> None:
    graph = ox.NamedNode("urn:policy")
    quads = {
        ox.Quad(ox.BlankNode("a"), graph, ox.BlankNode("b"), graph),
        ox.Quad(graph, graph, ox.Literal("_:c"), graph),
    }
    with GraphStore.open(tmp_path / "new", writable=True) as store:
        assert store.add_policy(graph.value, serialized(quads, ox.RdfFormat.N_QUADS))
        assert set(store.quads()) == quads


@pytest.mark.parametrize(
    "text", [b"", b"<urn:a> <urn:b> <urn:c> <urn:policy> .", b"<urn:a> <urn:b> <urn:c> <urn:d> .\n"]
)
def test_a_text_that_is_not_of_the_graph_is_refused(text: bytes, tmp_path: Path) -> None:
    with GraphStore.open(tmp_path / "new", writable=True) as store:
        with pytest.raises(ValueError, match="another graph"):
            store.add_policy("urn:policy", b"<urn:a> <urn:b> <urn:c> <urn:policy> .\n" * bool(text) + text)
        assert not list(store.quads())


def test_blank_nodes_that_others_added_go_with_the_old_graph(folder: Path, sample_quads: Quads) -> None:
    policy, quads = next(iter(by_policy(sample_quads).items()))
    graph = ox.NamedNode(policy)
    store = ox.Store(str(folder))
    store.add(ox.Quad(graph, graph, ox.BlankNode(), graph))
    del store
    with GraphStore.open(folder, writable=True) as ours:
        assert ours.write_policy(policy, quads)
        assert set(ours.quads(policy)) == set(quads)


def test_two_readers_share_a_store(folder: Path) -> None:
    with GraphStore.open(folder) as first, GraphStore.open(folder) as second:
        assert first.policies() == second.policies()


def test_a_reader_does_not_touch_the_store(folder: Path) -> None:
    def state() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}

    before = state()
    with GraphStore.open(folder) as store:
        assert store.policies()
    assert state() == before


def test_a_reader_cannot_write(folder: Path, sample_quads: Quads) -> None:
    with GraphStore.open(folder) as store, pytest.raises(GraphError, match="reading only"):
        store.write_policy("https://x.example/", [])
    with GraphStore.open(folder) as store, pytest.raises(GraphError, match="reading only"):
        store.add_policy("https://x.example/", b"")


def test_a_store_that_is_written_is_refused_to_others(folder: Path) -> None:
    with GraphStore.open(folder, writable=True):
        with pytest.raises(GraphError, match="being written by another program; wait"):
            GraphStore.open(folder)
        with pytest.raises(GraphError, match="in use by another program; wait"):
            GraphStore.open(folder, writable=True)
    with GraphStore.open(folder) as store:
        assert store.policies()


def test_a_store_that_is_read_is_refused_to_a_writer(folder: Path) -> None:
    with GraphStore.open(folder), pytest.raises(GraphError, match="in use by another program"):
        GraphStore.open(folder, writable=True)


def test_a_store_of_another_program_is_read_without_our_lock(folder: Path) -> None:
    (folder / LOCK_FILE).unlink()
    with GraphStore.open(folder) as store:
        assert len(store.policies()) == 2
    assert not (folder / LOCK_FILE).exists()


def test_the_databases_own_lock_is_told_as_a_lock(tmp_path: Path) -> None:
    place = tmp_path / "graph"
    held = ox.Store(str(place))
    with pytest.raises(GraphError, match="in use by another program"):
        GraphStore.open(place, writable=True)
    del held


def _crash(place: str) -> None:
    """Write a policy and end without closing anything."""
    graph = ox.NamedNode("https://x.example/policy/1")
    store = GraphStore.open(place, writable=True)
    store.write_policy(graph.value, [ox.Quad(graph, ox.NamedNode(expand("rdf:type")), graph, graph)])
    store.commit()
    os._exit(9)


def test_what_was_written_before_a_crash_is_there_after_it(tmp_path: Path) -> None:
    place = tmp_path / "graph"
    program = multiprocessing.get_context("spawn").Process(target=_crash, args=(str(place),))
    program.start()
    program.join(60)
    assert program.exitcode == 9
    with GraphStore.open(place, writable=True) as store:
        assert [quad.subject.value for quad in store.quads()] == ["https://x.example/policy/1"]
    with GraphStore.open(place) as store:
        assert len(list(store.quads())) == 1


# What is no graph


def test_a_place_where_nothing_is_says_how_to_map(tmp_path: Path) -> None:
    with pytest.raises(
        GraphError, match="no such file or folder; map policies into it first: privagraph map"
    ) as caught:
        GraphStore.open(tmp_path / "nothing")
    assert caught.value.location == str(tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()


def test_an_empty_folder_is_no_graph_to_read_but_a_place_to_write(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="an empty folder"):
        GraphStore.open(tmp_path)
    with GraphStore.open(tmp_path, writable=True) as store:
        assert store.policies() == []


@pytest.mark.parametrize("writable", [True, False])
def test_a_folder_with_other_files_is_left_alone(tmp_path: Path, writable: bool) -> None:
    (tmp_path / "thesis.txt").write_text("do not touch")
    with pytest.raises(GraphError, match="a folder with other files, not a graph"):
        GraphStore.open(tmp_path, writable=writable)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize("writable", [True, False])
def test_a_damaged_store_says_so(folder: Path, writable: bool) -> None:
    (folder / "CURRENT").write_text("junk")
    with pytest.raises(GraphError, match=r"the store is damaged .*; restore it from a copy"):
        GraphStore.open(folder, writable=writable)


def test_a_store_with_a_missing_part_says_so(folder: Path) -> None:
    for part in [*folder.glob("MANIFEST-*"), *folder.glob("*.log"), *folder.glob("*.sst")]:
        part.unlink()
    with pytest.raises(GraphError, match="damaged"):
        GraphStore.open(folder)


def test_a_server_is_not_written_to_as_a_store_is() -> None:
    with pytest.raises(GraphError, match=r"a server is not written to so; .* with `privagraph load`"):
        GraphStore.open("https://sparql.example/query?key=secret", writable=True)


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (PermissionError(13, "Permission denied"), "no permission to open it; check who owns"),
        (OSError("IO error: While open: /g/LOCK: Permission denied"), "no permission to open it"),
        (OSError("IO error: While open: /g/LOCK: Operation not permitted"), "no permission to open it"),
        (OSError(30, "Read-only file system"), "no permission to open it"),
        (OSError("IO error: No space left on device"), "the disk is full; free some space"),
        (OSError("IO error: lock hold by current process"), "in use by another program; wait"),
        (OSError(5, "Input/output error"), "cannot be read or written (Input/output error); check the disk"),
        (RuntimeError("Corruption: bad block"), "the store is damaged (Corruption: bad block); restore it"),
    ],
)
def test_what_the_database_says_is_told_in_plain_words(
    failure: Exception, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(path: str) -> ox.Store:
        raise failure

    monkeypatch.setattr(opening, "Store", fail)
    with pytest.raises(GraphError) as caught:
        GraphStore.open(tmp_path / "graph", writable=True)
    assert said in str(caught.value)
    monkeypatch.undo()
    with GraphStore.open(tmp_path / "graph", writable=True) as store:  # the lock was let go
        assert store.policies() == []


def test_a_folder_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("do not touch")
    with pytest.raises(GraphError, match=r"the folder cannot be made .*; choose another place"):
        GraphStore.open(tmp_path / "file" / "graph", writable=True)


def test_a_pipe_is_no_graph(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(GraphError, match="neither a file nor a folder"):
        GraphStore.open(tmp_path / "pipe")


def test_a_closed_graph_says_so(folder: Path) -> None:
    store = GraphStore.open(folder)
    store.close()
    store.close()
    with pytest.raises(GraphError, match="the graph is closed"):
        store.policies()


def test_only_some_properties_of_a_policy_are_handed_out(sample_store: GraphStore) -> None:
    policy = sample_store.policies()[0]
    wanted = {expand("pg:role"), expand("oa:start")}
    found = set(sample_store.unsorted_quads(policy, properties=wanted))
    assert found == {quad for quad in sample_store.quads(policy) if quad.predicate.value in wanted}
    assert {quad.predicate.value for quad in found} == wanted


def test_an_unknown_policy_is_an_error(sample_store: GraphStore) -> None:
    with pytest.raises(GraphError, match=r"holds no policy https://x\.example/"):
        list(sample_store.quads("https://x.example/"))


# The vocabulary


def test_the_vocabulary_is_there_to_walk_up(sample_store: GraphStore) -> None:
    above = ask(
        sample_store,
        "SELECT ?above WHERE { pd:EmailAddress skos:broader* ?above } ORDER BY ?above",
    )
    assert expand("dpv:PersonalData") in above
    assert VOCABULARY_GRAPH not in {quad.graph_name.value for quad in sample_store.quads()}


def test_the_vocabulary_of_another_release_is_refreshed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = f"SELECT ?release WHERE {{ GRAPH <{VOCABULARY_GRAPH}> {{ ?graph owl:versionInfo ?release }} }}"
    with GraphStore.open(folder) as store:
        size, (first,) = len(store), ask(store, query)
    monkeypatch.setattr(vocabulary_module, "_version", lambda: "DPV 9.9")
    with GraphStore.open(folder, writable=True) as store:
        assert ask(store, query) == ["DPV 9.9"]
        assert len(store) == size
    assert first.startswith("DPV 2.3, files ")


# Asking


def test_a_query_sees_all_graphs_together_unless_told_not_to(sample_store: GraphStore) -> None:
    text = "ASK { ?policy a pg:PrivacyPolicy }"
    assert bool(sample_store.query(text))
    assert not bool(sample_store.query(text, default_union=False))


def test_a_variable_can_be_bound_to_an_iri_or_a_literal(sample_store: GraphStore) -> None:
    policy = sample_store.policies()[0]
    assert ask(
        sample_store, "SELECT ?policy WHERE { GRAPH ?policy { ?policy a pg:PrivacyPolicy } }", policy=policy
    ) == [policy]
    found = sample_store.query(
        "SELECT ?mention ?label WHERE { ?mention a pg:Mention ; rdfs:label ?label }",
        bindings={"label": ox.Literal("couriers")},
    )
    assert isinstance(found, ox.QuerySolutions)
    assert len(list(found)) == 1


def test_a_query_that_is_none_says_where(sample_store: GraphStore) -> None:
    with pytest.raises(QuerySyntaxError, match="not a SPARQL query: error at 1:") as caught:
        sample_store.query("SELECT ?x WHERE { ?x a ")
    assert len(str(caught.value)) < 300
    with pytest.raises(QuerySyntaxError, match="not a SPARQL query"):
        sample_store.query("SELECT ?x WHERE { ?x a nowhere:Thing }")


def test_a_bound_variable_that_is_not_selected_is_an_error(sample_store: GraphStore) -> None:
    with pytest.raises(QueryError, match="zebra"):
        sample_store.query("SELECT ?x WHERE { ?x a pg:Mention }", bindings={"zebra": "https://x.example/"})


def test_a_value_that_is_no_iri_is_an_error(sample_store: GraphStore) -> None:
    with pytest.raises(QueryError, match="cannot be run"):
        sample_store.query("SELECT ?x WHERE { ?x a pg:Mention }", bindings={"x": "no iri"})


# Files


@pytest.mark.parametrize("extension", ["trig", "nq", "jsonld"])
def test_a_file_gives_back_what_was_saved(
    extension: str, tmp_path: Path, sample_store: GraphStore, sample_quads: Quads
) -> None:
    path = tmp_path / f"graph.{extension}"
    sample_store.save(path)
    with GraphStore.open(path) as store:
        assert set(store.quads()) == set(sample_quads)
        assert ask(store, "SELECT ?up WHERE { pd:EmailAddress skos:broader ?up }")


def test_a_file_cannot_be_opened_to_add_to_it(tmp_path: Path, sample_store: GraphStore) -> None:
    path = tmp_path / "graph.trig"
    sample_store.save(path)
    with pytest.raises(GraphError, match="a file cannot be added to"):
        GraphStore.open(path, writable=True)


def test_a_moved_store_works(folder: Path, tmp_path: Path) -> None:
    shutil.move(folder, tmp_path / "moved")
    with GraphStore.open(tmp_path / "moved") as store:
        assert len(store.policies()) == 2


@pytest.fixture
def many(tmp_path: Path, sample_quads: Quads) -> Iterator[GraphStore]:
    """A store on disk that holds a policy forty times under other names."""
    (policy, quads), _ = by_policy(sample_quads).items()
    with GraphStore.open(tmp_path / "many", writable=True) as store:
        for number in range(40):
            name = f"{policy}{number:02}"
            graph = ox.NamedNode(name)

            def renamed(term: Any, name: str = name) -> Any:
                is_ours = isinstance(term, ox.NamedNode) and term.value.startswith(policy)
                return ox.NamedNode(term.value.replace(policy, name)) if is_ours else term

            store.write_policy(
                name, [ox.Quad(renamed(q.subject), q.predicate, renamed(q.object), graph) for q in quads]
            )
        yield store


def test_forty_policies_stay_apart(many: GraphStore) -> None:
    assert len(many.policies()) == 40
    sizes = {len(list(many.quads(policy))) for policy in many.policies()}
    assert len(sizes) == 1


def test_several_policies_are_replaced_at_once(tmp_path: Path) -> None:
    one, two = (ox.NamedNode(f"https://example.org/id/policy/{number}") for number in (1, 2))

    def said(graph: ox.NamedNode, text: str) -> ox.Quad:
        return ox.Quad(graph, ox.NamedNode("https://example.org/says"), ox.Literal(text), graph)

    with GraphStore.open(tmp_path / "graph", writable=True) as store:
        for graph in (one, two):
            store.write_policy(graph.value, [said(graph, "old")])
        assert store.replace_policies({each.value: [said(each, "new")] for each in (one, two)})
        assert not store.replace_policies({one.value: [said(one, "new")]})
        assert set(store.quads()) == {said(one, "new"), said(two, "new")}
    with GraphStore.open(tmp_path / "graph") as store, pytest.raises(GraphError, match="reading only"):
        store.replace_policies({one.value: []})


def test_a_store_that_has_grown_much_is_put_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sample_quads: Quads
) -> None:
    """Where much was written, the database's files are fewer afterwards, and hold the same."""
    files, held = [], []
    for name, many in (("left", 10**9), ("ordered", 100)):
        monkeypatch.setattr(waiting, "_MUCH", many)
        monkeypatch.setattr(waiting, "_FEW", 5_000)
        with GraphStore.open(tmp_path / name, writable=True) as store:
            for graph in sorted({quad.graph_name.value for quad in sample_quads}):
                store.write_policy(graph, [quad for quad in sample_quads if quad.graph_name.value == graph])
        files.append(len(list((tmp_path / name).glob("*.sst"))))
        with GraphStore.open(tmp_path / name) as store:
            held.append(list(store.quads()))
    assert files[1] < files[0]
    assert held[0] == held[1] != []


def test_a_store_that_much_was_loaded_into_is_put_in_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sample_store: GraphStore
) -> None:
    sample_store.save(tmp_path / "sample.nq")
    files = []
    for name, many in (("left", 10**9), ("ordered", 100)):
        monkeypatch.setattr(waiting, "_MUCH", many)
        with GraphStore.open(tmp_path / name, writable=True) as store:
            store.load(tmp_path / "sample.nq")
            store.load(tmp_path / "sample.nq")
        files.append(len(list((tmp_path / name).glob("*.sst"))))
    assert files[1] < files[0]


def test_load_adds_the_graphs_of_a_file(tmp_path: Path, sample_store: GraphStore) -> None:
    sample_store.save(tmp_path / "sample.trig")
    with GraphStore.open(tmp_path / "store", writable=True) as store:
        store.load(tmp_path / "sample.trig")
        assert set(store.unsorted_quads()) == set(sample_store.unsorted_quads())
        assert store.policies() == sample_store.policies()
    with (
        GraphStore.open(tmp_path / "store") as reader,
        pytest.raises(GraphError, match="open for reading only"),
    ):
        reader.load(tmp_path / "sample.trig")
