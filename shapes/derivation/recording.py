"""Contradictions as part of a policy's graph, so that whoever asks it in SPARQL sees them without a validation.

They are derived when a policy is mapped and when decisions of reviewers change its graph. A validation derives them
anew, so that a graph that others changed, or that an older program wrote, is judged by what it holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import pyoxigraph as ox

from privagraph.ontology.reading import PolicyView, read_policy
from privagraph.shapes.derivation.contradictions import contradictions
from privagraph.shapes.derivation.observations import observation_quads
from privagraph.shapes.graphs import without_observations

__all__ = ["with_contradictions"]


def with_contradictions(
    policy: str, quads: Iterable[ox.Quad], *, view: PolicyView | None = None
) -> Iterator[ox.Quad]:
    """The graph of a policy with what contradicts itself in it, or only seems to.

    Args:
        policy: The policy's IRI.
        quads: The quads of its graph; observations that it holds are replaced.
        view: What the quads say, where that is known: each is there once then, and none is of an observation.

    Returns:
        The quads in their order, each once, then those of what was found.
    """
    if view is None:
        stated = tuple(dict.fromkeys(without_observations(policy, quads)))
        view = read_policy(policy, stated)
    else:
        stated = tuple(quads)
    new = dict.fromkeys(
        quad for observation in contradictions(view) for quad in observation_quads(view, observation)
    )
    if new:  # words of an observation are often those of a mention too
        for quad in stated:
            new.pop(quad, None)
    return chain(stated, new)
