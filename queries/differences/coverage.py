"""What a version of a policy says anywhere, so that nothing counts as added or dropped that only stands elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from privagraph.ontology.reading import PracticeView
from privagraph.queries.differences.passages import Passage
from privagraph.queries.differences.points import Point, family_of, points_of, same_thing

__all__ = ["Version", "is_denied"]

_ANCHORS = {
    "data": ("recipient",),
    "purpose": ("data", "recipient"),
    "recipient": ("data",),
    "legal basis": ("purpose", "data"),
    "retention": ("data",),
    "source": ("data",),
}
"""Of what else a point is said: a purpose is new for some data though it is an old one for others."""


class Version:
    """The passages of one version, with what each says."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._points = {each.number: points_of(each) for each in passages}
        self._passages = tuple(passages)
        self._by_aspect: dict[str, list[tuple[Point, Passage]]] = {}
        self._practices = [practice for each in passages for practice in each.practices]
        for passage in passages:
            for point in self._points[passage.number]:
                self._by_aspect.setdefault(point.aspect, []).append((point, passage))

    def points(self, passage: Passage) -> tuple[Point, ...]:
        """What one of the passages says."""
        return self._points[passage.number]

    def says(self, point: Point, passage: Passage, others: Sequence[Point]) -> bool:
        """Whether this version says the same somewhere.

        Args:
            point: What a passage of the other version says.
            passage: That passage.
            others: What else that passage says.
        """
        denied = is_denied(point, passage)
        families = _families(point, passage)
        anchors = [each for each in others if each.aspect in _ANCHORS.get(point.aspect, ())]
        for known, where in self._by_aspect.get(point.aspect, ()):
            if not same_thing(known, point) or is_denied(known, where) != denied:
                continue
            if point.aspect == "data" and not _covers(_families(known, where), families):
                continue
            around = [
                each for each in self.points(where) if each.aspect in {anchor.aspect for anchor in anchors}
            ]
            if (
                not anchors
                or (point.aspect != "data" and not around)
                or any(same_thing(one, other) for one in around for other in anchors)
            ):
                return True
        return False

    def promises(self, passage: Passage) -> bool:
        """Whether a passage of this version has most words of one that promises something, and denies too."""
        return any(
            {"not", "never"} & set(each.key) and 2 * len(each.stems & passage.stems) > len(passage.stems)
            for each in self._passages
        )

    def has_together(self, words: frozenset[str]) -> bool:
        """Whether one passage has all of some words; a single word is too little to tell."""
        return len(words) > 1 and any(words <= each.stems for each in self._passages)

    def does(self, practice: PracticeView) -> bool:
        """Whether this version states a practice of the same kind without saying of which data, or of all data."""
        family = family_of(practice)
        return any(
            each.denied == practice.denied and family_of(each) == family and not _specific(each)
            for each in self._practices
        )


def is_denied(point: Point, passage: Passage) -> bool:
    """Whether a passage denies what a point says: by the practices that it is an argument of, else by itself."""
    deeds = [
        each for each in passage.deeds if any(one.span == point.span for one in each.arguments)
    ] or passage.practices
    return all(each.denied for each in deeds) if deeds else point.denied


def _families(point: Point, passage: Passage) -> frozenset[str]:
    deeds = [each for each in passage.deeds if any(one.span == point.span for one in each.arguments)]
    return frozenset(map(family_of, deeds or passage.deeds))


def _covers(known: frozenset[str], asked: frozenset[str]) -> bool:
    """Whether who does one does the other: what is shared is handled too; where nothing is done, anything will do."""
    handled = known | {"handle"} if known else asked
    return asked <= handled


def _specific(practice: PracticeView) -> bool:
    return any(
        each.role == "data_category" and not each.is_reference and each.concept for each in practice.arguments
    )
