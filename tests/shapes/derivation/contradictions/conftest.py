"""Policies of a few sentences, read as a validation reads them, and parts of a graph built by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from privagraph.loaders.extractors import make_extractor
from privagraph.loaders.quads import policy_iri, policy_quads
from privagraph.loaders.readers.reading import read_bytes
from privagraph.ontology.namespaces import expand
from privagraph.ontology.reading import MentionView, PolicyView, PracticeView, Span, read_policy
from privagraph.shapes.derivation.contradictions import contradictions
from privagraph.shapes.derivation.observations import Observation


@pytest.fixture(scope="session")
def policy_of() -> Callable[[str], PolicyView]:
    """Maps words with the default extractor."""
    extractor = make_extractor()

    def read(words: str) -> PolicyView:
        document = read_bytes(words.encode(), name="policy.md")
        return read_policy(policy_iri(document), policy_quads(extractor.extract(document)))

    return read


@pytest.fixture(scope="session")
def observed(policy_of: Callable[[str], PolicyView]) -> Callable[[str], list[Observation]]:
    """What is observed in some words."""
    return lambda words: list(contradictions(policy_of(words)))


@dataclass
class Builder:
    """A policy made sentence by sentence, with the practices that an extractor should find in each."""

    text: str = ""
    practices: list[PracticeView] = field(default_factory=list)

    def says(self, sentence: str, processing: str = "", *, denied: bool = False, **arguments: str) -> Builder:
        """Add a sentence; an argument is ``role="words=concept"``, parted by ``; ``."""
        start = len(self.text)
        self.text += f"{sentence} "
        if processing:
            span = Span(start, start + len(sentence))
            found = [
                self._mention(sentence, start, role, *words.split("="), denied=denied)
                for role, listed in arguments.items()
                if role not in {"modality", "condition"}
                for words in listed.split("; ")
            ]
            self.practices.append(
                PracticeView(
                    iri=f"urn:practice:{len(self.practices)}",
                    processing=expand(processing),
                    denied=denied,
                    modality=arguments.get("modality", "asserted"),
                    condition=arguments.get("condition", ""),
                    condition_span=None,
                    evidence=span,
                    quote=sentence,
                    confidence=0.9,
                    controller=None,
                    arguments=tuple(sorted(found, key=lambda each: each.span.start)),
                )
            )
        return self

    def _mention(
        self, sentence: str, start: int, role: str, words: str, concept: str, *, denied: bool
    ) -> MentionView:
        at = start + sentence.index(words)
        return MentionView(
            iri=f"urn:mention:{at}:{role}",
            role=role,
            denied=denied,
            concept=expand(concept),
            agent=None,
            value="",
            confidence=0.9,
            span=Span(at, at + len(words)),
            quote=words,
        )

    def policy(self) -> PolicyView:
        """The policy that was said."""
        mentions = tuple(each for practice in self.practices for each in practice.arguments)
        return PolicyView(
            iri="urn:policy",
            text=self.text.strip(),
            language="en",
            mentions=mentions,
            practices=tuple(self.practices),
        )


@pytest.fixture
def built() -> Builder:
    """A policy to be said."""
    return Builder()
