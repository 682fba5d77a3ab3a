"""The Cypher script: an openCypher database that is not Neo4j runs it, and holds what the graph holds."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx
import pytest

Network = networkx.MultiDiGraph


def statements(path: Path) -> list[str]:
    return path.read_text("utf-8").removesuffix(";\n").split(";\n")


def loaded(path: Path, *, times: int = 1) -> Any:
    """A database that ran the script; the constraint on the first line is Neo4j's and left out."""
    ocg = pytest.importorskip("ocg", reason="needs an openCypher database: pip install ocg")
    database = ocg.Graph()
    constraint, *others = statements(path)
    assert constraint.startswith("CREATE CONSTRAINT privagraph_iri IF NOT EXISTS FOR (n:Privagraph) REQUIRE ")
    for _ in range(times):
        for statement in others:
            database.execute(statement)
    return database


def one(database: Any, query: str) -> Any:
    (row,) = database.execute(query)
    (value,) = row.values()
    return value


@pytest.fixture(scope="module")
def database(network_store: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    from privagraph.queries.export import export

    path = tmp_path_factory.mktemp("cypher") / "graph.cypher"
    export(network_store, "cypher", path)
    return loaded(path)


def test_the_database_holds_every_node(database: Any, network: Network) -> None:
    rows = database.execute(
        "MATCH (n:Privagraph) RETURN n.iri AS iri, properties(n) AS data, labels(n) AS labels"
    )
    assert {row["iri"]: row["data"]["label"] for row in rows} == dict(network.nodes(data="label"))
    for row in rows:
        data = network.nodes[row["iri"]]
        assert row["data"].get("types", []) == data["types"]
        assert data["kind"].capitalize() in row["labels"]
    kinds = Counter(kind for _, kind in network.nodes(data="kind"))
    assert one(database, "MATCH (n:Practice) RETURN count(n) AS n") == kinds["practice"] >= 16
    assert one(database, "MATCH (n:DeniedPractice) RETURN count(n) AS n") == 3


def test_the_database_holds_every_edge_with_its_words(database: Any, network: Network) -> None:
    rows = database.execute(
        "MATCH (a)-[r]->(b) RETURN a.iri AS source, b.iri AS target, type(r) AS type, properties(r) AS data"
    )
    found = Counter(
        (row["source"], row["target"], row["data"]["relation"], tuple(row["data"].get("quotes", ())))
        for row in rows
    )
    assert found == Counter(
        (start, end, key, tuple(data["quotes"]))
        for start, end, key, data in network.edges(keys=True, data=True)
    )
    assert sum(len(json.loads(row["data"]["evidence"])) for row in rows) == sum(
        len(data["evidence"]) for *_, data in network.edges(data=True)
    )


def test_the_graph_can_be_asked(database: Any) -> None:
    rows = database.execute(
        "MATCH (p:DeniedPractice)-[r:DENIED_PERSONAL_DATA]->(c:Concept) RETURN p.label AS practice, c.label AS data, "
        "r.quotes AS quotes ORDER BY practice"
    )
    assert {
        "practice": "Not sell: e-mail address",
        "data": "Email Address",
        "quotes": ["e-mail address"],
    } in rows
    assert one(database, "MATCH (:DeniedPractice)-[r:HAS_PERSONAL_DATA]->() RETURN count(r) AS n") == 0


def test_running_it_twice_changes_nothing(
    exported: Callable[..., Path], network_store: Any, database: Any
) -> None:
    again = loaded(exported("cypher"), times=2)
    for query in ("MATCH (n) RETURN count(n) AS n", "MATCH ()-[r]->() RETURN count(r) AS n"):
        assert one(again, query) == one(database, query) > 60


@pytest.mark.parametrize("view", ["flows", "flows-by-data", "sharing", "data", "similarity"])
def test_any_view_can_be_loaded(exported: Callable[..., Path], network_store: Any, view: str) -> None:
    from privagraph.queries.networks import view as seen

    network = seen(network_store, view)
    database = loaded(exported("cypher", view=view))
    assert one(database, "MATCH (n) RETURN count(n) AS n") == len(network)
    assert one(database, "MATCH ()-[r]->() RETURN count(r) AS n") == network.number_of_edges()


def test_no_text_holds_a_line_end(exported: Callable[..., Path]) -> None:
    script = exported("cypher")
    assert script.read_text("utf-8").count(";\n") == len(statements(script))
    for statement in statements(script)[1:]:
        assert statement.startswith("UNWIND [\n  {")
        assert "\nMERGE (" in statement
        assert not set(statement) & {"\r", "\t", "\x01", "\x7f", "\u2028"}
