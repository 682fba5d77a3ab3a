"""The network as a property graph: nodes with labels, relationships of a type, both with properties.

What the two formats for Neo4j have in common. A node has the label ``Privagraph``, by which all that was loaded can be
found (and deleted) again, one for its kind (``Practice``) and one for each of its classes (``DeniedPractice``). A
relationship is named like the property it stands for (``HAS_PERSONAL_DATA``), with ``DENIED`` in it where a policy says
that it is not so. The name of a property is that of the attribute in letters, digits and underscores: ``dct:title@en``
is ``dct_title_en``. Lists of text stay lists; ``evidence`` is JSON text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from privagraph.ontology.namespaces import compact
from privagraph.queries.export.flat import flattened
from privagraph.queries.export.naming import constant, distinct, snake

if TYPE_CHECKING:
    import networkx

__all__ = ["LABEL", "Node", "PropertyGraph", "Relationship", "Value"]

Value: TypeAlias = str | bool | int | float | list[str]
"""What a property can hold."""

LABEL = "Privagraph"
"""The label that all nodes have."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node.

    Attributes:
        iri: Its IRI, which is its name.
        labels: Its labels, :data:`LABEL` first.
        properties: Its properties by name, without those that have no value.
    """

    iri: str
    labels: tuple[str, ...]
    properties: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship.

    Attributes:
        start: IRI of the node that it leaves.
        end: IRI of the node that it reaches.
        type: Its type. Two relationships of one type between two nodes differ in their property ``relation``.
        properties: Its properties by name, without those that have no value.
    """

    start: str
    end: str
    type: str
    properties: Mapping[str, Value]


class PropertyGraph:
    """A network as nodes and relationships, in the order of the network.

    Attributes:
        nodes: The nodes.
        relationships: The relationships.
    """

    def __init__(self, network: networkx.MultiDiGraph[str]) -> None:
        flat = flattened(network, lists=True)
        of_nodes = _names(data for _, data in flat.nodes(data=True))
        of_edges = _names(data for *_, data in flat.edges(data=True))
        self.nodes = tuple(
            Node(iri, _labels(network.nodes[iri]), _properties(data, of_nodes))
            for iri, data in flat.nodes(data=True)
        )
        self.relationships = tuple(
            Relationship(start, end, _type(data), _properties(data, of_edges))
            for start, end, data in flat.edges(data=True)
        )


def _names(rows: Iterable[Mapping[str, object]]) -> dict[str, str]:
    return distinct({name for row in rows for name in row}, snake, taken=("iri",))


def _properties(data: Mapping[str, Value], names: Mapping[str, str]) -> dict[str, Value]:
    """Properties by name; an empty list is none, as Neo4j's importer cannot tell it from no value."""
    return {names[name]: value for name, value in data.items() if value != []}


def _type(data: Mapping[str, str]) -> str:
    """The type of a relationship: the property it stands for; of a denial, never one that counts as a fact."""
    made = constant(compact(data["property"]) or data["relation"])
    return made if data.get("polarity") != "denied" or "DENIED" in made else f"{made}_DENIED"


def _labels(data: Mapping[str, object]) -> tuple[str, ...]:
    types = data["types"]
    classes = types if isinstance(types, list) else []
    kind = "".join(word.capitalize() for word in snake(str(data["kind"])).split("_"))
    local = (snake(str(each).rpartition(":")[2].rpartition("/")[2].rpartition("#")[2]) for each in classes)
    return tuple(dict.fromkeys((LABEL, kind, *local)))
