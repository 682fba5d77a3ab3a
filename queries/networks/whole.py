"""The graph as a network: policies, practices, organisations and concepts as nodes, properties as edges.

RDF keeps the words behind a fact in nodes of their own: a mention, its span, two selectors. In a network they would be
three nodes in four and say little, so they become attributes here. What they hold is all kept:

* a node is whatever has an IRI and is no mention, span or selector. Its literals are its attributes, under their CURIEs
  (``pg:effectiveDate``; with the language where there is one: ``dct:title@en``); several values make a list. ``label``
  is what to show, ``kind`` what it is, ``types`` its classes;
* an edge is a triple between two nodes; its key is the property's CURIE, ``weight`` the number of ``policies`` that
  state it;
* a mention becomes one entry of ``evidence`` on the edge that it supports: from the practice that it is an argument of,
  else from its policy, to the organisation, the concept or the retention period that it states. Where no such triple is
  in the graph, an edge with the role as its key is added (``pg:right_mechanism``). Words that no concept fits become a
  node of kind ``phrase``. A mention that denies supports no edge of a fact: its key ends in ``denied``;
* the passage that states a practice is its ``evidence``.

A denied practice is a node like any other, with ``polarity`` ``denied``, and so are all edges that leave it. It has no
edge ``dpv:hasProcess`` from its policy, but ``pg:deniesPractice``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

import pyoxigraph as ox

from privagraph.ontology.namespaces import VOCABULARY_GRAPH, compact, expand
from privagraph.queries.store import GraphStore
from privagraph.queries.values import value_of

if TYPE_CHECKING:
    import networkx

__all__ = ["PROPERTIES", "in_order", "readable", "to_networkx"]

_Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
_Attributes = dict[str, Any]  # values of any kind that a network's attributes may hold

_TYPE, _LABEL = expand("rdf:type"), expand("rdfs:label")
_MENTION, _TARGET = expand("pg:Mention"), expand("oa:hasTarget")
_HAS_MENTION, _ARGUMENT = expand("pg:hasMention"), expand("pg:hasArgument")
_SELECTOR, _STATED_BY = expand("oa:hasSelector"), expand("pg:mention")
_EVIDENCE, _CONDITION = expand("pg:evidence"), expand("pg:conditionSpan")
_NAMED_VALUES = frozenset(
    map(
        expand,
        (
            *("pg:polarity", "pg:modality", "pg:role", "pg:verdict"),
            *("pg:foundRole", "pg:foundPolarity", "pg:decidedRole", "pg:decidedPolarity"),
        ),
    )
)
_SELECTORS = frozenset(map(expand, ("oa:TextPositionSelector", "oa:TextQuoteSelector")))
_SPAN = expand("oa:SpecificResource")
_IMPLIED = frozenset(map(expand, ("oa:hasBody", "oa:motivatedBy")))
"""What every mention has alike, or has under another name too."""

_KINDS: Mapping[str, str] = {
    expand("pg:PrivacyPolicy"): "policy",
    expand("pg:AffirmedPractice"): "practice",
    expand("dpv:Process"): "practice",
    expand("pg:DeniedPractice"): "practice",
    expand("pg:RetentionPeriod"): "retention",
    expand("pg:SourceFile"): "source",
    expand("prov:Activity"): "activity",
    expand("prov:SoftwareAgent"): "software",
    expand("pg:ReviewDecision"): "decision",
    expand("prov:Person"): "person",
    expand("prov:Agent"): "person",
    expand("dpv:Organisation"): "agent",
    expand("dpv:DataController"): "agent",
    expand("dpv:DataProtectionOfficer"): "agent",
}
"""What a node is, by its class; a node with none of them that is in the vocabulary is a concept."""

_SHORT = {"exact": "quote"}
_curie = lru_cache(maxsize=4096)(
    compact
)  # a few hundred properties and roles, for hundreds of thousands of values


def to_networkx(
    graph: GraphStore | Iterable[ox.Quad], *, policy: str | None = None
) -> networkx.MultiDiGraph[str]:
    """The graph as a directed network with parallel edges.

    Args:
        graph: An open graph, or quads.
        policy: IRI of the one policy to take; all of them when None.

    Returns:
        A network of one's own. Nodes are IRIs, in sorted order, and edges come in sorted order too.

    Raises:
        GraphError: There is no such policy in an open graph.

    Example:
        >>> from privagraph.graph import KnowledgeGraph
        >>> with KnowledgeGraph.map("examples/pinata-habits.md") as graph:
        ...     network = graph.to_networkx()
        >>> sorted({kind for _, kind in network.nodes(data="kind")})[:4]
        ['activity', 'agent', 'concept', 'phrase']
    """
    if isinstance(graph, GraphStore):
        quads: Iterable[ox.Quad] = graph.unsorted_quads() if policy is None else graph.quads(policy)
    else:
        quads = (quad for quad in graph if policy is None or _name(quad.graph_name) == policy)
    return _Network(quads).built()


class _Network:
    """One network while it is made."""

    def __init__(self, quads: Iterable[ox.Quad]) -> None:
        import networkx

        self._graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
        self._about: dict[str, dict[str, dict[_Term, None]]] = defaultdict(lambda: defaultdict(dict))
        """Subject, then predicate, to terms; each once, which a list would have to search for."""
        self._homes: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        """The named graphs of each triple between nodes."""
        self._policies: dict[str, set[str]] = defaultdict(set)
        """The named graphs that say something of a node."""
        for quad in quads:
            home = _name(quad.graph_name)
            if home == VOCABULARY_GRAPH:
                continue
            subject, predicate = _name(quad.subject), quad.predicate.value
            self._policies[subject].add(home)
            self._about[subject][predicate][quad.object] = None
            if not isinstance(quad.object, ox.Literal):
                self._homes[subject, predicate, _name(quad.object)].add(home)
        self._mentions = self._of_type(_MENTION)
        self._machinery = self._mentions | self._of_type(_SPAN, *_SELECTORS)

    def built(self) -> networkx.MultiDiGraph[str]:
        for subject in self._about:
            if subject not in self._machinery:
                self._add_node(subject)
        for subject, predicate, target in self._homes:
            if (
                not {subject, target} & self._machinery
                and predicate != _TYPE
                and predicate not in _NAMED_VALUES
            ):
                self._add_edge(subject, predicate, target)
        self._add_mentions()
        self._finished()
        return in_order(self._graph)

    # Nodes and edges that are in the graph

    def _add_node(self, iri: str) -> None:
        if iri in self._graph:
            return
        about = self._about.get(iri, {})
        types = sorted(_name(term) for term in about.get(_TYPE, ()))
        attributes: _Attributes = {
            "label": self._label(iri),
            "kind": next((_KINDS[each] for each in types if each in _KINDS), _kind_of_term(iri)),
            "types": [_curie(each) for each in types],
            "policies": sorted(self._policies.get(iri, ())),
        }
        values: dict[str, list[Any]] = defaultdict(list)
        for predicate, terms in about.items():
            for term in terms:
                if isinstance(term, ox.Literal):
                    key = _curie(predicate) + (f"@{term.language}" if term.language else "")
                    values[key].append(value_of(term))
                elif predicate in _NAMED_VALUES:
                    values[_local(predicate)].append(_local(_name(term)))
                elif predicate in (_EVIDENCE, _CONDITION) and _name(term) in self._machinery:
                    values["evidence" if predicate == _EVIDENCE else "condition_span"].append(
                        self._span(_name(term))
                    )
                elif predicate == _STATED_BY:
                    values[_curie(predicate)].append(_name(term))
        for key in sorted(values):
            every = sorted(values[key], key=str)
            attributes[key] = every[0] if len(every) == 1 else every
        self._graph.add_node(iri, **attributes)

    def _add_edge(self, source: str, predicate: str, target: str, *, mark: str = "") -> _Attributes:
        """Add the edge of a triple, or of a role; returns its attributes."""
        key = _curie(predicate) + mark
        if not self._graph.has_edge(source, target, key):
            self._add_node(source)
            self._add_node(target)
            polarity = self._graph.nodes[source].get("polarity", "")
            policies = sorted(self._homes.get((source, predicate, target), ()))
            self._graph.add_edge(
                source,
                target,
                key,
                property=predicate,
                label=readable(predicate),
                polarity=polarity,
                policies=policies,
                evidence=[],
            )
        found: _Attributes = self._graph.edges[source, target, key]
        return found

    # Mentions

    def _add_mentions(self) -> None:
        owners: dict[str, list[str]] = defaultdict(list)
        stated: dict[str, str] = {}
        for predicate in (_ARGUMENT, _HAS_MENTION):  # a mention that no practice has belongs to its policy
            for subject, about in self._about.items():
                for term in about.get(predicate, ()):
                    if predicate == _ARGUMENT or not owners[_name(term)]:
                        owners[_name(term)].append(subject)
        for subject, about in self._about.items():
            stated.update((_name(term), subject) for term in about.get(_STATED_BY, ()))
        for mention in sorted(self._mentions):
            record = self._record(mention)
            for owner in sorted(owners[mention]):
                target = record.get("agent") or stated.get(mention) or record.get("concept") or mention
                if target == mention:
                    self._add_phrase(mention, record)
                self._edge_for(owner, str(target), record)["evidence"].append(record)

    def _edge_for(self, owner: str, target: str, record: _Attributes) -> _Attributes:
        """The edge that a mention supports; a denial never supports the edge of a fact."""
        role, polarity = record["role"], record.get("polarity")
        against = polarity == "denied" and self._graph.nodes[owner].get("polarity") != "denied"
        for key in () if against else PROPERTIES.get(role, ()):
            if self._graph.has_edge(owner, target, key):
                found: _Attributes = self._graph.edges[owner, target, key]
                return found
        edge = self._add_edge(owner, expand(f"pg:{role}"), target, mark=" denied" if against else "")
        edge["policies"] = edge["policies"] or sorted(self._policies[owner])
        edge["polarity"] = "denied" if against else edge["polarity"] or polarity or ""
        return edge

    def _add_phrase(self, mention: str, record: _Attributes) -> None:
        self._graph.add_node(
            mention,
            label=record.get("quote") or record.get("label", ""),
            kind="phrase",
            types=[],
            policies=sorted(self._policies[mention]),
        )

    def _record(self, mention: str) -> _Attributes:
        """All that a mention holds, its span included."""
        record: _Attributes = {"mention": mention}
        for predicate, terms in self._about[mention].items():
            if predicate in _IMPLIED or predicate == _TYPE:
                continue
            if predicate == _TARGET:
                record.update(self._span(_name(_first(terms))))
                continue
            values = [_local(_name(term)) if predicate in _NAMED_VALUES else _plain(term) for term in terms]
            record[_local(predicate)] = values[0] if len(values) == 1 else sorted(values, key=str)
        return dict(sorted(record.items()))

    def _span(self, span: str) -> _Attributes:
        """Quote, prefix, suffix, start and end of a span."""
        found: _Attributes = {"span": span}
        for selector in self._about[span].get(_SELECTOR, ()):
            for predicate, terms in self._about[_name(selector)].items():
                if predicate not in (_TYPE, _LABEL):
                    name = _local(predicate)
                    found[_SHORT.get(name, name)] = _plain(_first(terms))
        return dict(sorted(found.items()))

    # Help

    def _of_type(self, *classes: str) -> set[str]:
        wanted = set(classes)
        return {
            subject
            for subject, about in self._about.items()
            if any(_name(term) in wanted for term in about.get(_TYPE, ()))
        }

    def _label(self, iri: str) -> str:
        own = [
            term.value for term in self._about.get(iri, {}).get(_LABEL, ()) if isinstance(term, ox.Literal)
        ]
        return min(own) if own else _term_label(iri)

    def _finished(self) -> None:
        """Put the records of each edge in order, and add up what they say."""
        for *_, data in self._graph.edges(data=True):
            data["evidence"].sort(key=lambda record: (record.get("start", 0), record["mention"]))
            data["quotes"] = list(
                dict.fromkeys(each["quote"] for each in data["evidence"] if "quote" in each)
            )
            data["weight"] = max(len(data["policies"]), 1)


def in_order(network: networkx.MultiDiGraph[str]) -> networkx.MultiDiGraph[str]:
    """The same network with nodes and edges in sorted order, whatever the order in which they were added."""
    import networkx

    ordered: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    ordered.add_nodes_from((node, network.nodes[node]) for node in sorted(network))
    for source, target, key in sorted(network.edges(keys=True)):
        ordered.add_edge(source, target, key, **network.edges[source, target, key])
    return ordered


PROPERTIES: Mapping[str, tuple[str, ...]] = {
    "controller": ("dpv:hasDataController",),
    "contact": ("dpv:hasDataController",),
    "dpo": ("dpv:hasDataProtectionOfficer",),
    "data_category": ("dpv:hasPersonalData", "pg:deniedPersonalData"),
    "purpose": ("dpv:hasPurpose", "pg:deniedPurpose"),
    "legitimate_interest": ("dpv:hasPurpose", "dpv:hasLegalBasis", "pg:deniedPurpose"),
    "recipient": ("dpv:hasRecipient", "pg:deniedRecipient"),
    "legal_basis": ("dpv:hasLegalBasis", "pg:deniedLegalBasis"),
    "source": ("dpv:hasDataSource", "pg:deniedDataSource"),
    "data_subject": ("dpv:hasDataSubject", "pg:deniedDataSubject"),
    "retention": ("dpv:hasStorageCondition",),
    "storage_location": ("dpv:hasLocation",),
    "transfer_destination": ("dpv:hasLocation",),
    "transfer_safeguard": ("dpv:hasTechnicalOrganisationalMeasure",),
    "security_measure": ("dpv:hasTechnicalOrganisationalMeasure",),
    "right": ("dpv:hasRight",),
    "jurisdiction": ("dpv:hasJurisdiction",),
    "tracking_technology": ("dpv:isImplementedUsingTechnology",),
}
"""The properties whose triples a mention of a role supports (see docs/graph-model.md)."""


def _name(term: object) -> str:
    """The IRI of a node; a blank node with its mark; the empty string for the default graph."""
    if isinstance(term, ox.NamedNode):
        return str(term.value)
    return str(term) if isinstance(term, ox.BlankNode) else ""


def _first(terms: Iterable[_Term]) -> _Term:
    """The one term, or of several the first in the alphabet."""
    return min(terms, key=str)


def _plain(term: object) -> Any:
    value = value_of(term)
    return str(value) if not isinstance(term, ox.Literal) else value


def _local(iri: str) -> str:
    """The part of an IRI after the namespace."""
    return _curie(iri).rpartition(":")[2]


@lru_cache(maxsize=1024)
def readable(predicate: str) -> str:
    """A property as words: ``dpv:hasPersonalData`` is ``personal data``."""
    name = _local(predicate).replace("_", " ")
    words = "".join(f" {char.lower()}" if char.isupper() else char for char in name).split()
    return " ".join(words[1:] if words[0] in ("has", "was") and len(words) > 1 else words)


def _kind_of_term(iri: str) -> str:
    from privagraph.ontology.vocabulary import vocabulary

    return "concept" if iri in vocabulary() else "other"


def _term_label(iri: str) -> str:
    from privagraph.ontology.vocabulary import vocabulary

    return vocabulary().label(iri) if iri in vocabulary() else _curie(iri).rpartition("/")[2]
