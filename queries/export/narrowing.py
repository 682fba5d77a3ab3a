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
_FACTS = frozenset(
    map(expand, ("dpv:hasRight", "dpv:hasTechnicalOrganisationalMeasure", "dpv:hasJurisdiction"))
)
"""What a policy affirms outside practices."""


def narrowed(
    quads: Iterable[ox.Quad], practices: Collection[str], *, polarity: str | None = None
) -> list[ox.Quad]:
    """The quads that say some practices, and what those lead to: their mentions, spans, concepts and organisations.

    Of a policy stay its literals, its controller, where it came from, and the mentions that the practices rest on. What
    it says outside practices (rights, contacts) stays where a polarity is given and is of that polarity. Observations
    and decisions on other findings are left out, and so is a policy of which nothing would be left but its name.

    Args:
        quads: Quads of whole policies.
        practices: The IRIs of the practices to keep.
        polarity: ``affirmed`` or ``denied`` to keep what is said outside practices too.
    """
    kept = {ox.NamedNode(iri) for iri in practices}
    about: dict[tuple[object, object], list[ox.Quad]] = defaultdict(list)
    policies: list[tuple[object, object]] = []
    for quad in quads:
        about[quad.graph_name, quad.subject].append(quad)
        if quad.predicate.value == _TYPE and str(quad.object) == f"<{_POLICY}>":
            policies.append((quad.graph_name, quad.subject))
    found: list[ox.Quad] = []
    for home, policy in policies:
        own = about[home, policy]
        every = {quad.object for quad in own if quad.predicate.value in _TO_PRACTICES}
        words = _arguments(about, home, every & kept)
        if polarity:
            others = _arguments(about, home, every - kept)
            said = ox.NamedNode(expand(f"pg:{polarity}"))
            words |= {
                quad.object
                for quad in own
                if quad.predicate.value in _TO_MENTIONS
                and quad.object not in others
                and any(each.object == said for each in about[home, quad.object])
            }
        if every & kept or words:
            begin = [quad for quad in own if _stays(quad, kept, words, facts=polarity == "affirmed")]
            found += begin
            found += _reached(about, (home, policy), begin)
    return found


def _arguments(
    about: dict[tuple[object, object], list[ox.Quad]], home: object, practices: Iterable[object]
) -> set[object]:
    """The mentions that practices rest on."""
    return {
        quad.object for each in practices for quad in about[home, each] if quad.predicate.value == _ARGUMENT
    }


def _stays(quad: ox.Quad, practices: Collection[object], words: Collection[object], *, facts: bool) -> bool:
    """Whether a quad about a policy is kept."""
    property_ = quad.predicate.value
    if property_ in _TO_PRACTICES:
        return quad.object in practices
    if property_ in _TO_MENTIONS:
        return quad.object in words
    if facts and property_ in _FACTS:
        return True
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
