"""A free question as a page shows it: what it was understood as, from which words, and what else came near."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from privagraph.web.links import compare_url, policy_url, question_url

if TYPE_CHECKING:
    from privagraph.queries.asking import Asked
    from privagraph.queries.asking.matching import Near
    from privagraph.queries.asking.parameters import Reading
    from privagraph.queries.catalogue import Query
    from privagraph.web.policies import PolicyIndex

__all__ = ["AskedView", "Candidate", "asked_view"]

_NAMED = 6
"""The most policies that are named."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A named question that a free one may mean.

    Attributes:
        query: The named question.
        score: How near it is, from 0 to 1.
        url: Its page, with the values that were read.
        missing: Parameters that it needs and that were not read.
    """

    query: Query
    score: float
    url: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AskedView:
    """What a free question was understood as.

    Attributes:
        question: The question.
        match: The named question that it was matched to; None where none fits.
        sure: Whether that one is near, and nearer than others.
        readings: Values that were read: the parameter, the value, what it is called, the words.
        near: Other named questions that come near.
        unread: Words that were not understood.
        refusal: Why there is no answer; empty where there is one.
        advice: What to do then.
        links: Pages that help then: address and text.
        caution: What to know before the answer is used; empty where there is nothing to say.
    """

    question: str
    match: Candidate | None
    sure: bool
    readings: tuple[tuple[str, str, str, str], ...]
    near: tuple[Candidate, ...]
    unread: tuple[str, ...]
    refusal: str
    advice: str
    links: tuple[tuple[str, str], ...]
    caution: str


def asked_view(asked: Asked, policies: PolicyIndex) -> AskedView:
    """A free question as a page shows it.

    Args:
        asked: What it was understood as.
        policies: The policies of the graph.
    """
    match = None
    if asked.query is not None:
        missing = tuple(p.name for p in asked.query.params if p.required and p.name not in asked.params)
        match = Candidate(asked.query, asked.score, _address(asked.query, asked.readings, policies), missing)
    advice, links = _advice(asked, match, policies)
    return AskedView(
        question=asked.question,
        match=match,
        sure=asked.sure,
        readings=tuple((each.param, each.value, each.label, each.words) for each in asked.readings),
        near=tuple(_candidate(each, policies) for each in asked.near),
        unread=asked.unread,
        refusal=asked.refusal or "",
        advice=advice,
        links=links,
        caution=asked.caution or "",
    )


def _advice(
    asked: Asked, match: Candidate | None, policies: PolicyIndex
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """What to do where there is no answer, and pages that help."""
    named = [policies.by_iri[iri] for iri in asked.policies if iri in policies.by_iri][:_NAMED]
    if asked.refusal == "ambiguous":
        told = "A name in the question fits several policies. Name one by its file or its whole title."
        return told, tuple(
            (policy_url(card.key), f"{card.name} ({', '.join(card.sources)})") for card in named
        )
    if asked.refusal == "several":
        told = "The question names several policies. Compare them side by side."
        return told, ((compare_url(*(card.key for card in named)), "Compare these policies"),)
    if asked.refusal == "missing" and match is not None:
        wanted = " and ".join(name.replace("_", " ") for name in match.missing)
        return f"The question does not say which {wanted} it is about.", (
            (match.url, f"Choose the {wanted}"),
        )
    if asked.refusal == "far":
        return "No question of the list is near enough to this one. Ask it in other words, or choose one.", ()
    return "", ()


def _candidate(near: Near, policies: PolicyIndex) -> Candidate:
    return Candidate(near.query, near.score, _address(near.query, near.readings, policies), near.missing)


def _address(query: Query, readings: Sequence[Reading], policies: PolicyIndex) -> str:
    keys = {name: card.key for card in policies for name in (card.iri, *card.sources)}
    typed = {param.name: param.type for param in query.params}
    values = {
        each.param: keys.get(each.value, each.value) if typed.get(each.param) == "policy" else each.value
        for each in readings
    }
    return question_url(query.id, **values)
