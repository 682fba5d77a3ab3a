"""How long data is kept, which rights people have and how to use them, and what the policy says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from privagraph.ontology.namespaces import expand
from privagraph.ontology.reading import MentionView, PolicyView, PracticeView, Span
from privagraph.ontology.shown import one_line
from privagraph.report.graph_facts import GraphFacts
from privagraph.report.itself import Itself
from privagraph.report.naming import duration_in_words, label_of, language_name
from privagraph.report.passages import Passages
from privagraph.report.statements import things_of
from privagraph.report.values import CardLine, Kept, Right, Thing

__all__ = ["card", "kept", "name_of", "rights", "told", "ways"]

_LENGTHS = {
    expand("dpv:EndlessDuration"): "without an end",
    expand("dpv:FixedOccurrencesDuration"): "a number of times",
    expand("dpv:IndeterminateDuration"): "open",
    expand("dpv:UntilEventDuration"): "until something happens",
    expand("dpv:UntilTimeDuration"): "until a date",
}
"""What kinds of periods without a length are called."""
_WAYS = {
    "right_mechanism": "How to use the rights",
    "opt_out": "How to opt out",
    "dnt": "Do Not Track and similar signals",
}
_TOLD = {
    "security_measure": "How data is protected",
    "automated_decision": "Automated decisions",
    "child_rule": "Children",
    "mandatory_provision": "What has to be given",
    "policy_change": "How changes are told",
    "breach_notice": "What happens after a breach",
    "processor_role": "Where the company only processes data for others",
}
_WITHOUT_CONCEPT = frozenset({"right_mechanism", "opt_out", "dnt", *_TOLD} - {"security_measure"})
"""Roles whose words are sentences: they are told as they stand."""


def kept(policy: PolicyView, facts: GraphFacts, passages: Passages) -> Iterator[Kept]:
    """How long data is kept, in the order of the text."""
    durations = facts.durations()
    about: dict[str, list[PracticeView]] = {}
    for practice in policy.practices:
        for argument in practice.arguments_of("retention"):
            about.setdefault(argument.iri, []).append(practice)
    for mention in policy.mentions_of("retention"):
        deeds = about.get(mention.iri, [])
        data = {e.iri: e for deed in deeds for e in deed.arguments_of("data_category") if not e.is_reference}
        length = duration_in_words(mention.value) or duration_in_words(durations.get(mention.iri, ""))
        yield Kept(
            how_long=length or _LENGTHS.get(mention.concept or "", ""),
            data=things_of(data.values(), policy, passages),
            words=one_line(mention.quote),
            denied=mention.denied or (bool(deeds) and all(each.denied for each in deeds)),
            ref=passages.to_mention(mention),
        )


def rights(policy: PolicyView, passages: Passages) -> tuple[Right, ...]:
    """The rights that the policy names, those with the most words first."""
    found = []
    for denied in (False, True):
        stated = [each for each in policy.mentions_of("right") if each.denied is denied]
        found += [Right(thing, denied) for thing in things_of(stated, policy, passages)]
    return tuple(sorted(found, key=lambda each: (each.denied, -len(each.thing.refs), each.thing.label)))


def ways(policy: PolicyView, passages: Passages) -> tuple[tuple[str, tuple[Thing, ...]], ...]:
    """How to use the rights, to opt out, and what signals are heeded, in the policy's own words."""
    return _sentences(policy, passages, _WAYS)


def told(policy: PolicyView, passages: Passages) -> tuple[tuple[str, tuple[Thing, ...]], ...]:
    """What else it tells: security, children, automated decisions, changes, breaches."""
    return _sentences(policy, passages, _TOLD)


def _sentences(
    policy: PolicyView, passages: Passages, roles: dict[str, str]
) -> tuple[tuple[str, tuple[Thing, ...]], ...]:
    found = []
    for role, title in roles.items():
        mentions = policy.mentions_of(role)
        if role in _WITHOUT_CONCEPT:
            things = tuple(_quoted(each, passages) for each in mentions)
        else:
            things = things_of((each for each in mentions if not each.denied), policy, passages)
        if things:
            found.append((title, things))
    return tuple(found)


def _quoted(mention: MentionView, passages: Passages) -> Thing:
    note = "denied" if mention.denied else ""
    return Thing(f"“{one_line(mention.quote)}”", mention.concept or "", (passages.to_mention(mention),), note)


def name_of(policy: PolicyView, facts: GraphFacts) -> str:
    """What to call a policy: its company, else its title, else its file."""
    company = label_of(facts.company, policy)
    return company or one_line(policy.label) or ", ".join(map(one_line, policy.sources)) or policy.iri


def card(policy: PolicyView, facts: GraphFacts, itself: Itself, passages: Passages) -> tuple[CardLine, ...]:
    """Who, when, which law, which file.

    Args:
        policy: The policy.
        facts: What its graph says beside its sentences.
        itself: Where it names its dates and laws.
        passages: Its passages.
    """
    lines = [
        CardLine(
            "Whose policy",
            things_of(policy.mentions_of("controller"), policy, passages) or _company(policy, facts),
        ),
        CardLine("Contact", _contacts(policy, passages, "contact")),
        CardLine("Data protection officer", _contacts(policy, passages, "dpo")),
        CardLine("In force from", _day(policy.effective, itself.effective, passages)),
        CardLine("Last updated", _day(policy.updated, itself.updated, passages)),
        CardLine("Language", (Thing(language_name(policy.language)),) if policy.language else ()),
        CardLine("Laws it names", tuple(_laws(facts, itself, passages))),
        CardLine("Title", (Thing(one_line(policy.label)),) if policy.label else ()),
    ]
    for source in facts.sources():
        collected = source.collected and f"collected {source.collected}"
        about = ", ".join(filter(None, (source.format, source.address, collected)))
        lines.append(CardLine("File", (Thing(one_line(source.name), note=one_line(about)),)))
        if source.hash:
            lines.append(CardLine("Hash of the file", (Thing(source.hash),), code=True))
    if content := facts.one(policy.iri, "pg:contentHash"):
        lines.append(CardLine("Hash of the text", (Thing(content),), code=True))
    extractors = sorted(
        {facts.one(each, "pg:extractor") for each in facts.all(policy.iri, "prov:wasGeneratedBy")} - {""}
    )
    lines.append(CardLine("Read by", tuple(map(Thing, extractors))))
    return tuple(
        line for line in lines if line.things or line.term in ("Whose policy", "Contact", "Last updated")
    )


def _company(policy: PolicyView, facts: GraphFacts) -> tuple[Thing, ...]:
    label = label_of(facts.company, policy)
    return (Thing(label),) if label else ()


def _contacts(policy: PolicyView, passages: Passages, role: str) -> tuple[Thing, ...]:
    """Addresses, each once, with the words."""
    found: dict[str, list[MentionView]] = {}
    for each in policy.mentions_of(role):
        found.setdefault(one_line(each.value or each.quote), []).append(each)
    return tuple(Thing(text, "", passages.mentioned(each)) for text, each in found.items())


def _day(day: date | None, spans: Iterable[Span], passages: Passages) -> tuple[Thing, ...]:
    if day is None:
        return ()
    return (Thing(f"{day.day} {day:%B %Y}", "", passages.places(spans)),)


def _laws(facts: GraphFacts, itself: Itself, passages: Passages) -> Iterator[Thing]:
    for law in facts.all(facts.policy, "pg:namesRegulation"):
        if label := label_of(law):
            yield Thing(label, law, passages.places(itself.laws.get(law, ())))
