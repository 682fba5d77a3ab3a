"""The decisions of reviewers in a mapping run: what an extractor finds anew is reviewed as before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pyoxigraph import Quad

from privagraph.loaders.confidence import surest
from privagraph.loaders.facts import MappedPolicy
from privagraph.loaders.iris import PolicyIris
from privagraph.loaders.reviews.carrying import carried
from privagraph.loaders.reviews.decisions import Decision, Reviewed, in_force
from privagraph.loaders.reviews.matching import fitting, reviewed
from privagraph.loaders.reviews.rereading import Reread, reread

__all__ = ["Remapped", "ReviewedGraphs", "remapped"]

ReviewedGraphs = Callable[[str, str], Iterable[tuple[str, Iterable[Quad]]]]
"""Hands out the graphs with decisions that a policy's IRI, or the name of its file, leads to: IRI and quads of each."""


@dataclass(frozen=True, slots=True)
class Remapped:
    """A policy of a mapping run.

    Attributes:
        review: What holds of it.
        carried: How many decisions were carried over from another version of the text.
        behind: Decisions about another version that do not fit this one, with their words.
        mentions: How many mentions were left out as unsure.
        practices: How many practices were left out as unsure.
    """

    review: Reviewed
    carried: int = 0
    behind: tuple[tuple[str, Decision], ...] = ()
    mentions: int = 0
    practices: int = 0


def remapped(
    found: MappedPolicy,
    iris: PolicyIris,
    graphs: Iterable[tuple[str, Iterable[Quad]]] = (),
    *,
    min_confidence: float = 0.0,
) -> Remapped:
    """Leave out what is unsure, and apply the decisions that are known.

    Args:
        found: What an extractor found.
        iris: The IRIs of the policy.
        graphs: Graphs with decisions, of this policy and of other versions of it.
        min_confidence: Leave out what is less sure, unless a person has decided about it.

    Raises:
        GraphError: A graph with decisions cannot be read.
    """
    own: dict[str, Decision] = {}
    others: list[Reread] = []
    for policy, quads in graphs:
        version = reread(policy, quads)
        if policy == iris.policy:
            own.update(version.decisions)
        else:
            others.append(version)
    over, behind = carried(others, found, own.values()) if others else ((), ())
    decisions = (*own.values(), *over)
    kept = fitting(found, in_force(decisions, iris)) if decisions else {}
    left = surest(found, min_confidence, keep=kept)
    return Remapped(
        reviewed(left.mapped, decisions, iris),
        carried=len(over),
        behind=behind,
        mentions=left.mentions,
        practices=left.practices,
    )
