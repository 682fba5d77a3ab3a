"""The lists of a TILT document: data disclosed, transfers to third countries, sources of data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from privagraph.ontology.jsonld import Json
from privagraph.ontology.lexicon import lexicon
from privagraph.ontology.namespaces import compact
from privagraph.ontology.reading import MentionView, PracticeView, Span
from privagraph.ontology.sentences import pieces
from privagraph.ontology.vocabulary import vocabulary
from privagraph.queries.export.policies import Policy, parts_of, says_purpose

__all__ = ["country_of", "disclosed", "sources", "transfers"]

_Object = dict[str, Json]
_EXTENSION = "x-privagraph"
_ARTICLE = re.compile(r"A(\d+)((?:-\d+)?)((?:-[a-z])?)(?:-|$)")
"""The names of DPV's terms for the articles of the GDPR."""
_SAID = re.compile(r"\bart(?:icle|\.)?\s*(\d+)((?:\s*\(\w+\)){0,3})", re.IGNORECASE)
"""Such as ``Art. 6(1)(b)``."""
_COUNTRY = re.compile("[A-Z]{2}")
_GEORGIA = "georgia"
"""A country, and a state of the United States that addresses end with more often."""
_GATHERED = {
    "dpv:Infer": "inferred",
    "dpv:Derive": "inferred",
    "dpv:Observe": "observed",
    "dpv:Monitor": "observed",
}
"""How data came about, by the operation; data from a source are else ``received``."""


def disclosed(policy: Policy, practices: Sequence[PracticeView], missing: list[str]) -> Iterator[_Object]:
    """One entry for each affirmed practice.

    Args:
        policy: The policy.
        practices: Its affirmed practices.
        missing: Takes JSON pointers to what the schema demands and the policy does not state.
    """
    for number, practice in enumerate(practices):
        stated, excepted = parts_of(practice)
        yield {
            "_id": _id(practice),
            "category": [policy.named(each) for each in stated if each.role == "data_category"],
            "purposes": [
                {"purpose": policy.named(each), "description": each.quote}
                for each in stated
                if says_purpose(each)
            ],
            "legalBases": [
                {"reference": _reference(each), "description": _described(policy, each)}
                for each in stated
                if _is_basis(each)
            ],
            "legitimateInterests": [
                {"exists": True, "reasoning": each.quote} for each in stated if _is_interest(each)
            ],
            "recipients": [_recipient(policy, each) for each in stated if each.role == "recipient"],
            "storage": list(_storage(policy, stated)),
            "nonDisclosure": _non_disclosure(
                policy, practice, f"/dataDisclosed/{number}/nonDisclosure", missing
            ),
            _EXTENSION: {
                "practice": practice.iri,
                "processing": policy.name(practice.processing),
                "modality": practice.modality,
                **({"condition": practice.condition} if practice.condition else {}),
                **(
                    {"except": [f"{each.role}: {policy.named(each)}" for each in excepted]}
                    if excepted
                    else {}
                ),
                "sentence": practice.quote,
                "start": practice.evidence.start,
                "end": practice.evidence.end,
                "confidence": practice.confidence,
            },
        }


def transfers(policy: Policy, practices: Sequence[PracticeView]) -> Iterator[_Object]:
    """One entry for each destination of data, with the safeguards that its sentences and practices name."""
    found: dict[str, list[MentionView]] = {}
    for mention in policy.view.mentions_of("transfer_destination"):
        if not mention.denied:
            found.setdefault(_country(mention) or policy.named(mention), []).append(mention)
    for name in sorted(found):
        entry: _Object = {"country": name} if _COUNTRY.fullmatch(name) else {}
        guards = _guards(policy, practices, found[name])
        for field in ("adequacyDecision", "appropriateGuarantees", "standardDataProtectionClause"):
            words = dict.fromkeys(each.quote for each in guards if _kind_of_guard(each) == field)
            if words:
                entry[field] = {"available": True, "description": "; ".join(words)}
        words = dict.fromkeys(each.quote for each in found[name])
        yield entry | {_EXTENSION: {"words": [*words]}}


def _guards(
    policy: Policy, practices: Sequence[PracticeView], destinations: Sequence[MentionView]
) -> list[MentionView]:
    """The safeguards in a sentence or practice with one of some destinations, in the order of the text."""
    wanted = {each.iri for each in destinations}
    places = [_sentence(policy.view.text, each.span) for each in destinations]
    tied = {
        each.iri
        for practice in practices
        if wanted & {each.iri for each in practice.arguments}
        for each in practice.arguments
    }
    return [
        each
        for each in policy.view.mentions_of("transfer_safeguard")
        if not each.denied
        and (each.iri in tied or any(start <= each.span.start < end for start, end in places))
    ]


def _sentence(text: str, span: Span) -> tuple[int, int]:
    """The sentence that holds a span, in its line of the text."""
    begin = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.start)
    line = text[begin : end if end >= 0 else None]
    for start, stop in pieces(line):
        if start <= span.start - begin < stop:
            return begin + start, begin + stop
    return span.start, span.end


