"""The shortest way of some data to a recipient, each step with the words that state it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

from privagraph.ontology.namespaces import expand
from privagraph.queries.networks.filters import is_or_is_under

if TYPE_CHECKING:
    import networkx

__all__ = ["Step", "shortest_flow"]

_Network: TypeAlias = "networkx.MultiDiGraph[str]"
_Edge: TypeAlias = tuple[str, str, str]

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
        data: The categories of data that were asked for and are given here.
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
    data: tuple[str, ...]
    purposes: tuple[str, ...]
    locations: tuple[str, ...]
    policies: tuple[str, ...]
    quotes: tuple[str, ...]
    evidence: tuple[Mapping[str, Any], ...]


def shortest_flow(network: _Network, data: str, recipient: str) -> tuple[Step, ...]:
    """The shortest way of some data to a recipient.

    Each step is one that a policy affirms for these data, or for something narrower. Between two steps there is always
    an organisation or a policy, never a kind of recipient: the "service providers" of one policy are not those of
    another.
    A way begins with the people or the source that the data come from where a policy says so, else with who holds them.

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
        >>> for step in shortest_flow(flows, expand("pd:EmailAddress"), expand("dpv:Recipient")):
        ...     print(step.source_label, "->", step.target_label)
    """
    steps: dict[tuple[str, str], list[_Edge]] = {}
    for source, target, key, about in network.edges(keys=True, data=True):
        carried = about.get("data", ())
        if about["polarity"] == "affirmed" and any(is_or_is_under(each, data) for each in carried):
            steps.setdefault((source, target), []).append((source, target, key))
    onward: dict[str, list[str]] = {}
    for source, target in sorted(steps):
        onward.setdefault(source, []).append(target)
    weights = {ends: sum(network.edges[edge]["weight"] for edge in edges) for ends, edges in steps.items()}
    # Not to say where the data come from costs as much as a step, so that the longer account is no longer.
    heap: list[tuple[int, int, tuple[str, ...]]] = []
    for source in sorted(onward):
        told = any(
            network.edges[edge]["property"] in _GIVEN
            for target in onward[source]
            for edge in steps[source, target]
        )
        heappush(heap, (0 if told else 1, 0, (source,)))
    done: set[str] = set()
    while heap:
        length, weight, path = heappop(heap)
        node = path[-1]
        if len(path) > 1 and _is(network, node, recipient):
            return tuple(_step(network, steps[ends], data) for ends in pairwise(path))
        if node in done or (len(path) > 1 and network.nodes[node]["kind"] == "concept"):
            continue
        done.add(node)
        for target in onward.get(node, ()):
            if target not in path:
                heappush(heap, (length + 1, weight - weights[node, target], (*path, target)))
    return ()


def _is(network: _Network, node: str, recipient: str) -> bool:
    """Whether a node is the recipient, or of that kind, or a service of it."""
    about = network.nodes[node]
    kinds = (expand(each) for each in about["types"] if each not in _ANY)
    return recipient in about.get("operators", ()) or any(
        is_or_is_under(each, recipient) for each in (node, *kinds)
    )


def _step(network: _Network, edges: Iterable[_Edge], wanted: str) -> Step:
    """What several edges between the same two say together."""
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
        data=tuple(each for each in gathered("data") if is_or_is_under(each, wanted)),
        purposes=tuple(gathered("purposes")),
        locations=tuple(gathered("locations")),
        policies=tuple(sorted({each["policy"] for each in in_order})),
        quotes=tuple(dict.fromkeys(each["quote"] for each in in_order)),
        evidence=tuple(in_order),
    )
