"""Changes between two versions of a policy, from their passages.

Only passages whose words were changed are looked at. What they say is compared point by point with the passage that
they were made from; what then seems to be added or dropped counts only if the other version does not say it anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from privagraph.ontology.reading import PolicyView
from privagraph.queries.differences.alignment import Alignment, align
from privagraph.queries.differences.changes import Change, Kind, Place, PolicyDiff, Side, TextChange
from privagraph.queries.differences.coverage import Version
from privagraph.queries.differences.headers import header_changes
from privagraph.queries.differences.pair import Pair, changed_contact, place_of
from privagraph.queries.differences.pairs import pair_changes
from privagraph.queries.differences.passages import passages
from privagraph.queries.differences.unpaired import unpaired_changes

__all__ = ["diff_policies"]


def diff_policies(old: PolicyView, new: PolicyView) -> PolicyDiff:
    """What differs between two versions of a policy.

    Args:
        old: The old version.
        new: The new version.
    """
    before, after = passages(old), passages(new)
    alignment = align(before, after)
    versions = Version(before), Version(after)
    found = _contacts([*header_changes(old, new), *_changes(alignment, versions, (old, new))])
    changes = tuple(sorted(_once(found), key=_order))
    names = [_name(each) for each in (old, new)]
    if names[0] == names[1]:
        names = [f"{names[0]} ({side})" for side in ("old", "new")]
    return PolicyDiff(
        Side(old.iri, names[0]),
        Side(new.iri, names[1]),
        changes,
        tuple(_texts(alignment, changes, (old, new))),
    )


def _changes(
    alignment: Alignment, versions: tuple[Version, Version], policies: tuple[PolicyView, PolicyView]
) -> Iterator[Change]:
    for one, other in alignment.pairs:
        yield from pair_changes(Pair(one, other, *versions, policies))
    for passage in alignment.dropped:
        yield from unpaired_changes(passage, Kind.DROPPED, *versions, policies[0])
    for passage in alignment.added:
        yield from unpaired_changes(passage, Kind.ADDED, versions[1], versions[0], policies[1])


def _once(changes: Iterable[Change]) -> Iterator[Change]:
    """Each change once, where the same was done in several places."""
    seen: set[tuple[object, ...]] = set()
    for each in changes:
        told = tuple(
            place and " ".join(place.words.casefold().split()).strip(".,;:") for place in (each.old, each.new)
        )
        if (each.kind, each.aspect, told) not in seen:
            seen.add((each.kind, each.aspect, told))
            yield each


def _contacts(changes: Sequence[Change]) -> list[Change]:
    """The changes, a contact that was dropped and the one of its kind that was added as one change."""
    found = list(changes)
    for kind in dict.fromkeys(_kind_of_contact(each) for each in changes if each.aspect == "contact"):
        alike = [each for each in found if each.aspect == "contact" and _kind_of_contact(each) == kind]
        gone = [each for each in alike if each.kind is Kind.DROPPED]
        come = [each for each in alike if each.kind is Kind.ADDED]
        words = [
            {" ".join(each.words.split()) for each in side if each}
            for side in ([c.old for c in gone], [c.new for c in come])
        ]
        if len(words[0]) == len(words[1]) == 1:
            old, new = gone[0].old, come[0].new
            assert old is not None
            assert new is not None  # what was dropped was there, and so is what was added
            found = [each for each in found if each not in gone and each not in come]
            found.append(changed_contact(old, new))
    return found


def _words(places: Iterable[Place | None]) -> set[str]:
    return {" ".join(each.words.split()) for each in places if each is not None}


def _kind_of_contact(change: Change) -> str:
    place = change.new if change.kind is Kind.ADDED else change.old
    words = place.words if place is not None else ""
    if "@" in words:
        return "mail"
    if re.fullmatch(r"[\d\s()+/.-]+", words):
        return "telephone"
    return "name" if not re.search(r"\d", words) else "address"


def _order(change: Change) -> tuple[int, int, str, str]:
    place = change.new or change.old
    start = place.span.start if place is not None else 0
    return start, change.new is None, change.aspect, change.sentence


def _texts(
    alignment: Alignment, changes: Iterable[Change], policies: tuple[PolicyView, PolicyView]
) -> Iterator[TextChange]:
    """The passages that differ in their words alone."""
    told = [
        {place.passage_span for each in changes if (place := getattr(each, side))} for side in ("old", "new")
    ]
    found = [
        TextChange(place_of(one, None, policies[0]), place_of(other, None, policies[1]))
        for one, other in alignment.pairs
        if one.key != other.key and not (one.span in told[0] and other.span in told[1])
    ]
    found += [
        TextChange(place_of(each, None, policies[0]), None)
        for each in alignment.dropped
        if each.span not in told[0]
    ]
    found += [
        TextChange(None, place_of(each, None, policies[1]))
        for each in alignment.added
        if each.span not in told[1]
    ]
    yield from sorted(found, key=lambda each: ((each.new or each.old).span.start, each.new is None))  # type: ignore[union-attr]


def _name(policy: PolicyView) -> str:
    return policy.sources[0] if policy.sources else policy.label or policy.iri
