"""Which passage of the new version is which of the old one.

Passages with the same words are the same, wherever they stand and whatever an extractor read in them; so are those that
differ by slips of the pen, and those that were only cut or joined elsewhere. The rest are paired by the words and the
facts that they share, best pairs first.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from privagraph.queries.differences.passages import Passage

__all__ = ["Alignment", "align"]

_ALIKE = 0.36
"""Passages that are less alike than this are no versions of each other."""

_NEIGHBOURS = 0.1
"""What it adds that the passages before, or behind, are versions of each other already."""

_LONGEST_RUN = 8
"""How many passages that follow each other may be one in the other version."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """How the passages of two versions belong together.

    Attributes:
        pairs: Passages that were changed, old and new.
        dropped: Passages of the old version that have no counterpart.
        added: Passages of the new version that have none.
    """

    pairs: tuple[tuple[Passage, Passage], ...]
    dropped: tuple[Passage, ...]
    added: tuple[Passage, ...]


def align(old: Sequence[Passage], new: Sequence[Passage]) -> Alignment:
    """Align the passages of two versions.

    Args:
        old: Those of the old version, in the order of the text.
        new: Those of the new one.
    """
    rest_old, rest_new = _unlike(old, new), _unlike(new, old)
    slips = _slips(rest_old, rest_new)
    taken_old = {one.number for one, _ in slips}
    taken_new = {other.number for _, other in slips}
    rest_old = [each for each in rest_old if each.number not in taken_old]
    rest_new = [each for each in rest_new if each.number not in taken_new]
    pairs = _paired(rest_old, rest_new, _Neighbours(old, new))
    taken_old = {one.number for one, _ in pairs}
    taken_new = {other.number for _, other in pairs}
    return Alignment(
        pairs=tuple(pairs),
        dropped=tuple(each for each in rest_old if each.number not in taken_old),
        added=tuple(each for each in rest_new if each.number not in taken_new),
    )


def _unlike(ours: Sequence[Passage], theirs: Sequence[Passage]) -> list[Passage]:
    """The passages whose words do not stand in the other version, under the same lead-in."""
    known = {(each.lead_in, each.key) for each in theirs}
    runs = _runs(theirs)
    found = [each for each in ours if (each.lead_in, each.key) not in known and each.key not in runs]
    covered = _within_runs(found, {each.key for each in theirs})
    return [each for each in found if each.number not in covered and not each.is_heading]


def _runs(passages: Sequence[Passage]) -> set[tuple[str, ...]]:
    """The words of two and more passages that follow each other, as if they were one."""
    found: set[tuple[str, ...]] = set()
    for first in range(len(passages)):
        key = passages[first].key
        for following in passages[first + 1 : first + _LONGEST_RUN]:
            key += following.key
            found.add(key)
    return found


def _within_runs(passages: Sequence[Passage], whole: set[tuple[str, ...]]) -> set[int]:
    """The numbers of the passages that, joined with those that follow, are one in the other version."""
    found: set[int] = set()
    for first in range(len(passages)):
        key, numbers = passages[first].key, [passages[first].number]
        for following in passages[first + 1 : first + _LONGEST_RUN]:
            if following.number != numbers[-1] + 1:
                break
            key += following.key
            numbers.append(following.number)
            if key in whole:
                found.update(numbers)
    return found


def _slips(old: Sequence[Passage], new: Sequence[Passage]) -> list[tuple[Passage, Passage]]:
    """Pairs that differ by slips of the pen alone, each passage in one pair."""
    found: list[tuple[Passage, Passage]] = []
    taken: set[int] = set()
    known = Counter(word for each in (*old, *new) for word in each.key)
    for one in old:
        for other in new:
            if other.number in taken or len(one.key) != len(other.key) or one.lead_in != other.lead_in:
                continue
            differing = [pair for pair in zip(one.key, other.key, strict=True) if pair[0] != pair[1]]
            if len(differing) * 4 <= len(one.key) and all(
                _is_slip(first, second) and min(known[first], known[second]) == 1
                for first, second in differing
            ):
                found.append((one, other))
                taken.add(other.number)
                break
    return found


def _is_slip(one: str, other: str) -> bool:
    """Whether two words are one, with a letter missing, doubled, wrong or in the wrong place."""
    if not (one.isalpha() and other.isalpha()) or one[0] != other[0] or abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other):
        at = [number for number in range(len(one)) if one[number] != other[number]]
        if len(at) == 2 and at[1] == at[0] + 1:
            return one[at[0]] == other[at[1]] and one[at[1]] == other[at[0]]
        return len(at) == 1 and len(one) > 5
    short, long = sorted((one, other), key=len)
    return len(long) > 5 and any(long[:cut] + long[cut + 1 :] == short for cut in range(len(long)))


class _Neighbours:
    """Whether passages stand between versions of each other."""

    def __init__(self, old: Sequence[Passage], new: Sequence[Passage]) -> None:
        self._old, self._new = old, new

    def alike(self, one: Passage, other: Passage) -> int:
        """How many of the two neighbours are the same; the first and last have a border in common."""
        return sum(
            _key_at(self._old, one.number + step) == _key_at(self._new, other.number + step)
            for step in (-1, 1)
        )


def _key_at(passages: Sequence[Passage], number: int) -> tuple[str, ...] | None:
    return passages[number].key if 0 <= number < len(passages) else None


def _paired(
    old: Sequence[Passage], new: Sequence[Passage], neighbours: _Neighbours
) -> list[tuple[Passage, Passage]]:
    """The changed passages in pairs, the most alike first."""
    often = Counter(word for each in (*old, *new) for word in each.stems)
    weights = {word: 1 / (1 + math.log(count)) for word, count in often.items()}
    scored: list[tuple[float, int, int, Passage, Passage]] = []
    for one in old:
        for other in new:
            score = _likeness(one, other, weights) + _NEIGHBOURS * neighbours.alike(one, other)
            if one.key == other.key:
                score += 1.0
            if score >= _ALIKE + _NEIGHBOURS / 2:
                scored.append((-score, one.number, other.number, one, other))
    pairs: list[tuple[Passage, Passage]] = []
    taken_old: set[int] = set()
    taken_new: set[int] = set()
    for _, first, second, one, other in sorted(scored, key=lambda each: each[:3]):
        if first not in taken_old and second not in taken_new:
            taken_old.add(first)
            taken_new.add(second)
            pairs.append((one, other))
    return sorted(pairs, key=lambda pair: pair[1].number)


def _likeness(one: Passage, other: Passage, weights: dict[str, float]) -> float:
    """How alike two passages are, from 0 to 1: by their words, and by what they are about."""
    if one.stems and other.stems:
        words = _dice(one.stems, other.stems, weights)
    else:  # "We collect:"
        words = _dice(frozenset(one.key), frozenset(other.key), {})
    if words == 0:
        return 0.0
    facts = _facts(one), _facts(other)
    if not facts[0] or not facts[1]:
        return words
    return 0.65 * words + 0.35 * _dice(*facts, {})


def _dice(one: frozenset[str], other: frozenset[str], weights: dict[str, float]) -> float:
    both = sum(weights.get(word, 1.0) for word in one & other)
    every = sum(weights.get(word, 1.0) for words in (one, other) for word in words)
    return 2 * both / every if every else 0.0


def _facts(passage: Passage) -> frozenset[str]:
    """What a passage is about."""
    return frozenset(f"{each.role} {each.agent or each.concept or each.value}" for each in passage.mentions)
