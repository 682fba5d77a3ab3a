"""What is left of a policy when unsure findings are left out, and what makes a practice one.

A practice is made by what it is about. The rules are those by which :mod:`~privagraph.loaders.extraction` ties: data;
or, where no mention names the data, something told about data that the sentence only speaks of (a purpose, a
recipient, a legal basis ...), for which a bare data subject or safeguard is not enough.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from privagraph.loaders.extraction.drafts import TELLING
from privagraph.loaders.facts import MappedPolicy, Mention, Practice, Role

__all__ = ["Surest", "still_a_practice", "surest"]


@dataclass(frozen=True, slots=True)
class Surest:
    """A policy without its unsure findings.

    Attributes:
        mapped: What is left.
        mentions: How many mentions were left out.
        practices: How many practices were left out.
    """

    mapped: MappedPolicy
    mentions: int = 0
    practices: int = 0


def surest(
    mapped: MappedPolicy, min_confidence: float, *, keep: Collection[Mention | Practice] = frozenset()
) -> Surest:
    """Leave out what is less sure than a threshold.

    Args:
        mapped: What was found.
        min_confidence: Mentions and practices whose confidence is below it are left out, from 0 to 1. A practice
            loses arguments that are left out, and is left out itself where they made it one.
        keep: What stays however unsure it is, such as what a person has looked at.

    Returns:
        What is left, and how much was left out.
    """
    if min_confidence <= 0:
        return Surest(mapped)

    def stays(finding: Mention | Practice) -> bool:
        return finding.confidence >= min_confidence or finding in keep

    practices: list[Practice] = []
    for practice in filter(stays, mapped.practices):
        kept = tuple(filter(stays, practice.arguments))
        if still_a_practice(practice, kept):
            practices.append(practice if kept == practice.arguments else replace(practice, arguments=kept))
    every = {*mapped.mentions, *(each for practice in mapped.practices for each in practice.arguments)}
    left = replace(mapped, mentions=tuple(filter(stays, mapped.mentions)), practices=tuple(practices))
    return Surest(
        left,
        mentions=sum(not stays(mention) for mention in every),
        practices=len(mapped.practices) - len(practices),
    )


def still_a_practice(practice: Practice, kept: Collection[Mention]) -> bool:
    """Whether a practice is still one with what is left of its arguments.

    Args:
        practice: The practice as it was found.
        kept: The arguments that it keeps.
    """
    before = {mention.role for mention in practice.arguments}
    after = {mention.role for mention in kept}
    if after == before or Role.DATA_CATEGORY in after:
        return bool(kept)
    return Role.DATA_CATEGORY not in before and bool(after & TELLING)
