"""Triples without named graphs, parted into one graph a policy.

Turtle cannot say which policy a triple belongs to, but the IRIs can: all that is of one policy is named under
the policy's own IRI. Organisations are named apart from it, as several policies speak of them; they go to
each policy that refers to them. So a file with one policy comes back exactly as it was written. In a file
with several, what two policies say of one organisation (an address, say) is said in both graphs afterwards; a
format with named graphs keeps them apart.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from pyoxigraph import NamedNode, Quad, Triple

from privagraph.ontology.namespaces import compact, expand

__all__ = ["owner_of", "parted", "policies_of"]

_TYPE = NamedNode(expand("rdf:type"))
_POLICY = NamedNode(expand("pg:PrivacyPolicy"))


def parted(triples: Iterable[Triple]) -> Iterator[Quad]:
    """The triples as quads, each in the graph of its policy.

    Args:
        triples: What a file without named graphs holds.

    Yields:
        The quads. Triples of no policy stay in the default graph.
    """
    nodes: dict[object, list[Triple]] = {}
    for triple in triples:
        nodes.setdefault(triple.subject, []).append(triple)
    policies = policies_of(triple for said in nodes.values() for triple in said)
    parts: dict[str | None, list[object]] = {}
    for node in nodes:
        parts.setdefault(owner_of(node, policies), []).append(node)
    shared = {node for node in parts.pop(None, []) if not _is_term(node)}
    placed: set[object] = set()
    for policy, own in sorted(parts.items(), key=lambda part: str(part[0])):
        graph = NamedNode(str(policy))
        waiting, reached = list(own), set(own)
        while waiting:
            for triple in nodes[waiting.pop()]:
                yield Quad(triple.subject, triple.predicate, triple.object, graph)
                if triple.object in shared and triple.object not in reached:
                    reached.add(triple.object)
                    waiting.append(triple.object)
        placed |= reached
    for node, said in nodes.items():
        if node not in placed:
            yield from (Quad(*triple) for triple in said)


def policies_of(statements: Iterable[Triple | Quad]) -> frozenset[str]:
    """The IRIs of all policies that statements are about."""
    return frozenset(
        each.subject.value
        for each in statements
        if isinstance(each.subject, NamedNode) and each.predicate == _TYPE and each.object == _POLICY
    )


def owner_of(node: object, policies: Collection[str]) -> str | None:
    """The policy whose IRI a node is named under, or None."""
    name = node.value if isinstance(node, NamedNode) else ""
    while name:
        if name in policies:
            return name
        name = name.rpartition("/")[0]
    return None


def _is_term(node: object) -> bool:
    """Whether a node is a term of a vocabulary that the project knows, not an instance."""
    return isinstance(node, NamedNode) and compact(node.value) != node.value
