"""Who gets data, and where data goes: recipients, countries, safeguards, and who is behind a policy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from privagraph.ontology.namespaces import PREFIXES
from privagraph.ontology.places import is_third_country
from privagraph.ontology.reading import MentionView, PolicyView, PracticeView
from privagraph.ontology.vocabulary import vocabulary
from privagraph.queries.export.policies import says_purpose
from privagraph.report.graph_facts import GraphFacts
from privagraph.report.naming import label_of, named, verb_of, verb_phrase
from privagraph.report.passages import Passages, each_once
from privagraph.report.statements import things_of
from privagraph.report.values import Place, Recipient, Ref, Thing

__all__ = ["places", "recipients", "safeguards"]

_WHERE = ("transfer_destination", "storage_location")


def recipients(policy: PolicyView, facts: GraphFacts, passages: Passages) -> Iterator[Recipient]:
    """Who gets data: those that are named first, then kinds, those with the most statements first."""
    about = _about(policy, ("recipient",))
    tracking = [
        each
        for each in policy.mentions_of("tracking_technology")
        if each.agent is not None and not each.denied
    ]
    groups = _groups([*policy.mentions_of("recipient"), *tracking], policy)
    found = []
    for (label, concept, agent), mentions in groups.items():
        affirmed = [each for each in mentions if not each.denied]
        deeds = [each for mention in affirmed for each in about.get(mention.iri, ()) if not each.denied]
        against = [each for mention in mentions for each in about.get(mention.iri, ()) if each.denied]
        if not deeds and (against or not affirmed):
            continue  # a denial says who gets nothing; it is told among the denials
        found.append(
            Recipient(
                thing=Thing(label, concept, passages.mentioned(affirmed)),
                kinds=_kinds(agent, affirmed, policy, facts),
                named=bool(agent),
                data=things_of(_arguments(deeds, "data_category"), policy, passages),
                purposes=things_of(
                    (
                        each
                        for deed in deeds
                        for each in deed.arguments
                        if says_purpose(each) and not each.denied
                    ),
                    policy,
                    passages,
                ),
                verbs=tuple(_verbs(deeds, passages)),
                denied=each_once(map(passages.to_practice, against)),
            )
        )
    return iter(
        sorted(found, key=lambda each: (not each.named, -len(each.thing.refs), each.thing.label.casefold()))
    )


def places(policy: PolicyView, passages: Passages) -> Iterator[Place]:
    """Where data goes or is kept, by country, those outside the European Economic Area first."""
    about = _about(policy, _WHERE)
    grounded = [each for each in policy.mentions_of(*_WHERE) if each.concept]
    found = []
    for (label, concept, _), mentions in _groups(grounded, policy).items():
        affirmed = [each for each in mentions if not each.denied]
        deeds = [each for mention in affirmed for each in about.get(mention.iri, ()) if not each.denied]
        against = [each for mention in mentions for each in about.get(mention.iri, ()) if each.denied]
        denied = [
            *map(passages.to_practice, against),
            *(passages.to_mention(m) for m in mentions if m.denied and m.iri not in about),
        ]
        if not affirmed or (against and not deeds):
            continue
        found.append(
            Place(
                thing=Thing(label, concept, passages.mentioned(affirmed)),
                is_country=concept.startswith(PREFIXES["loc"]),
                outside=concept in vocabulary() and is_third_country(concept),
                sent=passages.mentioned(m for m in affirmed if m.role == "transfer_destination"),
                stored=passages.mentioned(m for m in affirmed if m.role == "storage_location"),
                data=things_of(_arguments(deeds, "data_category"), policy, passages),
                recipients=things_of(_arguments(deeds, "recipient"), policy, passages),
                safeguards=things_of(_arguments(deeds, "transfer_safeguard"), policy, passages),
                denied=each_once(denied),
            )
        )
    return iter(
        sorted(
            found,
            key=lambda each: (not each.is_country, not each.outside, -len(each.thing.refs), each.thing.label),
        )
    )


def safeguards(policy: PolicyView, passages: Passages) -> tuple[Thing, ...]:
    """What the policy names to protect data that leaves, wherever it says so."""
    stated = [each for each in policy.mentions_of("transfer_safeguard") if not each.denied]
    return things_of(stated, policy, passages)


def _groups(
    mentions: Iterable[MentionView], policy: PolicyView
) -> dict[tuple[str, str, str], list[MentionView]]:
    """Mentions of the same: by label, concept and organisation."""
    found: dict[tuple[str, str, str], list[MentionView]] = {}
    for each in mentions:
        concept = "" if each.agent else each.concept or ""
        label = named(each, policy) if each.agent or concept else f"“{named(each, policy)}”"
        found.setdefault((label, concept, each.agent or ""), []).append(each)
    return found


def _about(policy: PolicyView, roles: tuple[str, ...]) -> dict[str, list[PracticeView]]:
    found: dict[str, list[PracticeView]] = {}
    for practice in policy.practices:
        for argument in practice.arguments_of(*roles, "tracking_technology"):
            found.setdefault(argument.iri, []).append(practice)
    return found


def _arguments(deeds: Iterable[PracticeView], role: str) -> list[MentionView]:
    found = (each for deed in deeds for each in deed.arguments_of(role) if not each.denied)
    return list({each.iri: each for each in found}.values())


def _kinds(
    agent: str, mentions: Iterable[MentionView], policy: PolicyView, facts: GraphFacts
) -> tuple[Thing, ...]:
    if not agent:
        return ()
    concepts = [*facts.all(agent, "pg:kindOfService"), *(each.concept or "" for each in mentions)]
    kinds = [Thing(label_of(each), each) for each in dict.fromkeys(concepts) if label_of(each)]
    run = [label_of(each, policy) for each in facts.all(agent, "pg:operatedBy")]
    return (*kinds, *(Thing(f"run by {each}") for each in run if each))


def _verbs(deeds: Iterable[PracticeView], passages: Passages) -> Iterator[Thing]:
    found: dict[tuple[str, str], list[Ref]] = {}
    for each in deeds:
        refs = found.setdefault((each.processing, each.modality), [])
        if (ref := passages.to_practice(each)) not in refs:
            refs.append(ref)
    for (processing, modality), refs in found.items():
        yield Thing(verb_phrase(verb_of(processing), modality), processing, tuple(refs))