def sources(policy: Policy, practices: Sequence[PracticeView], missing: list[str]) -> Iterator[_Object]:
    """One entry for each category of data and practice with sources other than the person (Art. 14 GDPR).

    Args:
        policy: The policy.
        practices: Its affirmed practices.
        missing: Takes JSON pointers to what the schema demands and the policy does not state.
    """
    number = 0
    for practice in practices:
        stated, _ = parts_of(practice)
        origins = [
            each for each in stated if each.role == "source" and not _is(each, "dpv:DataSubjectDataSource")
        ]
        categories = [policy.named(each) for each in stated if each.role == "data_category"]
        for index, category in enumerate(categories or [""] if origins else []):
            at = f"/sources/{number}"
            if not category:
                missing.append(f"{at}/dataCategory")
            entries: list[Json] = []
            for place, origin in enumerate(origins):
                public = _is(origin, "dpv:PublicDataSource")
                if not public and not _is(origin, "dpv:NonPublicDataSource"):
                    missing.append(f"{at}/sources/{place}/publiclyAvailable")
                entries.append(
                    {
                        "description": origin.quote,
                        "url": [],
                        "publiclyAvailable": public,
                        "origin": _GATHERED.get(compact(practice.processing), "received"),
                    }
                )
            yield {"_id": f"{_id(practice)}-{index + 1}", "dataCategory": category, "sources": entries}
            number += 1


def _id(practice: PracticeView) -> str:
    return practice.iri.rpartition("/")[2]


def _is(mention: MentionView, *ancestors: str) -> bool:
    known = vocabulary()
    concept = mention.concept
    return concept is not None and concept in known and any(known.is_a(concept, each) for each in ancestors)


def _is_basis(mention: MentionView) -> bool:
    return mention.role == "legal_basis" or (
        mention.role == "legitimate_interest" and not says_purpose(mention)
    )


def _is_interest(mention: MentionView) -> bool:
    """Whether a mention says an interest: in its words, or by the name of the legal basis."""
    return mention.role == "legitimate_interest" or (
        mention.role == "legal_basis" and _is(mention, "dpv:LegitimateInterest")
    )


def _reference(mention: MentionView) -> str:
    """The article that a legal basis names, such as ``GDPR-6-1-b``; empty where it names none."""
    prefix, _, name = compact(mention.concept or "").partition(":")
    if prefix == "eu-gdpr" and (match := _ARTICLE.match(name)):
        return f"GDPR-{''.join(match.groups())}"
    match = _SAID.search(mention.quote)
    if match is None or "GDPR" not in mention.quote:
        return ""
    parts = re.findall(r"\((\d+|[a-z])\)", match[2])
    return "-".join(("GDPR", match[1], *parts))


def _described(policy: Policy, mention: MentionView) -> str:
    name = policy.named(mention)
    return mention.quote if name == mention.quote else f"{name}: {mention.quote}"


def _recipient(policy: Policy, mention: MentionView) -> _Object:
    kind = policy.name(mention.concept) or policy.name(
        policy.value(mention.agent, "pg:kindOfService") or None
    )
    if mention.agent is None:
        return {"category": kind or mention.quote}
    return {"name": policy.name(mention.agent), "category": kind or mention.quote}


def _storage(policy: Policy, stated: Sequence[MentionView]) -> Iterator[_Object]:
    kept = [each for each in stated if each.role == "retention"]
    if not kept:
        return
    temporal: list[Json] = []
    until: list[Json] = []
    for each in kept:
        if length := policy.duration(each):
            temporal.append({"description": each.quote, "ttl": length})
        else:
            until.append(each.quote)
    yield {"temporal": temporal, "purposeConditional": until, "aggregationFunction": "max"}


def _non_disclosure(policy: Policy, practice: PracticeView, at: str, missing: list[str]) -> _Object:
    """Whether the person has to give the data, where the same passage says so."""
    said = [
        each
        for each in policy.view.mentions_of("mandatory_provision")
        if practice.evidence.start <= each.span.start and each.span.end <= practice.evidence.end
    ]
    unknown = ("legalRequirement", "contractualRegulation")
    missing += [f"{at}/{field}" for field in unknown] if said else [at]
    return {
        "legalRequirement": False,
        "contractualRegulation": False,
        "obligationToProvide": any(not each.denied for each in said),
        "consequences": "; ".join(each.quote for each in said),
    }


def _country(mention: MentionView) -> str:
    """The ISO 3166 code that a mention gives; empty where it gives none."""
    prefix, _, name = compact(mention.concept or "").partition(":")
    for code in (mention.value, name if prefix == "loc" else ""):
        if _COUNTRY.fullmatch(code):
            return code
    return ""


def country_of(address: str) -> str:
    """The ISO 3166 code of the country that an address ends with; empty where it names none.

    Example:
        >>> country_of("Am Hafen 1, 20457 Hamburg, Germany")
        'DE'
    """
    name = re.split(r"[,\n]", address.strip())[-1].strip()
    found = lexicon().ground(name, "location") if name else None
    if found is None or _bare(found.label) != _bare(name) or _bare(name) == _GEORGIA:
        return ""
    prefix, _, code = compact(found.concept).partition(":")
    country = code.partition("-")[0]  # of a part of it too, such as England
    return country if prefix == "loc" and _COUNTRY.fullmatch(country) else ""


def _bare(name: str) -> str:
    """A name of a place without what it can go without."""
    return name.replace(".", "").casefold().removeprefix("the ")


def _kind_of_guard(mention: MentionView) -> str:
    if _is(mention, "eu-gdpr:A45-3", "eu-gdpr:AdequacyDecision"):
        return "adequacyDecision"
    if _is(mention, "eu-gdpr:StandardContractualClauses"):
        return "standardDataProtectionClause"
    return "appropriateGuarantees"
