"""The network as a Cypher script for Neo4j and other databases that speak openCypher.

A statement ends in a semicolon and a line end; as no text holds a line end, the two together part the statements. Nodes
and relationships come in batches, at least one for each set of labels and each type. All are merged: running the script
twice changes nothing, and a concept that another export brought is taken, not doubled. Before the first batch a
constraint makes IRIs unique, and quick to find; a database without constraints can do without it.

Cypher: https://neo4j.com/docs/cypher-manual/current/syntax/
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from privagraph.queries.export.output import Output, Written
from privagraph.queries.export.property_graph import LABEL, Node, PropertyGraph, Relationship, Value
from privagraph.queries.export.source import Source

__all__ = ["write"]

_Member = TypeVar("_Member", Node, Relationship)

_BATCH = 500
_CONSTRAINT = f"CREATE CONSTRAINT privagraph_iri IF NOT EXISTS FOR (n:{LABEL}) REQUIRE n.iri IS UNIQUE"
_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
_SPECIAL = re.compile(r"[\\'\x00-\x1f\x7f-\x9f\u2028\u2029]")


def write(source: Source, output: Output) -> Written:
    """Write the network as a Cypher script."""
    graph = PropertyGraph(source.network)
    with output.open() as stream:
        for statement in (_CONSTRAINT, *_nodes(graph.nodes), *_relationships(graph.relationships)):
            stream.write(statement.encode() + b";\n")
    return Written.of(source.network)


def _nodes(nodes: Iterable[Node]) -> Iterator[str]:
    groups: dict[tuple[str, ...], list[Node]] = defaultdict(list)
    for node in nodes:
        groups[node.labels].append(node)
    for (_, *labels), members in sorted(groups.items()):
        marks = "".join(f":{label}" for label in labels)
        for batch in _batches(members):
            rows = (_map({"iri": node.iri, **node.properties}) for node in batch)
            yield f"{_unwind(rows)}\nMERGE (n:{LABEL} {{iri: row.iri}})\nSET n{marks}, n += row"


def _relationships(relationships: Iterable[Relationship]) -> Iterator[str]:
    groups: dict[str, list[Relationship]] = defaultdict(list)
    for each in relationships:
        groups[each.type].append(each)
    for type_, members in sorted(groups.items()):
        for batch in _batches(members):
            rows = (
                f"{{source: {_literal(each.start)}, target: {_literal(each.end)}, properties: {_map(each.properties)}}}"
                for each in batch
            )
            yield (
                f"{_unwind(rows)}\n"
                f"MATCH (a:{LABEL} {{iri: row.source}}), (b:{LABEL} {{iri: row.target}})\n"
                f"MERGE (a)-[r:{type_} {{relation: row.properties.relation}}]->(b)\n"
                "SET r += row.properties"
            )


def _batches(members: Sequence[_Member]) -> Iterator[Sequence[_Member]]:
    return (members[at : at + _BATCH] for at in range(0, len(members), _BATCH))


def _unwind(rows: Iterable[str]) -> str:
    return "UNWIND [\n  " + ",\n  ".join(rows) + "\n] AS row"


def _map(properties: Mapping[str, Value]) -> str:
    return "{" + ", ".join(f"`{name}`: {_literal(value)}" for name, value in properties.items()) + "}"


def _literal(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(_literal, value)) + "]"
    return "'" + _SPECIAL.sub(lambda found: _escaped(found[0]), value) + "'"


def _escaped(character: str) -> str:
    return _ESCAPES.get(character) or f"\\u{ord(character):04X}"
