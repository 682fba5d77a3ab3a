"""Contradictions within one policy, and pairs of statements that only seem to contradict each other.

Most pairs that look like a contradiction fall on a second look: the action, the people, the purpose or the time differ,
or one of the two has an exception. So what a statement takes out of itself is compared as well, and what falls is
reported as a ``pg:Narrowing``. What is compared, how often it holds and what is missed: ``docs/contradictions.md``.
"""

from __future__ import annotations

from collections.abc import Iterator

from privagraph.ontology.layout import Layout
from privagraph.ontology.reading import PolicyView
from privagraph.shapes.derivation.contradictions.anonymity import anonymous_and_personal
from privagraph.shapes.derivation.contradictions.clashes import broken_promises
from privagraph.shapes.derivation.contradictions.dates import dates_that_disagree
from privagraph.shapes.derivation.contradictions.retention import periods_that_disagree
from privagraph.shapes.derivation.contradictions.roles import controller_and_processor
from privagraph.shapes.derivation.observations import Observation

__all__ = ["contradictions"]


def contradictions(policy: PolicyView) -> Iterator[Observation]:
    """What a policy says against itself.

    Args:
        policy: The policy to look at.

    Yields:
        Observations of a kind below ``pg:Contradiction``, and of ``pg:Narrowing``.
    """
    layout = Layout(policy.text)
    for find in (
        broken_promises,
        periods_that_disagree,
        anonymous_and_personal,
        dates_that_disagree,
        controller_and_processor,
    ):
        yield from find(policy, layout)
