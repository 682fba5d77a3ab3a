"""Policies of a few words, with what a graph would say of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import pytest

from privagraph.ontology.namespaces import expand
from privagraph.ontology.reading import MentionView, PolicyView, PracticeView, Span
from privagraph.shapes.derivation.observations import Observation
from privagraph.shapes.derivation.wording.text import PolicyText

Finder = Callable[[PolicyText], Iterable[Observation]]
Findings = list[tuple[str, str]]


@dataclass
class Draft:
    """A policy that is written up for a test: mentions and practices by their words."""

    text: str
    mentions: list[MentionView] = field(default_factory=list)
    practices: list[PracticeView] = field(default_factory=list)

    def span(self, words: str) -> Span:
        start = self.text.index(words)
        return Span(start, start + len(words))

    def mention(self, words: str, role: str, *, denied: bool = False, value: str = "") -> MentionView:
        """Add a mention."""
        span = self.span(words)
        made = MentionView(
            iri=f"urn:policy/mention/{span.start}-{span.end}-{role}",
            role=role,
            denied=denied,
            concept=None,
            agent=None,
            value=value,
            confidence=0.9,
            span=span,
            quote=words,
        )
        self.mentions.append(made)
        return made

    def practice(
        self,
        sentence: str,
        *arguments: MentionView,
        modality: str = "asserted",
        condition: str = "",
        denied: bool = False,
    ) -> None:
        """Add a practice."""
        self.practices.append(
            PracticeView(
                iri=f"urn:policy/practice/{len(self.practices)}",
                processing=expand("dpv:Share"),
                denied=denied,
                modality=modality,
                condition=condition,
                condition_span=self.span(condition) if condition else None,
                evidence=self.span(sentence),
                quote=sentence,
                confidence=0.9,
                controller=None,
                arguments=arguments,
            )
        )

    def read(self) -> PolicyText:
        """The policy as the finders get it."""
        mentions = tuple(sorted(self.mentions, key=lambda each: each.span))
        return PolicyText(
            PolicyView(
                iri="urn:policy",
                text=self.text,
                language="en",
                mentions=mentions,
                practices=tuple(self.practices),
            )
        )

    def find(self, finder: Finder) -> Findings:
        """What a finder observes: kinds without their prefix, and words."""
        return [
            (each.kind.removeprefix("pg:"), self.text[each.spans[0].start : each.spans[0].end])
            for each in finder(self.read())
        ]


@pytest.fixture
def draft() -> type[Draft]:
    """Writes up a policy."""
    return Draft
