"""A part of a graph that is a graph of its own: some practices, and all that they rest on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

import pyoxigraph as ox

from privagraph.ontology.namespaces import expand

__all__ = ["narrowed"]

_TYPE = expand("rdf:type")
_POLICY = expand("pg:PrivacyPolicy")
_TO_PRACTICES = frozenset(map(expand, ("dpv:hasProcess", "pg:deniesPractice")))
_TO_MENTIONS = frozenset(map(expand, ("pg:hasMention", "pg:hasReference")))
_ARGUMENT = expand("pg:hasArgument")
_ALWAYS = frozenset(
    map(
        expand,
        (
            *("dpv:hasDataController", "dpv:hasDataProtectionOfficer"),
            *("prov:wasDerivedFrom", "prov:wasGeneratedBy", "prov:wasRevisionOf"),
        ),
    )
)
"""What is said of a policy besides its literals whatever its practices are: whose it is, and where it came from."""


def narrowed(quads: Iterable[ox.Quad], practices: Collection[str]) -> list[ox.Quad]:
    """The quads that say some practices, and what those lead to: their mentions, spans, concepts and organisations.

    Of a policy stay its literals, its controller, where it came from, and the mentions that the practices rest on. What
    it says outside practices (rights, contacts, observations, decisions on other findings) is left out, and so is a
    policy that has none of the practices.

    Args:
        quads: Quads of whole policies.
        practices: The IRIs of the practices to keep.
    """
    kept = {ox.NamedNode(iri) for iri in practices}
    about: dict[tuple[object, object], list[ox.Quad]] = defaultdict(list)
    policies: list[tuple[object, object]] = []
    for quad in quads:
        about[quad.graph_name, quad.subject].append(quad)
        if quad.predicate.value == _TYPE and str(quad.object) == f"<{_POLICY}>":
            policies.append((quad.graph_name, quad.subject))
    found: list[ox.Quad] = []
    for policy in policies:
        own = about[policy]
        chosen = {quad.object for quad in own if quad.predicate.value in _TO_PRACTICES} & kept
        if chosen:
            words = {
                quad.object
                for practice in chosen
                for quad in about[policy[0], practice]
                if quad.predicate.value == _ARGUMENT
            }
            begin = [quad for quad in own if _stays(quad, chosen, words)]
            found += begin
            found += _reached(about, policy, begin)
    return found


def _stays(quad: ox.Quad, practices: Collection[object], words: Collection[object]) -> bool:
    """Whether a quad about a policy is kept."""
    property_ = quad.predicate.value
    if property_ in _TO_PRACTICES:
        return quad.object in practices
    if property_ in _TO_MENTIONS:
        return quad.object in words
    return isinstance(quad.object, ox.Literal) or property_ == _TYPE or property_ in _ALWAYS


def _reached(
    about: dict[tuple[object, object], list[ox.Quad]], policy: tuple[object, object], begin: list[ox.Quad]
) -> Iterable[ox.Quad]:
    """All quads in a policy's graph about what is reached from some of its quads."""
    home, start = policy
    seen, waiting = {start}, [quad.object for quad in begin]
    while waiting:
        node = waiting.pop()
        if node in seen or isinstance(node, ox.Literal):
            continue
        seen.add(node)
        own = about.get((home, node), [])
        yield from own
        waiting += [quad.object for quad in own]
