"""The shortest way of some data to a recipient, each step with the words that state it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, Any, TypeAlias

from privagraph.ontology.namespaces import expand
from privagraph.queries.networks.filters import is_or_is_under

if TYPE_CHECKING:
    import networkx

__all__ = ["Step", "shortest_flow"]

_Network: TypeAlias = "networkx.MultiDiGraph[str]"
_Edge: TypeAlias = tuple[str, str, str]
_Carried: TypeAlias = tuple[str, str, str]
"""Source, target and a category of data."""

_ANY = frozenset({"dpv:Organisation", "dpv:DataController"})
"""What every organisation and every company is: no kind of recipient."""
_GIVEN = frozenset(map(expand, ("dpv:hasDataSubject", "dpv:hasDataSource")))


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a flow.

    Attributes:
        source: IRI of who gives the data.
        source_label: What to call them.
        target: IRI of who gets them.
        target_label: What to call them.
        data: IRI of the category of data, that which was asked for or a narrower one.
        purposes: What for, as far as it is said.
        locations: Where to, as far as it is said.
        policies: The policies that say so.
        quotes: Their words.
        evidence: Where these stand; see :mod:`privagraph.queries.networks.reading`.
    """

    source: str
    source_label: str
    target: str
    target_label: str
    data: str
    purposes: tuple[str, ...]
    locations: tuple[str, ...]
    policies: tuple[str, ...]
    quotes: tuple[str, ...]
    evidence: tuple[Mapping[str, Any], ...]


def shortest_flow(network: _Network, data: str, recipient: str) -> tuple[Step, ...]:
    """The shortest way of some data to a recipient.

    Each step is one that a policy affirms for these data, or for something narrower; what comes out of a step is what
    went in, or it is narrower or broader. Between two steps there is always an organisation or a policy, never a kind
    of recipient: the "service providers" of one policy are not those of another. A way begins with the people or the
    source that the data come from, or with a holder of whom no policy says where they come from.

    Args:
        network: The view ``flows-by-data``; with ``flows`` the purposes and words of a step can be those of other data
            between the same two.
        data: IRI of a category of data.
        recipient: IRI of an organisation, which is reached by services that it operates too; or of a kind of recipient.

    Returns:
        The steps; of several ways that are equally short, the one that most practices state. None where there is none.

    Example:
        >>> from privagraph.graph import KnowledgeGraph
        >>> from privagraph.ontology.namespaces import expand
        >>> with KnowledgeGraph.map("examples/pinata-habits.md") as graph:
        ...     flows = graph.network("flows-by-data")
        >>> for step in shortest_flow(flows, expand("pd:Location"), expand("dpv:ThirdParty")):
        ...     print(f"{step.source_label} -> {step.target_label}: {step.quotes[0][:40]} ...")
        Data Subject -> Unity Ads: Google AdMob and Unity Ads get your adve ...
    """
    steps = _steps(network, data)
    given = {step for step, edges in steps.items() if any(_is_given(network, edge) for edge in edges)}
    handed: dict[str, set[str]] = {}
    for _, target, each in steps:
        handed.setdefault(target, set()).add(each)
    first = {
        (source, target, each)
        for source, target, each in steps
        if (source, target, each) in given or not any(_may_be(got, each) for got in handed.get(source, ()))
    }
    # Where all ways go round in a circle, any place is as good a beginning.
    found = _search(network, steps, first, given, recipient) or _search(
        network, steps, set(steps), given, recipient
    )
    return tuple(_step(network, steps[step], step[2]) for step in found)


def _search(
    network: _Network,
    steps: Mapping[_Carried, Collection[_Edge]],
    first: Collection[_Carried],
    given: Collection[_Carried],
    recipient: str,
) -> tuple[_Carried, ...]:
    """The shortest way that begins with one of some steps; Dijkstra's, by length, then by the weights."""
    onward: dict[str, list[_Carried]] = {}
    for step in sorted(steps):
        onward.setdefault(step[0], []).append(step)
    weights = {step: sum(network.edges[edge]["weight"] for edge in edges) for step, edges in steps.items()}
    # Not to say where the data come from costs as much as a step, so that the longer account is no longer.
    heap: list[tuple[int, float, tuple[_Carried, ...]]] = [
        (1 if step in given else 2, -weights[step], (step,)) for step in sorted(first)
    ]
    heapify(heap)
    done: set[tuple[str, str]] = set()
    while heap:
        length, weight, way = heappop(heap)
        _, place, carried = way[-1]
        if _is(network, place, recipient):
            return way
        if (place, carried) in done or network.nodes[place]["kind"] == "concept":
            continue
        done.add((place, carried))
        passed = {step[0] for step in way}
        for step in onward.get(place, ()):
            if step[1] not in passed and _may_be(carried, step[2]):
                heappush(heap, (length + 1, weight - weights[step], (*way, step)))
    return ()


def _steps(network: _Network, data: str) -> dict[_Carried, list[_Edge]]:
    """The edges by source, target and category of data, of the data that were asked for."""
    steps: dict[_Carried, list[_Edge]] = {}
    for source, target, key, about in network.edges(keys=True, data=True):
        for each in about.get("data", ()) if about["polarity"] == "affirmed" else ():
            if is_or_is_under(each, data):
                steps.setdefault((source, target, each), []).append((source, target, key))
    return steps


def _is_given(network: _Network, edge: _Edge) -> bool:
    """Whether an edge leads from where the data come from."""
    return network.edges[edge]["property"] in _GIVEN


def _may_be(before: str, after: str) -> bool:
    """Whether what went into a step can be what comes out of it: the same category, a narrower or a broader one."""
    return is_or_is_under(after, before) or is_or_is_under(before, after)


def _is(network: _Network, node: str, recipient: str) -> bool:
    """Whether a node is the recipient, or of that kind, or a service of it."""
    about = network.nodes[node]
    kinds = (expand(each) for each in about["types"] if each not in _ANY)
    return recipient in about.get("operators", ()) or any(
        is_or_is_under(each, recipient) for each in (node, *kinds)
    )


def _step(network: _Network, edges: Collection[_Edge], data: str) -> Step:
    """What several edges between the same two say together of some data."""
    source, target, _ = next(iter(edges))
    every = [network.edges[edge] for edge in edges]
    records = {each["practice"]: each for about in every for each in about["evidence"]}
    in_order = sorted(records.values(), key=lambda each: (each["policy"], each["start"], each["practice"]))

    def gathered(name: str) -> list[str]:
        return list(dict.fromkeys(value for about in every for value in about.get(name, ())))

    return Step(
        source=source,
        source_label=network.nodes[source]["label"],
        target=target,
        target_label=network.nodes[target]["label"],
        data=data,
        purposes=tuple(gathered("purposes")),
        locations=tuple(gathered("locations")),
        policies=tuple(sorted({each["policy"] for each in in_order})),
        quotes=tuple(dict.fromkeys(each["quote"] for each in in_order)),
        evidence=tuple(in_order),
    )
