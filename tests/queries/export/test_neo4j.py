"""The CSV files for Neo4j's importer: every relationship's ends exist, and nothing of the network is missing."""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx
import pytest

from privagraph.errors import GraphError
from privagraph.queries.export import FORMATS, export
from privagraph.queries.store import GraphStore

Network = networkx.MultiDiGraph
TYPES = {"string", "string[]", "long", "double", "boolean", "ID", "LABEL", "START_ID", "END_ID", "TYPE"}


@pytest.fixture
def tables(exported: Callable[..., Path]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Nodes and relationships, read by the importer's rules."""
    csv.field_size_limit(sys.maxsize)
    folder = exported("neo4j", "neo4j")
    return read(folder / "nodes.csv"), read(folder / "relationships.csv")


def read(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8", newline="") as stream:
        header, *rows = list(csv.reader(stream, strict=True))
    columns = [field.rpartition(":")[::2] for field in header]
    assert {type_ for _, type_ in columns} <= TYPES
    assert len({name for name, _ in columns if name}) == len([name for name, _ in columns if name])
    assert all(len(row) == len(columns) for row in rows)
    parsers: dict[str, Callable[[str], object]] = {
        "string[]": lambda text: text.split("\x1f"),
        "LABEL": lambda text: text.split("\x1f"),
        "long": int,
        "double": float,
        "boolean": lambda text: {"true": True, "false": False}[text],
    }
    return [
        {
            name or type_: parsers.get(type_, str)(cell)
            for (name, type_), cell in zip(columns, row, strict=True)
            if cell
        }
        for row in rows
    ]


def test_every_relationship_has_its_ends(tables: tuple[list[dict[str, Any]], ...]) -> None:
    nodes, relationships = tables
    names = [node["iri"] for node in nodes]
    assert len(set(names)) == len(names)
    assert {each[end] for each in relationships for end in ("START_ID", "END_ID")} <= set(names)


def test_nothing_of_the_network_is_missing(
    tables: tuple[list[dict[str, Any]], ...], network: Network
) -> None:
    nodes, relationships = tables
    assert {node["iri"]: node["label"] for node in nodes} == dict(network.nodes(data="label"))
    for node in nodes:
        data = network.nodes[node["iri"]]
        assert node.get("types", []) == data["types"]
        assert node["LABEL"][:2] == ["Privagraph", data["kind"].capitalize()]
        assert len(node["LABEL"]) == len(set(node["LABEL"])) >= 1 + len(data["types"])
        if "evidence" in data:
            assert json.loads(node["evidence"]) == json.loads(json.dumps(data["evidence"], default=str))
    kept = Counter(
        (each["START_ID"], each["END_ID"], each["relation"], tuple(each.get("quotes", ())))
        for each in relationships
    )
    assert kept == Counter(
        (start, end, key, tuple(data["quotes"]))
        for start, end, key, data in network.edges(keys=True, data=True)
    )
    records = sum(len(json.loads(each["evidence"])) for each in relationships)
    assert records == sum(len(data["evidence"]) for *_, data in network.edges(data=True)) >= 40


def test_a_denial_is_no_fact_by_its_type(tables: tuple[list[dict[str, Any]], ...]) -> None:
    nodes, relationships = tables
    denied = [each for each in relationships if each.get("polarity") == "denied"]
    assert len(denied) >= 6
    assert all("DENIED" in each["TYPE"] for each in denied)
    assert not [each for each in relationships if each not in denied and "DENIED" in each["TYPE"]]
    practices = [node for node in nodes if "DeniedPractice" in node["LABEL"]]
    assert len(practices) == sum(node.get("polarity") == "denied" for node in nodes) >= 3


def test_text_over_several_lines_is_whole(tables: tuple[list[dict[str, Any]], ...], network: Network) -> None:
    nodes, _ = tables
    texts = {node["iri"]: node["pg_text_en"] for node in nodes if "pg_text_en" in node}
    assert len(texts) >= 1
    assert all("\n" in text and text == network.nodes[iri]["pg:text@en"] for iri, text in texts.items())


def test_a_folder_is_made_and_a_file_is_no_folder(network_store: GraphStore, tmp_path: Path) -> None:
    written = export(network_store, "neo4j", tmp_path / "new" / "folder")
    assert (
        [file.name for file in written.files]
        == ["nodes.csv", "relationships.csv"]
        == list(FORMATS["neo4j"].files)
    )
    (tmp_path / "file").write_text("here")
    with pytest.raises(GraphError, match="cannot be made a folder"):
        export(network_store, "neo4j", tmp_path / "file")
