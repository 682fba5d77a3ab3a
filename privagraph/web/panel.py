"""What is told beside the text of a policy of the mention or practice that is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from privagraph.ontology.evidence import shortened
from privagraph.ontology.layout import Layout
from privagraph.ontology.namespaces import compact
from privagraph.ontology.reading import MentionView, PracticeView, Span
from privagraph.ontology.roles import GROUNDED_ROLES, is_open
from privagraph.ontology.vocabulary import vocabulary
from privagraph.report.naming import duration_in_words, label_of, verb_of, verb_phrase
from privagraph.web.links import explorer_url, resource_url, words_url
from privagraph.web.panel_values import Concept, Link, Panel, Part, Steps
from privagraph.web.policy_state import State
from privagraph.web.reading import Reading
from privagraph.web.roles import group_of, role_label, role_note

__all__ = ["observed_parts", "panel_of"]

_Node = TypeVar("_Node")
_MODALITIES: Mapping[tuple[str, bool], str] = {
    ("asserted", False): "It is stated as a fact.",
    ("possible", False): "It may happen.",
    ("required", False): "It has to happen.",
    ("asserted", True): "The policy says that this does not happen.",
    ("possible", True): "The policy says that this may not happen.",
    ("required", True): "The policy says that this must not happen.",
}
"""What a modality says of a practice, and of one that is denied."""
_MOST = 12
"""How many links to other words are shown."""


def panel_of(reading: Reading, state: State) -> Panel | None:
    """What is told of what is chosen; None where nothing is, or where it is not in the policy.

    Args:
        reading: The policy.
        state: What is chosen.
    """
    told = _Told(reading, state)
    if state.mention:
        mention = reading.mention(state.mention)
        return told.mention(mention) if mention is not None else None
    practice = reading.practice(state.practice) if state.practice else None
    return told.practice(practice) if practice is not None else None


def observed_parts(reading: Reading, key: str, *, about: str = "") -> list[Part]:
    """What the graph says besides of passages, each with the words that it rests on.

    Args:
        reading: The policy.
        key: Its key.
        about: IRI of a mention or practice that it is about; all that was observed when empty.
    """
    text, found = reading.view.text, []
    for each in reading.observed:
        if about and about not in each.about:
            continue
        note = (Link(each.note, looks="note"),) if each.note else ()
        places = (
            Link(shortened(text[span.start : span.end]), words_url(key, span.start, span.end))
            for span in (*each.evidence, *each.others)
        )
        found.append(Part(label_of(each.kind) or "Observation", (*note, *places)))
    return found


class _Told:
    """Tells of the nodes of one policy."""

    def __init__(self, reading: Reading, state: State) -> None:
        self._reading, self._view, self._state = reading, reading.view, state

    def mention(self, mention: MentionView) -> Panel:
        view = self._view
        stated = [each for each in view.practices if any(one.iri == mention.iri for one in each.arguments)]
        known = {mention.iri, *(one.iri for each in stated for one in each.arguments)}
        passage = Layout(view.text).sentence(mention.span)
        near = [
            each
            for each in view.mentions
            if each.iri not in known and each.span.start < passage.end and passage.start < each.span.end
        ]
        parts = [
            Part(
                ("Denied with it" if each.denied else "Part of"),
                (self._practice_link(each), *self._arguments(each, without=mention.iri)),
            )
            for each in stated
        ]
        parts += self._list("In the same sentence", map(self._mention_link, near))
        parts += self._list("Said elsewhere too", map(self._mention_link, self._alike(mention)))
        parts += self._observed(mention.iri)
        facts = [("Confidence", Link(f"{mention.confidence:.0%}"))]
        if mention.value:
            length = duration_in_words(mention.value)
            facts.insert(0, ("Value", Link(length or mention.value, note=mention.value if length else "")))
        return self._made(
            "mention",
            mention.iri,
            mention.span,
            title=role_label(mention.role),
            note=role_note(mention.role),
            quote=mention.quote,
            group=group_of(mention.role),
            polarity="Denied: the policy says that this is not so." if mention.denied else "Affirmed.",
            denied=mention.denied,
            meanings=tuple(
                self._concept(each) for each in dict.fromkeys((mention.agent, mention.concept)) if each
            ),
            silence=_silence(mention),
            facts=facts,
            parts=parts,
            steps=self._mention_steps(mention),
        )

    def practice(self, practice: PracticeView) -> Panel:
        view = self._view
        facts = [("Operation", self._term_link(practice.processing))]
        if practice.controller:
            facts.append(("By", self._term_link(practice.controller)))
        if practice.condition:
            place = practice.condition_span
            address = words_url(self._state.key, place.start, place.end) if place else ""
            facts.append(("Only", Link(practice.condition, address)))
        facts.append(("Confidence", Link(f"{practice.confidence:.0%}")))
        parts = self._list("About", self._arguments(practice), most=100)
        others = [
            each for each in view.practices if each.evidence == practice.evidence and each is not practice
        ]
        parts += self._list("In the same passage", map(self._practice_link, others))
        parts += self._observed(practice.iri)
        return self._made(
            "denial" if practice.denied else "practice",
            practice.iri,
            practice.evidence,
            title=verb_phrase(verb_of(practice.processing), practice.modality, denied=practice.denied),
            note=_MODALITIES.get((practice.modality, practice.denied), ""),
            quote=practice.quote,
            group="",
            polarity="Denied: no practice." if practice.denied else "Affirmed.",
            denied=practice.denied,
            meanings=(),
            silence="",
            facts=facts,
            parts=parts,
            steps=self._practice_steps(practice),
        )

    def _made(
        self,
        kind: str,
        iri: str,
        span: Span,
        *,
        facts: Sequence[tuple[str, Link]],
        parts: Iterable[Part],
        **told: object,
    ) -> Panel:
        decided = (self._reading.decided or {}).get(iri)
        return Panel(
            kind=kind,
            iri=iri,
            facts=(*facts, *([("Decided in a review by", Link(decided))] if decided else ())),
            parts=tuple(parts),
            words_url=words_url(self._state.key, span.start, span.end),
            resource_url=resource_url(iri),
            explorer_url=explorer_url(policy=self._state.key, node=iri, hops="1"),
            **told,  # type: ignore[arg-type]  # the two callers name them all
        )

    # Links

    def _mention_url(self, mention: MentionView) -> str:
        if mention.iri not in self._reading.mentions:  # a reference such as "your data" is no mention
            return words_url(self._state.key, mention.span.start, mention.span.end)
        return self._state.url(mention=self._reading.short(mention.iri), practice="", fragment="at")

    def _mention_link(self, mention: MentionView) -> Link:
        meaning = label_of(mention.agent or mention.concept, self._view)
        if not meaning and is_open(mention):
            meaning = "no concept fits"
        return Link(
            shortened(mention.quote),
            self._mention_url(mention),
            f"{role_label(mention.role)}{', ' if meaning else ''}{meaning}{', denied' if mention.denied else ''}",
            f"g-{group_of(mention.role)}{' denied' if mention.denied else ''}",
            self._reading.short(mention.iri),
        )

    def _arguments(self, practice: PracticeView, *, without: str = "") -> Iterable[Link]:
        return (self._mention_link(each) for each in practice.arguments if each.iri != without)

    def _practice_link(self, practice: PracticeView) -> Link:
        return Link(
            verb_phrase(verb_of(practice.processing), practice.modality, denied=practice.denied),
            self._state.url(mention="", practice=self._reading.short(practice.iri), fragment="at"),
            shortened(practice.quote),
            "practice denied" if practice.denied else "practice",
        )

    def _term_link(self, iri: str) -> Link:
        return Link(label_of(iri, self._view) or compact(iri), resource_url(iri), compact(iri))

    def _concept(self, iri: str) -> Concept:
        words = vocabulary()
        term = words.term(iri) if iri in words else None
        return Concept(
            iri=iri,
            label=term.label if term is not None else label_of(iri, self._view) or compact(iri),
            short=compact(iri),
            definition=term.definition if term is not None else "",
            broader=tuple(self._term_link(each) for each in term.broader) if term is not None else (),
        )

    def _list(self, title: str, links: Iterable[Link], *, most: int = _MOST) -> list[Part]:
        """A part, unless there is nothing in it."""
        found = tuple(links)
        return [Part(title, found[:most], max(0, len(found) - most))] if found else []

    def _observed(self, iri: str) -> Iterable[Part]:
        """What was observed of a node, with the words."""
        return observed_parts(self._reading, self._state.key, about=iri)

    def _alike(self, mention: MentionView) -> Iterable[MentionView]:
        """The other mentions of the same concept or organisation in the same role."""
        if mention.concept is None and mention.agent is None:
            return
        for each in self._view.mentions:
            same = (each.role, each.concept, each.agent) == (mention.role, mention.concept, mention.agent)
            if same and each.iri != mention.iri:
                yield each

    # Steps

    def _mention_steps(self, mention: MentionView) -> Steps:
        shown = [each for each in self._view.mentions if self._state.shows(each) or each is mention]
        alike = [each for each in shown if each.role == mention.role]
        before, after = _beside(shown, mention)
        alike_before, alike_after = _beside(alike, mention)
        return Steps(
            *(self._mention_url(each) if each else "" for each in (before, after, alike_before, alike_after))
        )

    def _practice_steps(self, practice: PracticeView) -> Steps:
        before, after = _beside(self._view.practices, practice)
        alike = [each for each in self._view.practices if each.denied == practice.denied]
        alike_before, alike_after = _beside(alike, practice)
        return Steps(
            *(
                self._practice_link(each).url if each else ""
                for each in (before, after, alike_before, alike_after)
            )
        )


def _beside(nodes: Sequence[_Node], node: _Node) -> tuple[_Node | None, _Node | None]:
    """The neighbours of a node."""
    at = next(number for number, each in enumerate(nodes) if each is node)
    return nodes[at - 1] if at else None, nodes[at + 1] if at + 1 < len(nodes) else None


def _silence(mention: MentionView) -> str:
    """Why a mention stands for no concept."""
    if mention.concept or mention.agent:
        return ""
    if mention.role in GROUNDED_ROLES:
        return "No concept fits these words. They are kept as they stand, and nothing is read into them."
    return "Words of this kind stand for themselves; no concept is looked for."
