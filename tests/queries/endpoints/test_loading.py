from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from privagraph.errors import GraphError, InputError, ServiceError
from privagraph.ontology.namespaces import expand
from privagraph.queries.endpoints.addresses import AUTHORIZATION
from privagraph.queries.endpoints.connection import Patience
from privagraph.queries.endpoints.loading import load_graph
from privagraph.queries.store import GraphStore

if TYPE_CHECKING:
    from tests.queries.endpoints.conftest import Troubled

QUICK = Patience(attempts=4, first_pause=0.01, longest_pause=1.0, step_seconds=20)
TYPE, POLICY = ox.NamedNode(expand("rdf:type")), ox.NamedNode(expand("pg:PrivacyPolicy"))
FROM, FILE_NAME = ox.NamedNode(expand("prov:wasDerivedFrom")), ox.NamedNode(expand("pg:fileName"))
FILE = ox.NamedNode(expand("pg:SourceFile"))


def quads_at(url: str) -> list[ox.Quad]:
    with GraphStore.open(url) as remote:
        return list(remote.quads())


def policy(number: int, *, source: str = "a.txt", size: int = 3) -> list[ox.Quad]:
    """The least that is a policy, and some more."""
    name = ox.NamedNode(f"https://w3id.org/privagraph/id/policy/{number:016x}")
    file = ox.NamedNode(f"{name.value}/source/{source}")
    said = [ox.Quad(name, ox.NamedNode(f"urn:p{each}"), ox.Literal(each), name) for each in range(size)]
    return [
        ox.Quad(name, TYPE, POLICY, name),
        ox.Quad(name, FROM, file, name),
        ox.Quad(file, TYPE, FILE, name),
        ox.Quad(file, FILE_NAME, ox.Literal(source), name),
        *said,
    ]


def written(place: Path, *policies: list[ox.Quad]) -> Path:
    place.write_bytes(b"".join(ox.serialize(each, format=ox.RdfFormat.N_QUADS) or b"" for each in policies))
    return place


@pytest.mark.parametrize("way", ["update", "graph store"])
def test_a_graph_is_on_the_server_as_it_was(
    way: str, sparql_server: str, sample_file: Path, sample_store: GraphStore
) -> None:
    store = sparql_server.replace("/query", "/store") if way == "graph store" else None
    first = load_graph(sample_file, endpoint=sparql_server, graph_store_url=store)
    quads = list(sample_store.quads())
    assert (first.policies, first.sent, first.unchanged, first.quads) == (2, 2, 0, len(quads))
    assert first.requests == (2 if store else 1)
    assert quads_at(sparql_server) == quads
    second = load_graph(sample_file, endpoint=sparql_server, graph_store_url=store)
    assert (second.sent, second.unchanged, second.requests) == (0, 2, 0)
    third = load_graph(sample_file, endpoint=sparql_server, graph_store_url=store, again=True)
    assert (third.sent, third.unchanged) == (2, 0)
    assert quads_at(sparql_server) == quads


def test_a_policy_that_changed_takes_the_place_of_the_old_one(sparql_server: str, tmp_path: Path) -> None:
    place = written(tmp_path / "graph.nq", policy(1), policy(2), policy(3, size=0))
    load_graph(place, endpoint=sparql_server)
    written(place, policy(1), policy(2, size=1), policy(3))
    report = load_graph(place, endpoint=sparql_server)
    assert (report.policies, report.sent, report.unchanged) == (3, 2, 1)
    assert set(quads_at(sparql_server)) == {*policy(1), *policy(2, size=1), *policy(3)}


def test_a_policy_that_left_the_server_is_sent_again(sparql_server: str, tmp_path: Path) -> None:
    place = written(tmp_path / "graph.nq", policy(1), policy(2))
    load_graph(place, endpoint=sparql_server, state=tmp_path / "sent")
    import httpx

    update = sparql_server.replace("/query", "/update")
    gone = f"DROP GRAPH <{policy(1)[0].graph_name.value}>"  # type: ignore[union-attr]
    kind = {"Content-Type": "application/sparql-update"}
    assert httpx.post(update, content=gone, headers=kind, trust_env=False).is_success
    assert load_graph(place, endpoint=sparql_server, state=tmp_path / "sent").sent == 1
    assert set(quads_at(sparql_server)) == {*policy(1), *policy(2)}


