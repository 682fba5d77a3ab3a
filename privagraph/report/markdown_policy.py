"""One policy of a report as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from privagraph.ontology.shown import escaped
from privagraph.report.naming import verb_phrase
from privagraph.report.parts import PolicyPart
from privagraph.report.problems import Clash, FindingGroup
from privagraph.report.story import policy_story
from privagraph.report.values import Cell, Ref, Thing
from privagraph.shapes.reports.wording import SEVERITY_SIGNS, counted
from privagraph.shapes.rules import Severity

__all__ = ["Names", "labels", "note", "policy_lines", "rows_of", "thing"]

Names = Callable[[str], str]
"""Where the report explains a concept."""

_NOTES = 5
"""How many footnotes stand behind a thing."""
_NONE = "–"
_MODALITIES = {"possible": ("*may happen*",), "required": ("*has to happen*",)}


def note(refs: Iterable[Ref]) -> str:
    """Footnotes that lead to words; how many more there are where they are many."""
    numbers = list(dict.fromkeys(each.number for each in refs if each.number))
    more = f" and {len(numbers) - _NOTES} more" if len(numbers) > _NOTES else ""
    return "".join(f"[^{each.replace('.', '-')}]" for each in numbers[:_NOTES]) + more


def thing(each: Thing, names: Names) -> str:
    """Something that is named, with its explanation, what else to say of it, and its words."""
    more = f" ({escaped(each.note)})" if each.note else ""
    return f"{_linked(each.label, each.concept, names)}{more}{note(each.refs)}"


def labels(things: Iterable[Thing], names: Names) -> str:
    """What several things are called."""
    return ", ".join(_linked(each.label, each.concept, names) for each in things) or _NONE


def rows_of(
    columns: Sequence[str], rows: Iterable[Sequence[str]], *, right: Sequence[int] = ()
) -> Iterator[str]:
    """A table whose cells are Markdown already.

    Args:
        columns: The names of the columns.
        rows: The cells.
        right: Numbers of the columns that are set to the right.
    """
    yield f"| {' | '.join(columns)} |"
    yield "|" + "|".join("---:" if number in right else "---" for number in range(len(columns))) + "|"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def policy_lines(policy: PolicyPart, names: Names, *, several: bool, checked: bool) -> Iterator[str]:
    """All that the report says of a policy, line by line.

    Args:
        policy: The policy.
        names: Where concepts are explained.
        several: Whether the report is about more than one.
        checked: Whether rules were checked.
    """
    number = f"{policy.number} · " if several else ""
    yield from (f'<a id="{policy.id}"></a>', "", f"## {number}{escaped(policy.name)}", "")
    yield from (escaped(policy_story(policy)), "")
    for line in policy.card:
        said = "; ".join(f"`{each.label}`" if line.code else thing(each, names) for each in line.things)
        yield f"- {line.term}: {said or 'not found in the text'}"
    yield ""
    yield from _practices(policy, names)
    yield from _denials(policy, names)
    yield from _parties(policy, names)
    yield from _promises(policy, names)
    yield from _problems(policy, names, checked=checked)


def _practices(policy: PolicyPart, names: Names) -> Iterator[str]:
    yield from ("### What is done with data, and why", "")
    if policy.matrix.rows:
        heads = ["Data", *(_linked(each.label, each.concept, names) for each in policy.matrix.columns)]
        yield from rows_of(
            heads,
            (
                [f"**{_linked(row.label, row.concept, names)}**", *(_cell(cell, names) for cell in row.cells)]
                for row in policy.matrix.rows
            ),
        )
    for ledger in policy.ledgers:
        yield from (f"#### {escaped(ledger.verb.label)} ({len(ledger.deeds)})", "")
        yield from rows_of(
            ("Data", "Purpose", "Recipient", "Condition and more", "Sure", "Words"),
            (
                (
                    labels(deed.data, names) + (f" (by {escaped(deed.by)})" if deed.by else ""),
                    labels(deed.purposes, names),
                    labels(deed.recipients, names),
                    "; ".join(
                        [
                            *_MODALITIES.get(deed.modality, ()),
                            *([f"condition: “{escaped(deed.condition)}”"] if deed.condition else []),
                            *(f"{title}: {labels(found, names)}" for title, found in deed.more),
                        ]
                    ),
                    f"{deed.confidence} %",
                    note([deed.ref]),
                )
                for deed in ledger.deeds
            ),
            right=(4,),
        )
    if policy.loose:
        named = ", ".join(thing(each, names) for each in policy.loose)
        yield from (f"Also named, without a word on what is done with it: {named}.", "")
    if not policy.ledgers:
        yield from ("No statement of what is done with which data was found.", "")


def _cell(cell: Cell, names: Names) -> str:
    found = []
    for deed in cell.deeds:
        verb = deed.verb
        said = verb_phrase(verb.label, deed.modality) if deed.modality != "asserted" else verb.label
        found.append(
            f"{_linked(said, verb.concept, names)}{' *if*' if deed.conditional else ''}{note(verb.refs)}"
        )
    return "<br>".join(found)


def _denials(policy: PolicyPart, names: Names) -> Iterator[str]:
    yield from ("### What it says that it does not do", "")
    for each in policy.denials:
        deed = each.deed
        said = verb_phrase(deed.verb.label, deed.modality, denied=True)
        parts = [
            f"**{escaped(said[:1].upper() + said[1:])}**",
            *([labels(deed.data, names)] if deed.data else []),
            *([f"to {labels(deed.recipients, names)}"] if deed.recipients else []),
            *([f"for {labels(deed.purposes, names)}"] if deed.purposes else []),
            *(f"{title}: {labels(found, names)}" for title, found in deed.more),
            *([f"condition: “{escaped(deed.condition)}”"] if deed.condition else []),
            f"{deed.confidence} %{note([deed.ref])}",
        ]
        yield f"- {' · '.join(parts)}"
        yield f"  > {escaped(each.words)}"
    yield from ("" if policy.denials else "It was not found to deny anything.\n",)


def _parties(policy: PolicyPart, names: Names) -> Iterator[str]:
    yield from ("### Who gets data", "")
    yield from (
        rows_of(
            ("Recipient", "Kind", "What it gets", "Why", "How"),
            (
                (
                    f"**{thing(each.thing, names)}**" if each.named else thing(each.thing, names),
                    labels(each.kinds, names) if each.named else "a kind, no name",
                    labels(each.data, names),
                    labels(each.purposes, names),
                    ", ".join(thing(verb, names) for verb in each.verbs) or "only named",
                )
                for each in policy.recipients
            ),
        )
        if policy.recipients
        else ("No recipient was found.", "")
    )
    yield from ("### Where data goes and lies", "")
    yield from (
        rows_of(
            ("Place", "Sent there", "Kept there", "Data", "To whom", "Safeguard"),
            (
                (
                    f"**{_linked(each.thing.label, each.thing.concept, names)}**"
                    + (" (outside the European Economic Area)" if each.outside else ""),
                    note(each.sent) or _NONE,
                    note(each.stored) or _NONE,
                    labels(each.data, names),
                    labels(each.recipients, names),
                    ", ".join(thing(guard, names) for guard in each.safeguards) or _NONE,
                )
                for each in policy.places
            ),
        )
        if policy.places
        else ("No place that data goes to or lies at was found.", "")
    )
    if policy.safeguards:
        named = ", ".join(thing(each, names) for each in policy.safeguards)
        yield from (f"Safeguards it names for transfers: {named}.", "")


def _promises(policy: PolicyPart, names: Names) -> Iterator[str]:
    yield from ("### How long data is kept", "")
    yield from (
        rows_of(
            ("How long", "Which data", "In its words"),
            (
                (
                    ("not: " if each.denied else "") + f"**{escaped(each.how_long or 'no length given')}**",
                    labels(each.data, names) if each.data else "not said, or data in general",
                    f"“{escaped(each.words)}”{note([each.ref])}",
                )
                for each in policy.kept
            ),
        )
        if policy.kept
        else ("No word on how long data is kept was found.", "")
    )
    yield from ("### Rights, and how to use them", "")
    for right in policy.rights:
        yield f"- {'not: ' if right.denied else ''}{thing(right.thing, names)}"
    yield from ("" if policy.rights else "No right was found.\n",)
    for title, found in (*policy.ways, *policy.told):
        yield from (f"#### {title}", "", *(f"- {thing(each, names)}" for each in found), "")


def _problems(policy: PolicyPart, names: Names, *, checked: bool) -> Iterator[str]:
    yield from ("### Where it contradicts itself", "")
    for clash in policy.clashes:
        yield from _clash(clash, names)
    if not any(each.real for each in policy.clashes):
        yield from ("No contradiction was found.", "")
    if checked:
        yield from ("### What does not hold: findings of the validation", "")
        counts = policy.numbers.severities.items()
        yield from (
            " · ".join(f"{SEVERITY_SIGNS[Severity(name)]} {counted(n, name)}" for name, n in counts),
            "",
        )
        for group in policy.findings:
            yield from _finding(group)
    yield from ("### Phrases that no concept fits", "")
    for each in policy.unfitted:
        often = f", {len(each.refs)} times" if len(each.refs) > 1 else ""
        yield f"- “{escaped(each.phrase)}” ({each.role}{often}){note(each.refs)}"
    yield from ("" if policy.unfitted else "Every phrase was given a concept.\n",)


def _clash(clash: Clash, names: Names) -> Iterator[str]:
    kind = _linked(clash.kind, clash.concept, names)
    yield f"- **{kind}**{'' if clash.real else ' (it only seems to clash)'}"
    for words, ref in (clash.one, clash.other):
        yield f"  - “{escaped(words)}”{note([ref])}"
    if clash.note:
        yield f"  - {escaped(clash.note)}"
    yield ""


def _finding(group: FindingGroup) -> Iterator[str]:
    law = ", ".join(f"[{escaped(name)}]({link})" if link else escaped(name) for name, link in group.sources)
    sign = SEVERITY_SIGNS[Severity(group.severity)]
    yield f"- {sign} {group.severity}: **{escaped(group.title)}** (`{group.name}`{f'; {law}' if law else ''})"
    for line in (*group.first, *group.more):
        yield f"  - {escaped(line.message)}{note(line.refs)}"
    if group.remedy:
        yield f"  - What to do: {escaped(group.remedy)}"
    yield ""


def _linked(label: str, concept: str, names: Names) -> str:
    at = names(concept)
    return f"[{escaped(label)}](#{at})" if at else escaped(label)
