"""What can be observed about the wording of a policy.

Vague words, open lists, terms without a meaning, references that lead nowhere, and text that is hard to read.

Only English is read; of a policy in another language nothing is observed.
"""

from __future__ import annotations

from collections.abc import Iterator

from privagraph.ontology.reading import PolicyView
from privagraph.shapes.derivation.observations import Observation
from privagraph.shapes.derivation.wording.lists import open_lists
from privagraph.shapes.derivation.wording.readability import hard_to_read
from privagraph.shapes.derivation.wording.sections import missing_sections
from privagraph.shapes.derivation.wording.terms import undefined_terms
from privagraph.shapes.derivation.wording.text import PolicyText
from privagraph.shapes.derivation.wording.vague import vague_words

__all__ = ["wording"]


def wording(policy: PolicyView) -> Iterator[Observation]:
    """What is observed about the wording of a policy.

    Args:
        policy: The policy.
    """
    if policy.language and policy.language.partition("-")[0].lower() != "en":
        return
    text = PolicyText(policy)
    if not text.lines:
        return
    for observe in (vague_words, open_lists, undefined_terms, missing_sections, hard_to_read):
        yield from observe(text)
