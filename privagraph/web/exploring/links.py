"""What a node is joined with: every neighbour with the ways that lead there, read straight from the graph.

Nodes and edges are those of :func:`privagraph.queries.networks.to_networkx`, so a mention is no node of its own: it
joins its practice, or else its policy, with the organisation, the retention period or the concept that it states.
Besides, a concept is joined with the broader ones, and with those narrower ones that the graph holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import pyoxigraph as ox

from privagraph.ontology.namespaces import VOCABULARY_GRAPH, compact, expand
from privagraph.ontology.vocabulary import vocabulary
from privagraph.queries.networks.whole import PROPERTIES
from privagraph.queries.store import GraphStore

__all__ = ["BROADER", "Link", "Links"]

BROADER = "skos:broader"
_AGENT, _CONCEPT, _STATED_BY = map(expand, ("pg:agent", "pg:concept", "pg:mention"))
_ROLE, _POLARITY, _DENIED = map(expand, ("pg:role", "pg:polarity", "pg:denied"))
_ARGUMENT, _HAS_MENTION = expand("pg:hasArgument"), expand("pg:hasMention")
_STATEMENTS, _DENIALS = expand("dpv:") + "has", expand("pg:denied")
_NO_EDGES = frozenset(
    map(
        expand,
        (
            *("rdf:type", "oa:hasBody", "oa:hasTarget", "oa:hasSource", "oa:hasSelector", "oa:motivatedBy"),
            *("pg:evidence", "pg:otherEvidence", "pg:conditionSpan", "pg:hasReference"),
            *("pg:polarity", "pg:modality", "pg:role", "pg:verdict", "pg:mention"),
            *("pg:foundRole", "pg:foundPolarity", "pg:decidedRole", "pg:decidedPolarity"),
        ),
    )
)
"""Properties that lead to the words of a policy, or that say something of a node itself."""


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """One way from a node to a neighbour.

    Attributes:
        other: IRI of the neighbour.
        name: The property as a CURIE; a role such as ``pg:right_mechanism`` where a mention alone joins the two.
        outward: Whether the edge leaves the node, else it leads to it.
        denied: Whether it belongs to what is not done.
        policy: The policy that states it; empty where it is of the vocabulary.
    """

    other: str
    name: str
    outward: bool
    denied: bool
    policy: str


class Links:
    """The links of nodes; what was looked up once is kept.

    Args:
        store: The graph.

    Attributes:
        partial: Nodes of which not all statements were read.
    """

    def __init__(self, store: GraphStore) -> None:
        self._store = store
        self._known: dict[tuple[str, int | None], tuple[Link, ...]] = {}
        self._denied: dict[str, bool] = {}
        self._targets: dict[str, str] = {}
        self.partial: set[str] = set()

    def of(self, node: str, *, read: int | None = None) -> tuple[Link, ...]:
        """The links of a node, sorted, each once.

        Args:
            node: Its IRI.
            read: How many statements about it to read in each direction, where some of its links will do; the same
                ones each time, and :attr:`partial` says whether there are more. All of them when None.

        Raises:
            GraphError: It is no IRI.
        """
        key = node, read
        if key not in self._known:
            found = {*self._inward(node, read), *self._kin(node)}
            if not self._first(node, _ROLE):  # words that no concept fits are a node to which practices lead
                found |= set(self._outward(node, read))
            self._known[key] = tuple(sorted(found))
        return self._known[key]

    def owners(self, mention: str) -> list[str]:
        """The practices that a mention is an argument of, sorted."""
        found = self._store.matching(predicate=_ARGUMENT, target=mention)
        return sorted(_name(quad.subject) for quad in found)

    def target(self, mention: str) -> str:
        """What a mention states: an organisation, a period, a concept; else it stands for itself."""
        if mention not in self._targets:
            stated = min(
                (_name(quad.subject) for quad in self._store.matching(predicate=_STATED_BY, target=mention)),
                default="",
            )
            self._targets[mention] = (
                self._first(mention, _AGENT) or stated or self._first(mention, _CONCEPT) or mention
            )
        return self._targets[mention]

    def _outward(self, node: str, read: int | None) -> Iterator[Link]:
        mentions: list[tuple[str, str]] = []
        direct: dict[str, set[str]] = defaultdict(set)
        denied = self._is_denied(node)
        for quad in self._read(node, self._store.matching(subject=node), read):
            policy, predicate = _name(quad.graph_name), quad.predicate.value
            if (
                policy == VOCABULARY_GRAPH
                or predicate in _NO_EDGES
                or not isinstance(quad.object, ox.NamedNode)
            ):
                continue
            target = quad.object.value
            if predicate in (_ARGUMENT, _HAS_MENTION):
                if predicate == _ARGUMENT or not self.owners(target):
                    mentions.append((target, policy))
            elif _is_stated(predicate) or not self._first(target, _ROLE):
                direct[target].add(compact(predicate))
                yield Link(target, compact(predicate), True, denied, policy)
        for mention, policy in mentions:
            target = self.target(mention)
            name, against = self._stated(mention, direct[target], denied)
            yield Link(target, name, True, denied or against, policy)

    def _inward(self, node: str, read: int | None) -> Iterator[Link]:
        for quad in self._read(node, self._store.matching(target=node), read):
            policy, predicate, source = _name(quad.graph_name), quad.predicate.value, _name(quad.subject)
            if policy == VOCABULARY_GRAPH:
                continue
            if predicate in (_AGENT, _CONCEPT):
                if self.target(source) == node:
                    yield from self._from_owners(source, node, policy)
            elif predicate == _HAS_MENTION:
                if self.target(node) == node:
                    yield from self._from_owners(node, node, policy)
            elif _is_stated(predicate):
                yield Link(source, compact(predicate), False, predicate.startswith(_DENIALS), policy)
            elif predicate not in _NO_EDGES and predicate != _ARGUMENT and not self._first(source, _ROLE):
                yield Link(source, compact(predicate), False, self._is_denied(source), policy)

        for quad in self._store.matching(subject=node, predicate=_STATED_BY):
            mention = _name(quad.object)
            if self.target(mention) == node:
                yield from self._from_owners(mention, node, _name(quad.graph_name))

    def _from_owners(self, mention: str, target: str, policy: str) -> Iterator[Link]:
        for owner in self.owners(mention) or [policy]:
            denied = self._is_denied(owner)
            direct = {
                compact(quad.predicate.value)
                for quad in self._store.matching(subject=owner, target=target)
                if _name(quad.graph_name) == policy
            }
            name, against = self._stated(mention, direct, denied)
            yield Link(owner, name, False, denied or against, policy)

    def _kin(self, node: str) -> Iterator[Link]:
        """The broader concepts, and the narrower ones that something in the graph leads to."""
        known = vocabulary()
        if node not in known:
            return
        for broader in known.term(node).broader:
            yield Link(broader, BROADER, True, False, "")
        for narrower in known.narrower(node):
            if self._is_used(narrower):
                yield Link(narrower, BROADER, False, False, "")

    # Steps

    def _read(self, node: str, quads: Iterator[ox.Quad], most: int | None) -> Iterator[ox.Quad]:
        yield from islice(quads, most)
        if most is not None and any(True for _ in quads):
            self.partial.add(node)

    def _is_used(self, concept: str) -> bool:
        return any(
            _name(quad.graph_name) != VOCABULARY_GRAPH for quad in self._store.matching(target=concept)
        )

    def _is_denied(self, node: str) -> bool:
        if node not in self._denied:
            self._denied[node] = self._first(node, _POLARITY) == _DENIED and not self._first(node, _ROLE)
        return self._denied[node]

    def _stated(self, mention: str, direct: set[str], denied: bool) -> tuple[str, bool]:
        """The property of the edge that a mention supports, and whether it denies within what is not denied."""
        role = compact(self._first(mention, _ROLE)).rpartition(":")[2]
        against = self._first(mention, _POLARITY) == _DENIED and not denied
        names = () if against else PROPERTIES.get(role, ())
        return next((name for name in names if name in direct), f"pg:{role}"), against

    def _first(self, node: str, predicate: str) -> str:
        return min(
            (_name(quad.object) for quad in self._store.matching(subject=node, predicate=predicate)),
            default="",
        )


def _is_stated(predicate: str) -> bool:
    """Whether a property says of itself what is stated, and whether it is denied: mentions have none of these."""
    return predicate.startswith((_STATEMENTS, _DENIALS))


def _name(term: object) -> str:
    return str(term.value) if isinstance(term, ox.NamedNode) else ""
