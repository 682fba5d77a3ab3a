"""Contradictions as part of a policy's graph, so that whoever asks it in SPARQL sees them without a validation.

They are derived when a policy is mapped and when decisions of reviewers change its graph. A validation derives them
anew, so that a graph that others changed, or that an older program wrote, is judged by what it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from privagraph.ontology.reading import PolicyView, read_policy
from privagraph.shapes.derivation.contradictions import contradictions
from privagraph.shapes.derivation.observations import observation_quads
from privagraph.shapes.graphs import without_observations

__all__ = ["nquads_with_contradictions", "with_contradictions"]


def with_contradictions(policy: str, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The graph of a policy with what contradicts itself in it, or only seems to.

    Args:
        policy: The policy's IRI.
        quads: The quads of its graph; observations that it holds are replaced.

    Returns:
        The quads in their order, each once, then those of what was found.
    """
    stated = dict.fromkeys(without_observations(policy, quads))
    stated.update(dict.fromkeys(_found(read_policy(policy, stated))))
    return iter(stated)


def nquads_with_contradictions(nquads: bytes, view: PolicyView) -> bytes:
    """The graph of a policy that was just mapped, with what contradicts itself in it.

    Args:
        nquads: The graph, without observations, each statement in a line of its own as Oxigraph writes it.
        view: What it says.

    Returns:
        Its lines, then those of what was found.
    """
    new = dict.fromkeys(_found(view))
    if not new:
        return nquads
    text = ox.serialize(new, format=ox.RdfFormat.N_QUADS)
    assert text is not None  # it is bytes where no place to write to is given
    known = set(nquads.splitlines(keepends=True))  # words of an observation are often those of a mention too
    return nquads + b"".join(line for line in text.splitlines(keepends=True) if line not in known)


def _found(view: PolicyView) -> Iterator[ox.Quad]:
    for observation in contradictions(view):
        yield from observation_quads(view, observation)
