"""What a mapped policy says as the plain values that its graph is read as.

A graph is read back by whoever comes later. Who has just written it knows what it says: the view is the same, but that
of all labels it holds those of organisations only, and it is there in a tenth of the time.
"""

from __future__ import annotations

from collections.abc import Iterable

from privagraph.loaders.agents import Actors, agents_of
from privagraph.loaders.facts import MappedPolicy, Mention, Polarity, Practice
from privagraph.loaders.iris import PolicyIris
from privagraph.loaders.literals import decimal
from privagraph.loaders.naming import Names
from privagraph.loaders.quads import policy_label
from privagraph.ontology.reading import MentionView, PolicyView, PracticeView, Span

__all__ = ["policy_view"]


def policy_view(mapped: MappedPolicy, iris: PolicyIris, names: Names) -> PolicyView:
    """What :func:`~privagraph.ontology.reading.read_policy` reads from a policy's graph.

    Args:
        mapped: What was found in it; after a review, what holds by it.
        iris: The IRIs of the policy.
        names: The IRIs of its findings.
    """
    document, facts = mapped.document, mapped.facts
    listed = frozenset(mapped.mentions)
    organisations = agents_of(mapped)
    agents = {each.key: iris.agent(each.key) for each in organisations}
    mentions = {
        mention: _mention(mention, iri, document.text, agents, is_reference=mention not in listed)
        for mention, iri in names.mentions.items()
    }
    actors = Actors.of(mapped)
    practices: dict[str, PracticeView] = {}
    for practice, iri in zip(mapped.practices, names.practices, strict=True):
        arguments = _in_order(mentions[each] for each in dict.fromkeys(practice.arguments))
        made = _practice(practice, iri, document.text, arguments, _controller(practice, actors, iris))
        # Practices that say the same are one node, which has the confidence of each; of several the first counts.
        practices[iri] = min(practices.get(iri, made), made, key=lambda each: str(each.confidence))
    return PolicyView(
        iri=iris.policy,
        text=document.text,
        language=document.language,
        label=policy_label(mapped),
        sources=(document.source,) if document.source else (),
        effective=facts.effective,
        updated=facts.updated,
        mentions=_in_order(each for each in mentions.values() if not each.is_reference),
        practices=tuple(
            sorted(practices.values(), key=lambda each: (each.evidence.start, each.evidence.end, each.iri))
        ),
        labels={agents[each.key]: each.name for each in organisations},
    )


def _mention(
    mention: Mention, iri: str, text: str, agents: dict[str, str], *, is_reference: bool
) -> MentionView:
    return MentionView(
        iri=iri,
        role=str(mention.role),
        denied=mention.polarity is Polarity.DENIED,
        concept=mention.concept or None,
        agent=agents[mention.agent] if mention.agent else None,
        value=mention.value or "",
        confidence=_as_stated(mention.confidence),
        span=Span(mention.start, mention.end),
        quote=text[mention.start : mention.end],
        is_reference=is_reference,
    )


def _practice(
    practice: Practice, iri: str, text: str, arguments: tuple[MentionView, ...], controller: str | None
) -> PracticeView:
    condition = None if practice.condition is None else Span(*practice.condition)
    return PracticeView(
        iri=iri,
        processing=practice.processing,
        denied=practice.polarity is Polarity.DENIED,
        modality=str(practice.modality),
        condition="" if condition is None else text[condition.start : condition.end],
        condition_span=condition,
        evidence=Span(practice.start, practice.end),
        quote=text[practice.start : practice.end],
        confidence=_as_stated(practice.confidence),
        controller=controller,
        arguments=arguments,
    )


def _controller(practice: Practice, actors: Actors, iris: PolicyIris) -> str | None:
    actor = actors.of_practice(practice)
    return iris.agent(actor[1]) if actor is not None and actor[0] == "dpv:hasDataController" else None


def _in_order(mentions: Iterable[MentionView]) -> tuple[MentionView, ...]:
    return tuple(sorted(mentions, key=lambda each: (each.span.start, each.span.end, each.iri)))


def _as_stated(confidence: float) -> float:
    """A confidence with as many places as the graph has."""
    return float(decimal(confidence).value)
