"""Decisions as quads, and what an extractor found as text beside them.

A decision is an annotation that assesses words (Web Annotation, https://www.w3.org/TR/annotation-vocab/#assessing),
attributed to a person (PROV-O). What was found is said of the decision with properties of its own (``pg:foundRole``,
``pg:decidedRole``), so that nobody takes a rejected finding for one that holds.

As soon as there are decisions, the graph keeps all that the extractor found (``pg:extraction``): a decision can be
taken back or changed later, and what it had changed comes back.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from pyoxigraph import Literal, NamedNode, Quad

from privagraph.loaders.facts import MappedPolicy, Mention, Modality, Polarity, Practice, Role
from privagraph.loaders.literals import boolean, day, decimal
from privagraph.loaders.naming import finding_names
from privagraph.loaders.quad_writer import QuadWriter
from privagraph.loaders.reviews.decisions import Claim, Decision, Person, Reviewed, Verdict
from privagraph.ontology.evidence import shortened
from privagraph.ontology.namespaces import compact, expand

__all__ = ["decisions_in", "extraction_from", "extraction_text", "write_decisions", "write_origin"]

_VERBS = {Verdict.CONFIRMED: "right", Verdict.REJECTED: "wrong", Verdict.CORRECTED: "changed"}


def write_decisions(writer: QuadWriter, review: Reviewed) -> None:
    """State the decisions of a review, who made them, and what was found before them."""
    if not review.decisions:
        return
    iris = writer.iris
    writer.say(iris.policy, "pg:extraction", Literal(extraction_text(review.found)))
    replaced = {each.replaces for each in review.decisions}
    unfitting = {each.iri(iris) for each in review.unfitting}
    for decision in review.decisions:
        iri = decision.iri(iris)
        writer.say(iris.policy, "pg:hasDecision", iri)
        words = writer.words(decision.start, decision.end)
        writer.declare(
            iri, shortened(f"{_VERBS[decision.verdict]}: {words}"), "pg:ReviewDecision", "oa:Annotation"
        )
        writer.say(iri, "oa:motivatedBy", expand("oa:assessing"))
        writer.say(iri, "oa:hasTarget", writer.span(decision.start, decision.end))
        writer.say(iri, "pg:verdict", expand(f"pg:{decision.verdict}"))
        writer.say(iri, "pg:inForce", boolean(iri not in replaced and iri not in unfitting))
        writer.say(iri, "pg:finding", Literal(decision.finding))
        _write_claim(writer, iri, "found", decision.found)
        writer.say(iri, "pg:foundConfidence", decimal(decision.confidence))
        if decision.decided is not None:
            _write_claim(writer, iri, "decided", decision.decided)
        if decision.note:
            writer.say(iri, "rdfs:comment", Literal(decision.note))
        writer.say(iri, "dct:created", day(decision.on))
        writer.say(iri, "prov:wasAttributedTo", decision.by.iri)
        if decision.replaces:
            writer.say(iri, "prov:wasRevisionOf", decision.replaces)
        if decision.origin:
            writer.say(iri, "prov:wasDerivedFrom", decision.origin)
        named = decision.by.name != decision.by.iri
        writer.declare(decision.by.iri, decision.by.name, "prov:Person" if named else "prov:Agent")
        if named:
            writer.say(decision.by.iri, "foaf:name", Literal(decision.by.name))


def write_origin(writer: QuadWriter, iri: str, decision: Decision) -> None:
    """Say of a mention or practice that it is as it is by a decision."""
    writer.say(iri, "prov:wasDerivedFrom", decision.iri(writer.iris))
    writer.say(iri, "prov:wasAttributedTo", decision.by.iri)


def _write_claim(writer: QuadWriter, iri: str, kind: str, claim: Claim) -> None:
    if claim.role is not None:
        writer.say(iri, f"pg:{kind}Role", expand(f"pg:{claim.role}"))
    if claim.concept:
        property_ = "Processing" if claim.role is None else "Concept"
        writer.say(iri, f"pg:{kind}{property_}", claim.concept)
    writer.say(iri, f"pg:{kind}Polarity", expand(f"pg:{claim.polarity}"))


def decisions_in(quads: Iterable[Quad]) -> dict[str, Decision]:
    """The decisions that a policy's graph holds, by their IRIs, sorted.

    Args:
        quads: All quads of the graph.
    """
    about: dict[str, dict[str, str]] = defaultdict(dict)
    selectors: dict[str, list[str]] = defaultdict(list)
    for subject, predicate, value, _ in quads:
        if isinstance(subject, NamedNode) and isinstance(value, NamedNode | Literal):
            about[subject.value][compact(predicate.value)] = value.value
            if predicate.value == expand("oa:hasSelector"):
                selectors[subject.value].append(value.value)
    found: dict[str, Decision] = {}
    for iri in sorted(about):
        said = about[iri]
        if "pg:verdict" not in said or "pg:finding" not in said:
            continue
        offsets: dict[str, str] = {}
        for selector in selectors[said["oa:hasTarget"]]:
            offsets.update(about[selector])
        verdict = Verdict(_local(said["pg:verdict"]))
        by = said["prov:wasAttributedTo"]
        found[iri] = Decision(
            finding=said["pg:finding"],
            start=int(offsets["oa:start"]),
            end=int(offsets["oa:end"]),
            found=_claim(said, "found"),
            confidence=float(said["pg:foundConfidence"]),
            verdict=verdict,
            decided=None if verdict is Verdict.REJECTED else _claim(said, "decided"),
            by=Person(by, about[by].get("foaf:name", by)),
            on=date.fromisoformat(said["dct:created"]),
            note=said.get("rdfs:comment", ""),
            replaces=said.get("prov:wasRevisionOf"),
            origin=said.get("prov:wasDerivedFrom"),
        )
    return found


def _claim(said: dict[str, str], kind: str) -> Claim:
    role = said.get(f"pg:{kind}Role")
    concept = said.get(f"pg:{kind}{'Concept' if role else 'Processing'}")
    polarity = Polarity(_local(said[f"pg:{kind}Polarity"]))
    return Claim(Role(_local(role)) if role else None, concept, polarity)


def _local(iri: str) -> str:
    return compact(iri).partition(":")[2]


# What was found, as text


def extraction_text(found: MappedPolicy) -> str:
    """What an extractor found, as JSON; the same for the same findings."""
    mentions = [finding for finding in finding_names(found) if isinstance(finding, Mention)]
    places = {mention: place for place, mention in enumerate(mentions)}
    content = {
        "controller": found.facts.controller,
        "mentions": [
            {
                "start": each.start,
                "end": each.end,
                "role": str(each.role),
                "concept": each.concept and compact(each.concept),
                "polarity": str(each.polarity),
                "confidence": round(each.confidence, 4),
                "value": each.value,
                "agent": each.agent,
            }
            for each in mentions
        ],
        "practices": [
            {
                "start": each.start,
                "end": each.end,
                "processing": compact(each.processing),
                "polarity": str(each.polarity),
                "modality": str(each.modality),
                "condition": each.condition,
                "controller": each.controller,
                "foreign": each.foreign and each.controller is None,  # a name says who acts
                "confidence": round(each.confidence, 4),
                "arguments": sorted(places[mention] for mention in each.arguments),
            }
            for each in sorted(found.practices, key=_practice_order)
        ],
    }
    trimmed = {
        key: [
            {name: value for name, value in each.items() if value is not None and value is not False}
            for each in entry
        ]
        if isinstance(entry, list)
        else entry
        for key, entry in content.items()
    }
    return json.dumps(trimmed, ensure_ascii=False, separators=(",", ":"))


def extraction_from(text: str, frame: MappedPolicy) -> MappedPolicy:
    """What an extractor found, from :func:`extraction_text`.

    Args:
        text: The text.
        frame: The policy that it is about; its document, dates and laws are kept.
    """
    content = json.loads(text)
    mentions = [
        Mention(
            start=each["start"],
            end=each["end"],
            role=Role(each["role"]),
            concept=_expanded(each.get("concept")),
            polarity=Polarity(each["polarity"]),
            confidence=float(each.get("confidence", 0)),
            value=each.get("value"),
            agent=each.get("agent"),
        )
        for each in content["mentions"]
    ]
    practices = [
        Practice(
            processing=_expanded(each["processing"]) or "",
            start=each["start"],
            end=each["end"],
            polarity=Polarity(each["polarity"]),
            modality=Modality(each["modality"]),
            condition=(each["condition"][0], each["condition"][1]) if "condition" in each else None,
            controller=each.get("controller"),
            arguments=tuple(mentions[place] for place in each["arguments"]),
            confidence=float(each.get("confidence", 0)),
            foreign=each.get("foreign", False),
        )
        for each in content["practices"]
    ]
    return replace(
        frame,
        facts=replace(frame.facts, controller=content["controller"]),
        mentions=tuple(mentions),
        practices=tuple(practices),
    )


def _expanded(curie: str | None) -> str | None:
    """The IRI of a CURIE, or an IRI that has none."""
    return curie and (curie if "://" in curie else expand(curie))


def _practice_order(practice: Practice) -> tuple[object, ...]:
    places = [(mention.start, mention.end, str(mention.role)) for mention in practice.arguments]
    return (
        practice.start,
        practice.end,
        practice.processing,
        str(practice.polarity),
        str(practice.modality),
        places,
    )
