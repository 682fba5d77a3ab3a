"""Decisions applied to what an extractor found.

A decision holds for a finding of the same words and the same role, whoever found it: the extractor that the person
saw, or a later one. Extractors differ by a word in where a finding begins and ends, so that a decision without such a
finding holds for the one of its role whose words overlap its own by half, where there is but one. A confirmed or
corrected finding is what the person says, with confidence 1; a rejected one is left out, with what rested on it. What
no decision is about stays as it was found. A decision that fits no finding is kept and told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from privagraph.loaders.confidence import still_a_practice
from privagraph.loaders.facts import MappedPolicy, Mention, Polarity, Practice, Role
from privagraph.loaders.iris import PolicyIris
from privagraph.loaders.naming import finding_names
from privagraph.loaders.quads import ARGUMENT_PROPERTIES
from privagraph.loaders.reviews.decisions import Claim, Decision, Reviewed, Verdict, claim_of, in_force

__all__ = ["fitting", "reviewed"]

_Finding = Mention | Practice

_CERTAIN = 1.0
"""The confidence of what a person says."""

_NAMING = frozenset(
    {Role.CONTROLLER, Role.CONTACT, Role.DPO, Role.RECIPIENT, Role.SOURCE, Role.PROCESSOR_ROLE}
)
"""Roles whose words may name an organisation."""
_PLACES = frozenset({Role.STORAGE_LOCATION, Role.TRANSFER_DESTINATION, Role.JURISDICTION})
"""Roles whose normalised values mean the same."""
_DONE = frozenset(
    {
        Role.DATA_CATEGORY,
        Role.PURPOSE,
        Role.LEGITIMATE_INTEREST,
        Role.RECIPIENT,
        Role.SOURCE,
        Role.TRACKING_TECHNOLOGY,
        Role.TRANSFER_DESTINATION,
    }
)
"""Roles of arguments that are denied where their practice is."""


def reviewed(found: MappedPolicy, decisions: Iterable[Decision], iris: PolicyIris) -> Reviewed:
    """What holds of a policy by the decisions of its reviewers.

    Args:
        found: What the extractor found.
        decisions: All decisions about the policy, those that others have replaced included.
        iris: The IRIs of the policy.
    """
    every = tuple(sorted(decisions, key=lambda each: (each.start, each.end, each.iri(iris))))
    if not every:
        return Reviewed(found, found)
    held = in_force(every, iris)
    pairs = fitting(found, held)
    names = finding_names(found)
    mentions, decided = _mentions(found, pairs)
    practices: dict[Practice, None] = {}
    for practice in found.practices:
        made = _practice(practice, pairs.get(practice), mentions)
        if made is not None:
            practices[made] = None
            if practice in pairs:
                decided[made] = pairs[practice]
    kept = sorted(
        {new for old in found.mentions if (new := mentions[old]) is not None},
        key=lambda each: (each.start, each.end, str(each.role), each.concept or ""),
    )
    fits = set(pairs.values())
    return Reviewed(
        mapped=replace(
            found,
            facts=replace(found.facts, controller=_controller(found, kept)),
            mentions=tuple(kept),
            practices=tuple(practices),
        ),
        found=found,
        decisions=every,
        applied={names[finding]: decision for finding, decision in pairs.items()},
        decided=decided,
        unfitting=tuple(each for each in held if each not in fits),
    )


# Which finding a decision is about


def fitting(found: MappedPolicy, decisions: Sequence[Decision]) -> dict[_Finding, Decision]:
    """The findings that decisions are about.

    Args:
        found: What an extractor found.
        decisions: The decisions in force.

    Returns:
        The decision for each finding that there is one for.
    """
    names = finding_names(found)
    places: dict[tuple[int, int, bool], list[_Finding]] = defaultdict(list)
    kinds: dict[tuple[Role | None, str | None, Polarity | None], list[_Finding]] = defaultdict(list)
    for finding in names:
        places[finding.start, finding.end, isinstance(finding, Practice)].append(finding)
        kinds[_kind(claim_of(finding))].append(finding)
    pairs: dict[_Finding, Decision] = {}
    moved: list[Decision] = []
    for decision in sorted(decisions, key=lambda each: (each.on, each.finding), reverse=True):
        there = [
            each
            for each in places[decision.start, decision.end, decision.is_of_practice]
            if each not in pairs
        ]
        match = next(
            (
                each
                for claim in _claims(decision)
                if (each := _one(there, claim, decision.finding, names)) is not None
            ),
            None,
        )
        if match is not None:
            pairs[match] = decision
        else:
            moved.append(decision)
    # Last, when each has what is exactly its own: so none takes away what another decision is about.
    for decision in moved:
        near = next(filter(None, (_near(kinds[_kind(claim)], decision) for claim in _claims(decision))), [])
        if len(near) == 1 and near[0] not in pairs:
            pairs[near[0]] = decision
    return pairs


def _claims(decision: Decision) -> Iterable[Claim]:
    """What an extractor may hold that a decision is about: what was found, or what a person made of it."""
    return (decision.found,) if decision.decided is None else (decision.found, decision.decided)


def _one(
    there: Iterable[_Finding], claim: Claim, name: str, names: Mapping[_Finding, str]
) -> _Finding | None:
    """The finding that a claim is about: the very one, one that says the same, or the only one of its kind."""
    alike = [each for each in there if _kind(claim_of(each)) == _kind(claim)]
    same = [each for each in alike if claim_of(each) == claim]
    for choice in (same, alike):
        exact = [each for each in choice if names[each] == name]
        if exact:
            return exact[0]
        if len(choice) == 1:
            return choice[0]
    return None


def _near(findings: Iterable[_Finding], decision: Decision) -> list[_Finding]:
    """The findings whose words and those of a decision have at least half of the longer of both in common."""
    return [
        each
        for each in findings
        if 2 * (min(each.end, decision.end) - max(each.start, decision.start))
        >= max(each.end - each.start, decision.end - decision.start)
    ]


def _kind(claim: Claim) -> tuple[Role | None, str | None, Polarity | None]:
    """What claims about the same thing have in common: the role of a mention, all of a practice."""
    return (None, claim.concept, claim.polarity) if claim.role is None else (claim.role, None, None)


# What decisions make of findings


def _mentions(
    found: MappedPolicy, pairs: Mapping[_Finding, Decision]
) -> tuple[dict[Mention, Mention | None], dict[_Finding, Decision]]:
    """What becomes of each mention, and the new ones that a decision made."""
    turned = _turned(found, pairs)
    becomes: dict[Mention, Mention | None] = {}
    decided: dict[_Finding, Decision] = {}
    best: dict[tuple[int, int, Claim], Mention] = {}
    every = {*found.mentions, *(each for practice in found.practices for each in practice.arguments)}
    for mention in every:
        decision = pairs.get(mention)
        if decision is not None:
            made = None if decision.decided is None else _corrected(mention, decision.decided)
        elif mention in turned:
            decision = turned[mention]
            made = replace(mention, polarity=_opposite(mention.polarity))
        else:
            made = mention
        becomes[mention] = made
        if made is not None:
            if decision is not None:
                decided[made] = decision
            place = (made.start, made.end, claim_of(made))
            known = best.get(place)
            if known is None or _rank(made) > _rank(known):
                best[place] = made
    # Two mentions that a correction has made to say the same of the same words are one.
    stays = set(best.values())
    return (
        {
            old: None if new is None else best[new.start, new.end, claim_of(new)]
            for old, new in becomes.items()
        },
        {made: decision for made, decision in decided.items() if made in stays},
    )


def _rank(mention: Mention) -> tuple[float, bool, str, str]:
    return mention.confidence, mention.agent is not None, mention.agent or "", mention.value or ""


def _corrected(mention: Mention, claim: Claim) -> Mention:
    """A mention as a person says that it is; its value and agent where they still mean something."""
    assert claim.role is not None  # a decision about a mention decides its role
    same = claim.role is mention.role
    return replace(
        mention,
        role=claim.role,
        concept=claim.concept,
        polarity=claim.polarity,
        confidence=_CERTAIN,
        value=mention.value if same or {claim.role, mention.role} <= _PLACES else None,
        agent=mention.agent if same or claim.role in _NAMING else None,
    )


def _turned(found: MappedPolicy, pairs: Mapping[_Finding, Decision]) -> dict[Mention, Decision]:
    """The arguments whose polarity turns with that of their practice: those that no other practice states as it was."""
    turns: dict[Mention, Decision] = {}
    stays: set[Mention] = set()
    for practice in found.practices:
        decision = pairs.get(practice)
        decided = None if decision is None else decision.decided
        for mention in practice.arguments:
            if mention in pairs or mention.role not in _DONE or mention.polarity is not practice.polarity:
                continue
            if decision is not None and decided is not None and decided.polarity is not practice.polarity:
                turns[mention] = decision
            elif decision is None or decision.verdict is not Verdict.REJECTED:
                stays.add(mention)
    return {mention: decision for mention, decision in turns.items() if mention not in stays}


def _opposite(polarity: Polarity) -> Polarity:
    return Polarity.DENIED if polarity is Polarity.AFFIRMED else Polarity.AFFIRMED


def _practice(
    practice: Practice, decision: Decision | None, mentions: Mapping[Mention, Mention | None]
) -> Practice | None:
    """What becomes of a practice; None where it is rejected, or left without what made it one."""
    if decision is not None and decision.decided is None:
        return None
    changed = [mentions[mention] for mention in practice.arguments]
    kept = tuple(
        dict.fromkeys(
            new
            for old, new in zip(practice.arguments, changed, strict=True)
            if new is not None and (new.role is old.role or new.role in ARGUMENT_PROPERTIES)
        )
    )
    if not still_a_practice(practice, kept):
        return None
    made = replace(
        practice, arguments=tuple(sorted(kept, key=lambda each: (each.start, each.end, str(each.role))))
    )
    if decision is None or decision.decided is None:
        return made
    return replace(
        made,
        processing=decision.decided.concept or practice.processing,
        polarity=decision.decided.polarity,
        confidence=_CERTAIN,
    )


def _controller(found: MappedPolicy, kept: Sequence[Mention]) -> str | None:
    """Name of the controller, unless every mention that names it was rejected."""
    name = found.facts.controller

    def naming(mentions: Iterable[Mention]) -> bool:
        return any(each.role is Role.CONTROLLER and each.value == name for each in mentions)

    return None if naming(found.mentions) and not naming(kept) else name
