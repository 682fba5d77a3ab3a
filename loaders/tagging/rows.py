"""Rights that stand together: those before one object, and those in a row.

The tagger has learnt from annotations that mark but some of them, and doubts the others; beside a right that is kept
they are kept too. Each right is looked at beside its neighbours only, so that a long text of rights takes as long for
each as a short one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from privagraph.loaders.facts import Mention, Role
from privagraph.loaders.tagging.spots import Spots
from privagraph.ontology.namespaces import expand

__all__ = ["coordinated", "in_a_row"]

_ONE_OBJECT = frozenset(map(expand, ("eu-gdpr:A15", "eu-gdpr:A16", "eu-gdpr:A17", "eu-gdpr:A18")))
"""Rights whose verbs are strung together before one object ("access, correct or delete your data")."""

_AND = re.compile(r"\b(?:and|or)\b|/", re.IGNORECASE)

_STRUNG = 3
"""So many rights before one object that the tagger cannot silence."""

_ROW = re.compile(r"(?:,|,?\s+(?:and|or|and/or)\b)\s*(?:(?:and|or)\s+)?(?:to\s+)?", re.IGNORECASE)
"""What stands between two members of a row of rights."""

_AT_MOST = re.compile(r",?\s*(?:and/or|and|or)?\s*(?:and|or)?\s*(?:to)?\s*", re.IGNORECASE)
"""What begins as a row goes on, and reaches at least as far as any :data:`_ROW` from the same place."""


def coordinated(text: str, kept: Sequence[Mention], doubted: Sequence[Mention]) -> Iterator[Mention]:
    """The doubted rights that share words with a kept one, and are as sure as it is; and three strung together.

    "You may ask us to access, correct or delete your data" grants three rights; annotators who quote without gaps can
    mark but the last one, and so the tagger has learnt to see no other.

    Args:
        text: The document's text.
        kept: What is kept, rights and others.
        doubted: Rights that the tagger does not see.

    Yields:
        The rights to be kept besides.
    """
    rights = [mention for mention in kept if mention.role is Role.RIGHT and mention.concept in _ONE_OBJECT]
    doubted = [mention for mention in doubted if mention.concept in _ONE_OBJECT]
    spots = Spots(("kept", *each) for each in enumerate(rights))
    for number, mention in enumerate(doubted):
        spots.add("doubted", number, mention)
    for mention in doubted:
        beside = [rights[number].confidence for number in spots.overlapping("kept", mention)]
        if beside and _AND.search(text, mention.start, mention.end):
            yield replace(mention, confidence=max(beside))
        elif len({doubted[each].concept for each in spots.overlapping("doubted", mention)}) >= _STRUNG:
            yield mention


def in_a_row(text: str, kept: Sequence[Mention], doubted: Sequence[Mention]) -> Iterator[Mention]:
    """The doubted rights that stand beside a kept one: "correct it, object to its use, and receive it".

    Those that are kept for one beside them keep the next; hence once forwards and once backwards.

    Args:
        text: The document's text.
        kept: What is kept, rights and others.
        doubted: Rights that the tagger does not see.

    Yields:
        The rights to be kept besides.
    """
    rights = [mention for mention in kept if mention.role is Role.RIGHT]
    forwards = sorted(doubted, key=lambda mention: (mention.start, mention.end))
    both = [*forwards, *rights]
    beside = _neighbours(text, both)
    sure = {number: [both[number].confidence] for number in range(len(forwards), len(both))}
    spots = Spots((both[number].concept, number, both[number]) for number in sure)
    order = range(len(forwards))
    for number in (*order, *reversed(order)):
        mention = both[number]
        near = [
            min(sure[other])
            for other in beside[number]
            if other in sure and both[other].concept != mention.concept
        ]
        if near and not spots.overlapping(mention.concept, mention):
            found = replace(mention, confidence=min(near))
            sure.setdefault(number, []).append(found.confidence)
            spots.add(mention.concept, number, mention)
            yield found


def _neighbours(text: str, mentions: Sequence[Mention]) -> dict[int, list[int]]:
    """Which mentions are next to each other in a row, by their numbers."""
    order = sorted(range(len(mentions)), key=lambda number: mentions[number].start)
    starts = [mentions[number].start for number in order]
    beside: dict[int, list[int]] = defaultdict(list)
    for number, mention in enumerate(mentions):
        reach = _AT_MOST.match(text, mention.end)
        assert reach is not None  # all of it may be missing
        first, last = bisect_right(starts, mention.end), bisect_right(starts, reach.end())
        for other in order[first:last]:
            if _ROW.fullmatch(text, mention.end, mentions[other].start):
                beside[number].append(other)
                beside[other].append(number)
    return beside