@pytest.mark.parametrize("jobs", [1, 3])
@pytest.mark.parametrize("to_server", [True, False])
def test_one_policy_of_several_files_keeps_them_all(
    jobs: int, to_server: bool, sparql_server: str, tmp_path: Path
) -> None:
    shards = tmp_path / "shards"
    shards.mkdir()
    written(shards / "part-00000.nq", policy(1), policy(2), policy(1, source="b.txt"))
    written(shards / "part-00001.nq", policy(3), policy(1, source="c.txt"), policy(1, source="d.txt"))
    written(shards / ".part-unfinished.nq", policy(4)[:2])
    store = tmp_path / "graph"
    for run in range(2):
        if to_server:
            report = load_graph(shards, endpoint=sparql_server, jobs=jobs)
        else:
            report = load_graph(shards, output=store)
        assert report.policies == 3
        assert report.sent == (3 if run == 0 else 0)
        assert set(quads_at(sparql_server if to_server else str(store))) == {
            *policy(1),
            *policy(1, source="b.txt"),
            *policy(1, source="c.txt"),
            *policy(1, source="d.txt"),
            *policy(2),
            *policy(3),
        }


def test_small_policies_go_together_and_large_ones_alone(sparql_server: str, tmp_path: Path) -> None:
    place = written(tmp_path / "graph.nq", *(policy(number) for number in range(20)), policy(20, size=200))
    report = load_graph(place, endpoint=sparql_server, batch=5000)
    assert report.sent == 21
    assert 2 <= report.requests <= 6
    assert len(quads_at(sparql_server)) == report.quads == 20 * 7 + 204


@pytest.mark.parametrize("fault", ["503", "429", "drop", "mute"])
@pytest.mark.parametrize("way", ["update", "graph store"])
def test_trouble_that_passes_loses_and_doubles_nothing(
    fault: str, way: str, troubled: Troubled, tmp_path: Path
) -> None:
    place = written(tmp_path / "graph.nq", *(policy(number) for number in range(6)))
    troubled.faults = ["", "", "", fault, fault, "", fault]
    store = troubled.url.replace("/query", "/store") if way == "graph store" else None
    report = load_graph(place, endpoint=troubled.url, graph_store_url=store, batch=1000, patience=QUICK)
    assert report.sent == 6
    assert not troubled.faults
    assert sorted(quads_at(troubled.url), key=str) == sorted(
        (quad for number in range(6) for quad in policy(number)), key=str
    )


def test_trouble_that_stays_ends_the_load_and_the_next_goes_on(troubled: Troubled, tmp_path: Path) -> None:
    place = written(tmp_path / "graph.nq", *(policy(number) for number in range(6)))
    state = tmp_path / "sent"
    troubled.faults = ["", "", "", "", ""] + ["500"] * 9
    with pytest.raises(ServiceError, match=r"fails \(HTTP 500: busy\)") as told:
        load_graph(place, endpoint=troubled.url, state=state, batch=1, patience=QUICK)
    said = re.search(
        r"; ([1-5]) policies were loaded and 0 were there already: the same command", str(told.value)
    )
    assert said is not None
    troubled.faults = []
    report = load_graph(place, endpoint=troubled.url, state=state, batch=1, patience=QUICK)
    assert report.policies == 6
    assert report.unchanged == int(said[1])
    assert report.sent == 6 - report.unchanged
    assert set(quads_at(troubled.url)) == {quad for number in range(6) for quad in policy(number)}


