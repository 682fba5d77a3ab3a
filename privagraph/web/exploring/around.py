"""The surroundings of nodes: their neighbours, and the neighbours of these, up to a number that can be looked at."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from privagraph.ontology.namespaces import VOCABULARY_GRAPH, expand
from privagraph.ontology.vocabulary import vocabulary
from privagraph.queries.networks import Polarity, to_networkx
from privagraph.queries.networks.whole import PROPERTIES, in_order, readable
from privagraph.queries.store import GraphStore
from privagraph.web.exploring.links import BROADER, Link, Links

if TYPE_CHECKING:
    import networkx

__all__ = ["Around", "Way", "around", "kind_title", "ways_of"]

_Network: TypeAlias = "networkx.MultiDiGraph[str]"

_MOST_EXPLORED = 400
"""Nodes whose neighbours are looked up at most; more of them would take seconds, and fill any picture."""
_MOST_READ = 40_000
"""Statements that are read of all nodes further away; there are concepts with thousands."""
_LEAST_READ = 200
"""Statements that are read of each of them."""
_UNREAD = frozenset(map(expand, ("pg:text", "pg:extraction")))
"""Long texts, of which a picture shows nothing."""
_POINTERS = frozenset(map(expand, ("pg:evidence", "pg:conditionSpan", "oa:hasTarget", "oa:hasSelector")))
_HAS_MENTION = expand("pg:hasMention")
_MENTIONS = frozenset((expand("pg:hasArgument"), _HAS_MENTION))
_SAID = frozenset(
    map(
        expand,
        (
            *(
                "rdf:type",
                "pg:polarity",
                "pg:modality",
                "pg:role",
                "pg:verdict",
                "pg:mention",
                "pg:concept",
                "pg:agent",
            ),
            *("pg:foundRole", "pg:foundPolarity", "pg:decidedRole", "pg:decidedPolarity"),
        ),
    )
)
"""Properties whose values are said of a node, whether or not they are nodes in the picture."""
_VOCABULARY = f"<{VOCABULARY_GRAPH}>"


@dataclass(frozen=True, slots=True)
class Way:
    """Neighbours of a node that are joined with it alike.

    Attributes:
        node: IRI of the node.
        name: The property as a CURIE, or the role of a mention.
        label: The property in words.
        outward: Whether the edges leave the node.
        denied: Whether they belong to what is not done.
        total: How many neighbours there are in the graph.
        shown: How many of them are in the picture.
    """

    node: str
    name: str
    label: str
    outward: bool
    denied: bool
    total: int
    shown: int = 0


@dataclass(frozen=True, slots=True)
class Around:
    """Surroundings.

    Attributes:
        network: The nodes, and all edges of the graph between them, with the attributes of ``to_networkx``.
        ways: How the nodes in the middle are joined, with the numbers of neighbours.
        cut: Whether nodes that were reached were left out because there were too many.
    """

    network: _Network
    ways: tuple[Way, ...]
    cut: bool


def around(
    store: GraphStore,
    centres: Sequence[str],
    *,
    hops: int = 1,
    each: int = 40,
    most: int = 300,
    polarity: Polarity = "both",
    first: Collection[str] = (),
) -> Around:
    """The surroundings of some nodes.

    Nearer nodes come first; where there is no room for all, every node gets as many of its neighbours as the others.

    Args:
        store: The graph.
        centres: IRIs of the nodes in the middle.
        hops: How far to go: 1 for neighbours, 2 for theirs too.
        each: How many neighbours a node shows that are joined with it alike.
        most: How many nodes there may be.
        polarity: Whether to follow what is done, what is denied, or both.
        first: IRIs of policies whose statements come before those of others.

    Raises:
        GraphError: A name is no IRI.
    """
    links = Links(store)
    middle = [node for node in dict.fromkeys(centres) if _is_known(store, node)]
    kept = dict.fromkeys(middle[:most])
    front, cut = list(kept), len(middle) > most
    for hop in range(hops):
        read = max(_MOST_READ // len(front), _LEAST_READ) if hop and front else None
        queues = deque(
            deque(_ordered(links.of(node, read=read), each=each, polarity=polarity, first=first))
            for node in front[:_MOST_EXPLORED]
        )
        cut = cut or len(front) > _MOST_EXPLORED or bool(links.partial)
        reached: list[str] = []
        while queues:
            queue = queues.popleft()
            while queue and queue[0] in kept:
                queue.popleft()
            if not queue:
                continue
            if len(kept) >= most:
                cut = True
                break
            node = queue.popleft()
            kept[node] = None
            reached.append(node)
            queues.append(queue)
        front = reached
    network = _network(store, links, kept)
    ways = tuple(
        way for node in middle for way in ways_of(links, node, polarity=polarity, shown=frozenset(network))
    )
    return Around(network, ways, cut)


def ways_of(
    links: Links, node: str, *, polarity: Polarity = "both", shown: Collection[str] = ()
) -> tuple[Way, ...]:
    """How a node is joined with its neighbours, those joined alike together, the most first.

    Args:
        links: The graph.
        node: The node's IRI.
        polarity: Whether to count what is done, what is denied, or both.
        shown: The nodes that are in the picture.
    """
    found: dict[tuple[str, bool, bool], set[str]] = defaultdict(set)
    for link in links.of(node):
        if _takes(link, polarity):
            found[link.name, link.outward, link.denied].add(link.other)
    ways = (
        Way(
            node=node,
            name=name,
            label=kind_title(name, outward=outward),
            outward=outward,
            denied=denied,
            total=len(others),
            shown=len(others.intersection(shown)),
        )
        for (name, outward, denied), others in found.items()
    )
    return tuple(sorted(ways, key=lambda way: (-way.total, way.name, way.outward, way.denied)))


def kind_title(name: str, *, outward: bool = True) -> str:
    """A property, or the role of a mention, in words.

    Args:
        name: As a CURIE.
        outward: Whether the edges are seen from the node that they leave.

    Example:
        >>> kind_title("dpv:hasRecipient"), kind_title("pg:recipient")
        ('recipient', 'recipient, only named')
    """
    if name == BROADER:
        return "broader concept" if outward else "narrower concept"
    title = readable(expand(name))
    return f"{title}, only named" if name.removeprefix("pg:") in PROPERTIES else title


def _takes(link: Link, polarity: Polarity) -> bool:
    denied = link.denied or link.name == "pg:deniesPractice"
    return polarity == "both" or denied == (polarity == "denied") or not link.policy


def _ordered(
    links: Iterable[Link], *, each: int, polarity: Polarity, first: Collection[str]
) -> Iterator[str]:
    """The neighbours in the order in which they are shown: one of each kind after the other, policies mixed."""
    kinds: dict[tuple[str, bool, bool], dict[str, Link]] = defaultdict(dict)
    for link in links:
        if _takes(link, polarity):
            kinds[link.name, link.outward, link.denied].setdefault(link.other, link)
    rows: list[list[str]] = []
    for kind in sorted(kinds):
        turns: dict[str, int] = defaultdict(int)
        order: list[tuple[bool, int, str]] = []
        for other, link in kinds[kind].items():
            order.append((link.policy not in first, turns[link.policy], other))
            turns[link.policy] += 1
        rows.append([other for *_, other in sorted(order)][:each])
    for place in range(max(map(len, rows), default=0)):
        yield from (row[place] for row in rows if place < len(row))


def _is_known(store: GraphStore, node: str) -> bool:
    """Whether the graph says something of a node, or leads to it."""
    return any(True for _ in store.matching(subject=node)) or any(True for _ in store.matching(target=node))


def _network(store: GraphStore, links: Links, nodes: Collection[str]) -> _Network:
    """The part of the whole network that some nodes make up."""
    whole = to_networkx(_quads(store, links, nodes))
    part: _Network = whole.subgraph([node for node in nodes if node in whole]).copy()
    known = vocabulary()
    for node, about in part.nodes(data=True):
        if about["kind"] == "policy":
            about["label"] = _policy_label(store, node, str(about["label"]))
    for node in nodes:
        if node not in part:
            kind = "concept" if node in known else "other"
            label = known.label(node) if node in known else node.rpartition("/")[2]
            part.add_node(node, label=label, kind=kind, types=[], policies=[])
    for node in nodes:
        for broader in known.term(node).broader if node in known else ():
            if broader in part:
                about = {"label": "broader concept", "property": expand(BROADER), "polarity": "", "weight": 1}
                part.add_edge(node, broader, BROADER, **about, policies=[], evidence=[], quotes=[])
    return in_order(part)


def _policy_label(store: GraphStore, policy: str, title: str) -> str:
    """What to call a policy among others, most of which are called "Privacy policy": whose it is, or its file."""

    def named(start: str, step: str, name: str) -> list[str]:
        return sorted(
            str(quad.object.value)
            for each in store.matching(subject=start, predicate=expand(step))
            if isinstance(each.object, ox.NamedNode) and str(each.graph_name) == f"<{policy}>"
            for quad in store.matching(subject=each.object.value, predicate=expand(name))
            if isinstance(quad.object, ox.Literal)
        )

    controllers = named(policy, "dpv:hasDataController", "rdfs:label")
    files = named(policy, "prov:wasDerivedFrom", "pg:fileName")
    return f"{title}: {controllers[0]}" if controllers else f"{title} ({files[0]})" if files else title


def _quads(store: GraphStore, links: Links, nodes: Collection[str]) -> Iterator[ox.Quad]:
    """What the graph says of nodes and of the words behind them, and what leads from one to another."""
    wanted = frozenset(nodes)
    waiting = deque(sorted(wanted))
    read = set(wanted)
    while waiting:
        for quad in store.matching(subject=waiting.popleft()):
            predicate, target = quad.predicate.value, quad.object
            if str(quad.graph_name) == _VOCABULARY or predicate in _UNREAD:
                continue
            if isinstance(target, ox.NamedNode):
                name = target.value
                words = predicate in _POINTERS or (
                    predicate in _MENTIONS
                    and links.target(name) in wanted
                    and not (predicate == _HAS_MENTION and links.owners(name))
                )
                if not words and name not in wanted and predicate not in _SAID:
                    continue
                if words and name not in read:
                    read.add(name)
                    waiting.append(name)
            yield quad
