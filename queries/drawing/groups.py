"""Which look each node of a network gets: by what leads to it, by where its concept stands, or by its kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from privagraph.ontology.namespaces import compact, expand
from privagraph.ontology.vocabulary import Branch, vocabulary
from privagraph.queries.drawing.looks import GROUPS, PROVENANCE

if TYPE_CHECKING:
    import networkx

__all__ = ["grouped"]

_ORDER = {name: place for place, name in enumerate(GROUPS)}
_PERSON = expand("dpv:HumanSubject")
_BRANCHES: Mapping[Branch, str] = {
    Branch.PERSONAL_DATA: "data",
    Branch.PURPOSE: "purpose",
    Branch.LEGAL_BASIS: "basis",
    Branch.DATA_SOURCE: "source",
    Branch.ENTITY: "recipient",
    Branch.RIGHT: "right",
    Branch.MEASURE: "measure",
    Branch.STORAGE: "retention",
    Branch.LOCATION: "place",
    Branch.LAW: "law",
    Branch.TECHNOLOGY: "technology",
}
"""The group of a concept, by its hierarchy; the first in this order wins."""
_KINDS = {"agent": "recipient", "retention": "retention"}


def grouped(network: networkx.MultiDiGraph[str]) -> dict[str, str]:
    """The group of each node.

    Args:
        network: Any view, see :func:`~privagraph.queries.networks.view`.

    Returns:
        For each node one of the names of :data:`~privagraph.queries.drawing.looks.LOOKS`.
    """
    ways: dict[str, set[str]] = defaultdict(set)
    for source, target, key, data in network.edges(keys=True, data=True):
        if (
            network.nodes[source]["kind"] == "concept"
        ):  # people → controller: the property is not of its target
            continue
        names = {key, compact(data["property"]), *(each.get("role", "") for each in data["evidence"])}
        ways[target] |= names & _ORDER.keys()
    practices = any(data["kind"] == "practice" for _, data in network.nodes(data=True))
    return {
        node: _group(node, data, ways[node], role_first=practices) for node, data in network.nodes(data=True)
    }


def _group(node: str, data: Mapping[str, object], ways: set[str], *, role_first: bool) -> str:
    """The group of one node; among practices, what it is there for says more than what it is."""
    kind = str(data["kind"])
    if kind == "policy":
        return "policy"
    if kind == "practice":
        return "denied" if data.get("polarity") == "denied" else "practice"
    if kind in PROVENANCE:
        return "other"
    role = GROUPS[min(ways, key=_ORDER.__getitem__)] if ways else None
    own = _KINDS.get(kind) or _of_concept(node)
    if role_first or own is None:
        return role or own or "other"
    return own


def _of_concept(node: str) -> str | None:
    known = vocabulary()
    if node not in known:
        return None
    if known.is_a(node, _PERSON):
        return "subject"
    branches = known.branches(node)
    return next((group for branch, group in _BRANCHES.items() if branch in branches), None)
