"""Changes in plain words, such as "Now also shares location data with advertisers"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from privagraph.ontology.evidence import shortened
from privagraph.ontology.namespaces import expand
from privagraph.ontology.reading import MentionView, PolicyView, PracticeView
from privagraph.ontology.vocabulary import vocabulary
from privagraph.queries.differences.changes import Kind

__all__ = ["about_deed", "about_point", "turned", "verb_of"]

_POSSESSIVE = re.compile(r"^(?:your|our|the|from|with|to)\s+", re.IGNORECASE)
_MOST = 4
"""How many words for one thing are listed."""
_LONGEST = 110

_WITH = {"dpv:Share": "with", "dpv:Disclose": "to", "dpv:Transfer": "to", "pg:Sell": "to", "pg:Rent": "to"}

_TURNS = {
    ("retention", "longer"): "Data is kept longer",
    ("retention", "shorter"): "Data is kept for less time",
    ("retention", ""): "How long data is kept has changed",
    ("data", "broader"): "More kinds of data now",
    ("data", "narrower"): "A narrower kind of data now",
    ("recipient", "named"): "A recipient is named now",
    ("recipient", "broader"): "More recipients are possible now",
    ("modality", "now possible"): "What was certain is only possible now",
    ("modality", "now certain"): "What was only possible is certain now",
    ("operation", "now shared"): "Data is shared now",
    ("operation", "no longer shared"): "Data is no longer shared",
    ("operation", "now sold"): "Data is sold now",
    ("operation", "no longer sold"): "Data is no longer sold",
    ("children", ""): "The rule on children has changed",
    ("condition", ""): "The condition has changed",
    ("period", "longer"): "A period is longer now",
    ("period", "shorter"): "A period is shorter now",
    ("do not track", "now denied"): "Do Not Track is no longer answered",
    ("do not track", "now done"): "Do Not Track is answered now",
    ("automated decisions", "now denied"): "Automated decisions are ruled out now",
    ("automated decisions", "now done"): "Automated decisions are possible now",
}
"""How a change of an aspect that goes some way begins."""

_NAMES = {
    "data": "data",
    "purpose": "purpose",
    "recipient": "recipient",
    "legal basis": "legal basis",
    "source": "source of data",
    "location": "place of the data",
    "safeguard": "safeguard",
    "security": "security measure",
    "right": "right",
    "tracking": "way of tracking",
    "contact": "contact",
    "retention": "time for which data is kept",
    "children": "rule on children",
    "do not track": "answer to Do Not Track",
    "opt-out": "way to opt out",
    "automated decisions": "automated decision",
    "breach notice": "notice of a breach",
    "notice of changes": "notice of changes",
    "condition": "condition",
    "controller": "controller",
    "period": "period",
    "date": "date",
    "modality": "wording",
}


def about_deed(kind: Kind, deeds: Sequence[PracticeView], passage: str, policy: PolicyView) -> str:
    """That a practice was added or dropped."""
    told = _told(deeds, policy)
    if told is None:
        return f"{'Now says' if kind is Kind.ADDED else 'No longer says'}: {quoted(passage)}"
    denied = deeds[0].denied
    if kind is Kind.ADDED:
        return f"Now promises not to {told[0]}" if denied else f"Now also {told[1]}"
    return f"No longer promises not to {told[0]}" if denied else f"No longer says that it {told[1]}"


def turned(deeds: Sequence[PracticeView], passage: str, policy: PolicyView, *, done: bool) -> str:
    """That a denial became a practice, or the reverse."""
    told = _told(deeds, policy)
    if told is None:
        return f"{'No longer denied' if done else 'Denied now'}: {quoted(passage)}"
    if done:
        return f"Now {told[1]}; said before that it does not"
    return f"Now says that it does not {told[0]}; said before that it does"


def about_point(
    kind: Kind,
    aspect: str,
    *,
    old: str,
    new: str,
    direction: str,
    denied: bool,
    deeds: Sequence[PracticeView] = (),
) -> str:
    """That something about a practice, or a provision, was added, dropped or changed."""
    name = _NAMES.get(aspect, aspect)
    if kind is Kind.CHANGED:
        begin = _TURNS.get((aspect, direction)) or (
            f"{name.capitalize()} is now {direction.removeprefix('now ') or 'another'}"
        )
        return f"{begin}: {quoted(old)} became {quoted(new)}"
    words = quoted(new or old)
    if aspect == "data" and deeds:
        verb = verb_of(deeds[0])
        if kind is Kind.ADDED:
            return f"Now promises not to {verb} {words}" if denied else f"Now also {_with_s(verb)} {words}"
        return (
            f"No longer promises not to {verb} {words}"
            if denied
            else f"No longer says that it {_with_s(verb)} {words}"
        )
    if denied and aspect != "condition":
        return f"{'Now' if kind is Kind.ADDED else 'No longer'} denies this {name}: {words}"
    if aspect == "recipient":
        if kind is Kind.ADDED:
            return (
                f"Now promises not to give data to {words}" if denied else f"Now also gives data to {words}"
            )
        return f"No longer names {words} as a recipient"
    if aspect == "purpose":
        if kind is Kind.ADDED:
            return f"Now also for another purpose: {words}"
        return f"No longer names the purpose {words}"
    if aspect == "condition":
        return f"{'Now only under a condition' if kind is Kind.ADDED else 'No longer under the condition'}: {words}"
    if kind is Kind.ADDED:
        return f"Now names {_a(name)}: {words}"
    return f"No longer names {_a(name)}: {words}"


def _a(name: str) -> str:
    return f"an {name}" if name[0] in "aeio" else f"a {name}"


def quoted(words: str) -> str:
    """Words in quotation marks, on one line, cut where they are long."""
    return f"“{shortened(' '.join(words.split()), _LONGEST)}”"


def verb_of(practice: PracticeView) -> str:
    """What is done, as a verb: ``share``."""
    words = vocabulary()
    label = words.label(practice.processing) if practice.processing in words else "process"
    return {"processing": "process", "share": "share"}.get(label.lower(), label.lower())


def _with_s(verb: str) -> str:
    first, _, rest = verb.partition(" ")
    if re.search(r"(?:s|sh|ch|x|z)$", first):
        first += "es"
    elif re.search(r"[^aeiou]y$", first):
        first = first[:-1] + "ies"
    else:
        first += "s"
    return f"{first} {rest}".strip()


def _told(deeds: Sequence[PracticeView], policy: PolicyView) -> tuple[str, str] | None:
    """What is done, as "share location with advertisers" and "shares ..."; None where the words do not allow it."""
    if not deeds:
        return None
    deed = max(deeds, key=lambda each: (len(each.arguments), each.iri))
    data = _listed(deed.arguments_of("data_category"))
    own = {each.agent for each in policy.mentions_of("controller") if each.agent}
    if not data or (deed.controller is not None and own and deed.controller not in own and not deed.denied):
        return None
    more = ""
    recipients = _listed(deed.arguments_of("recipient"))
    if recipients:
        step = next((word for name, word in _WITH.items() if expand(name) == deed.processing), None)
        if step is None:
            return None
        more += f" {step} {recipients}"
    for purpose in deed.arguments_of("purpose")[:1]:
        words = " ".join(purpose.quote.split())
        if not re.match(r"(?:to|for|in order to|so that|because)\b", words, re.IGNORECASE):
            before = policy.text[max(0, purpose.span.start - 3) : purpose.span.start].casefold()
            words = f"to {words}" if before == "to " else f"for {words}"
        more += f" {words[0].lower()}{words[1:]}"
    if deed.condition:
        condition = " ".join(deed.condition.split())
        more += f", {condition[0].lower()}{condition[1:]}"
    verb = verb_of(deed)
    return f"{verb} {data}{more}", f"{_with_s(verb)} {data}{more}"


def _listed(mentions: Sequence[MentionView]) -> str:
    seen = dict.fromkeys(_POSSESSIVE.sub("", " ".join(each.quote.split())) for each in mentions)
    names = list(seen)
    if len(names) > _MOST:
        return ", ".join(names[:_MOST]) + f" and {len(names) - _MOST} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) if names else ""