def test_a_load_that_was_killed_goes_on(troubled: Troubled, tmp_path: Path) -> None:
    place = written(tmp_path / "graph.nq", *(policy(number, size=20) for number in range(60)))
    state = tmp_path / "sent"
    source = (
        "import sys\nfrom privagraph.queries.endpoints.loading import load_graph\n"
        "load_graph(sys.argv[1], endpoint=sys.argv[2], state=sys.argv[3], batch=1)\n"
    )
    command = [sys.executable, "-c", source, str(place), troubled.url, str(state)]
    troubled.faults = [""] * 14 + ["hold"]
    with subprocess.Popen(command) as process:
        try:
            assert troubled.holding.wait(60), "the load never came to its fifteenth request"
        finally:
            process.kill()
            process.wait(timeout=20)
    before = quads_at(troubled.url)
    graphs = [quad.graph_name for quad in before]
    assert {graphs.count(graph) for graph in set(graphs)} == {24}  # whole policies only
    assert 0 < len(before) < 60 * 24
    report = load_graph(place, endpoint=troubled.url, state=state, patience=QUICK)
    assert report.policies == 60
    assert (
        report.unchanged >= len(before) // 24 - 2
    )  # what the server had not confirmed, or the record not noted
    assert sorted(map(str, quads_at(troubled.url))) == sorted(
        str(quad) for number in range(60) for quad in policy(number, size=20)
    )


def test_wrong_credentials_and_servers_that_only_read_are_said(
    troubled: Troubled, sample_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ServiceError, match=r"has nothing at this address|does not take this here"):
        load_graph(sample_file, endpoint=troubled.url, update_url=troubled.url.replace("/query", "/nowhere"))
    troubled.password = "Bearer right"
    monkeypatch.setenv(AUTHORIZATION, "Bearer wrong")
    with pytest.raises(ServiceError, match="wants to know who asks") as caught:
        load_graph(sample_file, endpoint=troubled.url)
    assert "Bearer" not in str(caught.value)


def test_a_file_that_breaks_off_sends_nothing(sparql_server: str, tmp_path: Path) -> None:
    place = written(tmp_path / "graph.nq", policy(1), policy(2))
    place.write_bytes(place.read_bytes()[:-4])
    with pytest.raises(GraphError, match="breaks off in the middle of a line"):
        load_graph(place, endpoint=sparql_server)
    assert quads_at(sparql_server) == []


def test_hostile_words_stay_words(sparql_server: str, tmp_path: Path) -> None:
    quads = policy(1)
    name = quads[0].subject
    assert isinstance(name, ox.NamedNode)
    words = ox.Literal('" } } ; DROP ALL ; INSERT DATA { GRAPH <urn:x> { <urn:x> <urn:x> "\n\\')
    quads.append(ox.Quad(name, ox.NamedNode("urn:said"), words, name))
    load_graph(written(tmp_path / "graph.nq", quads), endpoint=sparql_server)
    assert set(quads_at(sparql_server)) == set(quads)


def test_from_a_server_into_a_store_and_on(sparql_server: str, tmp_path: Path) -> None:
    load_graph(written(tmp_path / "graph.nq", policy(1), policy(2)), endpoint=sparql_server)
    said: list[tuple[int, int]] = []
    report = load_graph(
        sparql_server,
        output=tmp_path / "copy",
        progress=lambda policies, quads, place: said.append((policies, quads)),
    )
    assert (report.sent, report.requests, said) == (2, 0, [(0, 0), (1, 7)])
    assert set(quads_at(str(tmp_path / "copy"))) == {*policy(1), *policy(2)}


@pytest.mark.parametrize("name", ["policies.jsonl", "empty.nq", "empty.nq.zst"])
def test_where_there_is_no_policy_nothing_is_made(name: str, sparql_server: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text('{"id": "acme", "text": "Privacy"}\n' if name == "policies.jsonl" else "")
    for place in ({"output": str(tmp_path / "graph")}, {"endpoint": sparql_server}):
        with pytest.raises(GraphError, match=rf"{name}: holds no graph of a policy; name .*`privagraph map`"):
            load_graph(tmp_path / name, **place)
    assert not (tmp_path / "graph").exists()
    assert quads_at(sparql_server) == []


def test_where_to_load_must_be_one_place(tmp_path: Path, sparql_server: str) -> None:
    for places in ({}, {"endpoint": sparql_server, "output": str(tmp_path / "graph")}):
        with pytest.raises(InputError, match="takes either an endpoint or an output"):
            load_graph(tmp_path, **places)
    with pytest.raises(ServiceError, match="cannot be reached"):
        load_graph(tmp_path, endpoint=re.sub(r":\d+/", ":1/", sparql_server), patience=QUICK)
