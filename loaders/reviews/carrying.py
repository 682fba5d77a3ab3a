"""Decisions taken to another version of a policy, whose text is another one.

A decision goes over where its words, with the words before and after them, stand exactly once in the new text, and
something of the same role was found there, or nearly there (:func:`~privagraph.loaders.reviews.matching.fitting`).
What goes over keeps its person and its day, and names the decision that it comes from. Two versions are versions of
one policy when their files have the same name and their controllers, where both are known, are the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from privagraph.loaders.agents import controller_key
from privagraph.loaders.facts import MappedPolicy
from privagraph.loaders.naming import finding_names
from privagraph.loaders.reviews.decisions import Decision, in_force
from privagraph.loaders.reviews.matching import fitting
from privagraph.loaders.reviews.rereading import Reread

__all__ = ["Carried", "carried"]

_CONTEXT = 32
"""Code points before and after the words that must be the same; what a quote selector keeps."""

Carried = tuple[tuple[Decision, ...], tuple[tuple[str, Decision], ...]]
"""Decisions that go over, and those that stay behind, with their words."""


def carried(earlier: Iterable[Reread], found: MappedPolicy, known: Iterable[Decision]) -> Carried:
    """The decisions about earlier versions that go over to a new one.

    Args:
        earlier: The earlier versions.
        found: What was found in the new version.
        known: The decisions that the new version has; they go before any that could be carried over.

    Returns:
        Decisions about the new version, and those in force about the earlier ones that do not fit it.
    """
    names = finding_names(found)
    known = tuple(known)
    places = {_about(each) for each in known}
    taken = {names[finding] for finding in fitting(found, known)}
    over: dict[str, Decision] = {}
    behind: list[tuple[str, Decision]] = []
    for version in earlier:
        if not _is_version(version, found):
            continue
        moved = {
            decision: _moved(decision, version, found)
            for decision in in_force(version.decisions.values(), version.iris)
        }
        pairs = fitting(found, [each for each in moved.values() if each is not None])
        fits = {decision: names[finding] for finding, decision in pairs.items()}
        for decision, there in moved.items():
            if there is None or there not in fits:
                behind.append((version.found.document.text[decision.start : decision.end], decision))
                continue
            name = fits[there]
            if name in taken or _about(there) in places:
                continue
            if name not in over or _order(there) > _order(over[name]):
                over[name] = replace(there, finding=name)
    return tuple(over[name] for name in sorted(over)), tuple(behind)


def _about(decision: Decision) -> tuple[int, int, object]:
    """What a decision is about, however it decides."""
    return decision.start, decision.end, decision.found.role or decision.found


def _order(decision: Decision) -> tuple[str, str]:
    """The later decision comes last."""
    return decision.on.isoformat(), decision.origin or ""


def _is_version(earlier: Reread, found: MappedPolicy) -> bool:
    one, other = controller_key(earlier.found), controller_key(found)
    return one is None or other is None or one == other


def _moved(decision: Decision, version: Reread, found: MappedPolicy) -> Decision | None:
    """The decision at its place in the new text; None where its words are gone, or stand there more than once."""
    old, new = version.found.document.text, found.document.text
    first = max(0, decision.start - _CONTEXT)
    sought = old[first : decision.end + _CONTEXT]
    at = new.find(sought)
    if at < 0 or new.find(sought, at + 1) >= 0:
        return None
    start = at + decision.start - first
    return replace(
        decision,
        start=start,
        end=start + decision.end - decision.start,
        replaces=None,
        origin=decision.iri(version.iris),
    )
