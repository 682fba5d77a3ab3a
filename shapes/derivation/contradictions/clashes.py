"""The denials of a policy against all that it says is done: the best pair for each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from privagraph.ontology.layout import Layout
from privagraph.ontology.reading import PolicyView
from privagraph.shapes.derivation.contradictions.deeds import Deed, deeds
from privagraph.shapes.derivation.contradictions.families import Family
from privagraph.shapes.derivation.contradictions.pairs import Pair, compared, kind_of_deed
from privagraph.shapes.derivation.contradictions.promises import promises
from privagraph.shapes.derivation.observations import Observation

__all__ = ["broken_promises"]

_BREAKS = {
    Family.SHARING: frozenset({Family.SHARING, Family.SALE}),
    Family.SALE: frozenset({Family.SALE}),
    Family.COLLECTION: frozenset({Family.COLLECTION, Family.STORAGE, Family.SHARING}),
    Family.STORAGE: frozenset({Family.STORAGE}),
    Family.USE: frozenset({Family.USE}),
}
"""Which deeds break which promise: selling is sharing, sharing is not selling."""

_KINDS = {
    Family.SHARING: "pg:SharingContradiction",
    Family.SALE: "pg:SaleContradiction",
    Family.COLLECTION: "pg:CollectionContradiction",
    Family.STORAGE: "pg:StorageContradiction",
    Family.USE: "pg:UseContradiction",
}

_NAMES = 5
"""How many recipients are named in a note."""

_FEW = 4
"""How many deeds of one kind, and how many promises of the same in the same words, are compared; the others differ from
them only in where they stand."""


def broken_promises(policy: PolicyView, layout: Layout) -> Iterator[Observation]:
    """The denials of a policy that it breaks itself, and those that it only seems to.

    One observation for each denial: with the practice that breaks it most surely.
    """
    promised = tuple(promises(policy, layout))
    if not promised:
        return
    by_family: dict[Family, list[_Alike]] = {}
    for alike in _alike(deeds(policy, layout)):
        by_family.setdefault(alike.deeds[0].family, []).append(alike)
    said: set[tuple[str, str]] = set()
    met: Counter[object] = Counter()
    for promise in promised:
        words = " ".join(promise.practice.quote.split())
        same_words = (promise.family, words, promise.data, promise.exceptions, promise.narrow)
        met[same_words] += 1
        if met[same_words] > _FEW:
            continue
        pairs: list[tuple[Pair, int]] = []
        for family in Family:
            for alike in by_family.get(family, ()) if family in _BREAKS[promise.family] else ():
                pair = next(
                    (pair for deed in alike.deeds if (pair := compared(promise, deed)) is not None), None
                )
                if pair is not None:
                    pairs.append((pair, alike.count))
        if not pairs:
            continue
        best = max((pair for pair, _ in pairs), key=_rank)
        kind = _kind(best)
        # The same promise in the same words, or one sentence that denies sharing and selling: told once.
        key = (kind, words)
        if key in said:
            continue
        said.add(key)
        same = [(pair, count) for pair, count in pairs if bool(pair.why) == bool(best.why)]
        names = {
            pair.recipient.agent for pair, _ in same if pair.recipient is not None and pair.recipient.agent
        }
        yield _observation(
            best,
            kind,
            others=sum(count for _, count in same) - 1,
            names=sorted(map(policy.label_of, names)) if kind == "pg:RecipientContradiction" else [],
        )


@dataclass(slots=True)
class _Alike:
    """Deeds that no promise tells apart but by where they stand.

    Attributes:
        deeds: The first few of them.
        count: How many there are.
    """

    deeds: list[Deed]
    count: int = 0


def _alike(found: Iterable[Deed]) -> Iterable[_Alike]:
    """Deeds by what comparing them depends on, so that a long policy costs little more than its different passages."""
    by_kind: dict[object, _Alike] = {}
    for deed in found:
        alike = by_kind.setdefault(kind_of_deed(deed), _Alike([]))
        alike.count += 1
        if len(alike.deeds) < _FEW:
            alike.deeds.append(deed)
    return by_kind.values()


def _rank(pair: Pair) -> tuple[bool, float, int]:
    """What makes one pair tell more than another: that it clashes, how surely, that it comes first."""
    return not pair.why, pair.strength, -pair.deed.practice.evidence.start


def _kind(pair: Pair) -> str:
    if pair.why:
        return "pg:Narrowing"
    if pair.promise.family is Family.SHARING and pair.recipient is not None and pair.recipient.agent:
        return "pg:RecipientContradiction"
    return _KINDS[pair.promise.family]


def _observation(pair: Pair, kind: str, *, others: int, names: Sequence[str]) -> Observation:
    promise, deed = pair.promise.practice, pair.deed.practice
    notes = [f"No contradiction on a second look: {pair.why}."] if pair.why else []
    if names:
        more = f" and {len(names) - _NAMES} more" if len(names) > _NAMES else ""
        notes.append(f"Recipients that the policy names: {', '.join(names[:_NAMES])}{more}.")
    elif others:
        notes.append(
            "Another passage says the like." if others == 1 else f"{others} other passages say the like."
        )
    return Observation(
        kind=kind,
        spans=(promise.evidence, deed.evidence),
        about=tuple(iri for iri in (promise.iri, deed.iri) if iri),
        confidence=round(pair.strength, 2),
        note=" ".join(notes),
    )
