"""Contradictions as part of a policy's graph, so that whoever asks it in SPARQL sees them without a validation.

They are derived when a policy is mapped and when decisions of reviewers change its graph. A validation derives them
anew, so that a graph that others changed, or that an older program wrote, is judged by what it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from privagraph.ontology.reading import read_policy
from privagraph.shapes.derivation.contradictions import contradictions
from privagraph.shapes.derivation.observations import observation_quads
from privagraph.shapes.graphs import without_observations

__all__ = ["with_contradictions"]


def with_contradictions(policy: str, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """The graph of a policy with what contradicts itself in it, or only seems to.

    Args:
        policy: The policy's IRI.
        quads: The quads of its graph; observations that it holds are replaced.
    """
    stated = dict.fromkeys(without_observations(policy, quads))
    view = read_policy(policy, stated)
    for observation in contradictions(view):
        stated.update(dict.fromkeys(observation_quads(view, observation)))
    return iter(stated)
