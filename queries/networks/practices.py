"""Policies, their practices, and what each practice is about.

The part of the whole network that says what is done: nodes and edges are those of
:mod:`privagraph.queries.networks.whole`, without what policies say outside practices and without where a graph came
from. It is read by queries for what it needs, which is several times as fast; and an edge that no words of its own
state, such as that from a policy to its practice, rests on the passage of the practice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from privagraph.ontology.namespaces import expand
from privagraph.queries.networks.filters import Filters
from privagraph.queries.networks.reading import Reading, asked, fact, local_name, read
from privagraph.queries.networks.row import PracticeRow
from privagraph.queries.networks.whole import PROPERTIES, readable
from privagraph.queries.store import GraphStore

if TYPE_CHECKING:
    import networkx

__all__ = ["practices"]

_Network: TypeAlias = "networkx.MultiDiGraph[str]"
_Edge: TypeAlias = tuple[str, str, str]

_ABOUT = (
    "dpv:hasProcessing",
    "pg:processing",
    "dpv:hasDataProcessor",
    *sorted({name for names in PROPERTIES.values() for name in names} - {"dpv:hasDataProtectionOfficer"}),
    "pg:deniedLocation",
    "pg:deniedStorageCondition",
    "pg:deniedTechnicalOrganisationalMeasure",
)
"""The properties that lead out of a practice."""
_PERIODS = """
SELECT ?policy ?period ?mention ?label WHERE {
  GRAPH ?policy { ?period a pg:RetentionPeriod ; pg:mention ?mention ; rdfs:label ?label }
}
"""
_LABELS = """
SELECT ?policy ?practice ?label WHERE {
  GRAPH ?policy { ?policy dpv:hasProcess|pg:deniesPractice ?practice . ?practice rdfs:label ?label }
}
"""
_ARGUMENTS = """
SELECT ?policy ?practice ?mention ?role ?polarity ?start ?end ?quote WHERE {
  GRAPH ?policy {
    ?practice pg:hasArgument ?mention .
    ?mention pg:role ?role ; pg:polarity ?polarity ; oa:hasTarget/oa:hasSelector ?position , ?words .
    ?position oa:start ?start ; oa:end ?end .
    ?words oa:exact ?quote .
  }
}
"""


def practices(store: GraphStore, filters: Filters) -> _Network:
    """Policies, practices and what these are about.

    Args:
        store: The graph.
        filters: Which practices; those that are denied too, marked, where the polarity is not said.

    Raises:
        GraphError: There is no such policy.
    """
    return _Practices(store, filters).built()


class _Practices:
    """One such network while it is made."""

    def __init__(self, store: GraphStore, filters: Filters) -> None:
        self._ask = partial(asked, store, filters.policies)
        self._reading: Reading = read(store, filters, otherwise="both")
        self._rows: dict[str, PracticeRow] = {row.iri: row for row in self._reading.rows}
        self._edges: dict[_Edge, list[dict[str, Any]]] = {}
        self._polarities: dict[_Edge, str] = {}
        self._own: dict[str, dict[str, Any]] = {}
        """The attributes of nodes that the reading does not know."""

    def built(self) -> _Network:
        import networkx

        for row in self._rows.values():
            step = "dpv:hasProcess" if row.polarity == "affirmed" else "pg:deniesPractice"
            self._add((row.policy, row.iri, step), row.polarity)
        for name in dict.fromkeys(_ABOUT):
            for _, practice, value in self._ask(fact(name)):
                if practice in self._rows:
                    self._add((practice, value, name), self._rows[practice].polarity)
        self._add_practices()
        self._add_words()
        self._add_operators()
        network: _Network = networkx.MultiDiGraph()
        for node in sorted({end for edge in self._edges for end in edge[:2]}):
            network.add_node(node, **(self._own.get(node) or self._reading.node(node)))
        for edge in sorted(self._edges):
            network.add_edge(*edge, **self._attributes(edge))
        return network

    def _add(self, edge: _Edge, polarity: str) -> list[dict[str, Any]]:
        self._polarities.setdefault(edge, polarity)
        return self._edges.setdefault(edge, [])

    def _add_practices(self) -> None:
        for _, practice, label in self._ask(_LABELS):
            if row := self._rows.get(practice):
                self._own[practice] = {
                    "label": label,
                    "kind": "practice",
                    "types": ["pg:AffirmedPractice" if row.polarity == "affirmed" else "pg:DeniedPractice"],
                    "polarity": row.polarity,
                    "modality": row.evidence["modality"],
                    "evidence": row.evidence,
                }

    def _add_words(self) -> None:
        """Put each argument on the edge that it states; one that states none has an edge of its own."""
        stated: dict[str, str] = {}
        for _, period, mention, label in self._ask(_PERIODS):
            stated[mention] = period
            self._own[period] = {"label": label, "kind": "retention", "types": ["pg:RetentionPeriod"]}
        for name in ("pg:concept", "pg:agent"):
            for _, mention, value in self._ask(fact(name)):
                if name == "pg:agent" or mention not in stated:
                    stated[mention] = value
        for policy, practice, mention, role, mark, start, end, quote in self._ask(_ARGUMENTS):
            if row := self._rows.get(practice):
                record = {
                    "mention": mention,
                    "policy": policy,
                    "role": local_name(role),
                    "polarity": local_name(mark),
                    "start": int(start),
                    "end": int(end),
                    "quote": quote,
                }
                target = stated.get(mention)
                if target is None:
                    target = mention
                    self._own[mention] = {"label": quote, "kind": "phrase", "types": []}
                self._add(*self._edge_of(row, target, record)).append(record)

    def _edge_of(self, row: PracticeRow, target: str, record: Mapping[str, Any]) -> tuple[_Edge, str]:
        """The edge that an argument states, and its polarity; a denial never states what is done."""
        against = record["polarity"] == "denied" and row.polarity == "affirmed"
        for name in () if against else PROPERTIES.get(record["role"], ()):
            if (row.iri, target, name) in self._edges:
                return (row.iri, target, name), row.polarity
        key = f"pg:{record['role']}" + (" denied" if against else "")
        return (row.iri, target, key), "denied" if against else row.polarity

    def _add_operators(self) -> None:
        """Who runs the services that practices lead to."""
        reached = defaultdict[_Edge, list[dict[str, Any]]](list)
        for (practice, service, _), records in self._edges.items():
            for operator, homes in self._reading.operators.get(service, {}).items():
                if practice in self._rows and self._rows[practice].policy in homes:
                    reached[service, operator, "pg:operatedBy"] += records or [self._rows[practice].evidence]
        for edge, records in reached.items():
            self._add(edge, "").extend(records)

    def _attributes(self, edge: _Edge) -> dict[str, Any]:
        source, target, key = edge
        row = self._rows.get(source) or self._rows.get(target)
        records = self._edges[edge] or ([row.evidence] if row else [])
        records = sorted(records, key=lambda each: (each["policy"], each["start"], each.get("mention", "")))
        property_ = expand(key.removesuffix(" denied"))
        return {
            "label": readable(property_),
            "property": property_,
            "polarity": self._polarities[edge],
            "weight": len({each["policy"] for each in records}),
            "policies": sorted({each["policy"] for each in records}),
            "evidence": records,
            "quotes": list(dict.fromkeys(each["quote"] for each in records)),
        }
