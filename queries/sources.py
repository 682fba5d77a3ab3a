"""One policy that several files hold: what is known of the files is kept when one of them is mapped again.

A policy's graph is named after its content, so two files with the same content are one policy with two
sources. All that depends on the file is on the source's node, but for the policy's title: that is the first,
in the order of the alphabet, of the titles that its files gave it. So the order of mapping does not matter.
"""

from __future__ import annotations

from collections.abc import Collection

from pyoxigraph import NamedNode, Quad

from privagraph.ontology.namespaces import expand

__all__ = ["with_other_sources"]

_TYPE = NamedNode(expand("rdf:type"))
_LABEL = NamedNode(expand("rdfs:label"))
_TITLE = NamedNode(expand("dct:title"))
_SOURCE_FILE = NamedNode(expand("pg:SourceFile"))
_DERIVED_FROM = NamedNode(expand("prov:wasDerivedFrom"))
_USED = NamedNode(expand("prov:used"))


def with_other_sources(new: Collection[Quad], old: Collection[Quad], policy: NamedNode) -> set[Quad]:
    """The new graph of a policy, with the source files that only its old graph knows.

    Args:
        new: The graph as it was just made.
        old: The graph as it was before.
        policy: The policy, and the name of its graph.

    Returns:
        The quads that should stand in the graph.
    """
    merged = set(new)
    others = _sources(old) - _sources(new)
    if not others:
        return merged
    subjects = {quad.subject for quad in merged}
    for quad in old:
        if quad.subject in others:
            merged.add(quad)
        elif quad.object in others and (quad.predicate == _DERIVED_FROM or quad.subject in subjects):
            merged.add(quad)  # the policy, and the mapping where it is the same one
    heads = sorted((_head(quads, policy) for quads in (merged, old)), key=_title)
    return merged.difference(*heads) | heads[0]


def _head(quads: Collection[Quad], policy: NamedNode) -> frozenset[Quad]:
    """What a policy is called."""
    return frozenset(quad for quad in quads if quad.subject == policy and quad.predicate in (_TITLE, _LABEL))


def _title(head: frozenset[Quad]) -> tuple[bool, str]:
    """A sort key by which a head with a title comes before one without."""
    titles = sorted(str(quad.object) for quad in head if quad.predicate == _TITLE)
    return not titles, titles[0] if titles else ""


def _sources(quads: Collection[Quad]) -> set[object]:
    return {quad.subject for quad in quads if quad.predicate == _TYPE and quad.object == _SOURCE_FILE}
