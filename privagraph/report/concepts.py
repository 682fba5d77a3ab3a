"""The concepts that a report names, each explained once: label, definition, IRI, and where it is said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from privagraph.ontology.namespaces import compact
from privagraph.ontology.reading import PolicyView
from privagraph.ontology.shown import one_line
from privagraph.ontology.vocabulary import vocabulary
from privagraph.report.naming import concept_anchor, label_of
from privagraph.report.passages import Passages
from privagraph.report.values import Ref

__all__ = ["Concept", "Concepts"]

_REFS = 5
"""How many places a concept leads to."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept that the report names, explained."""

    id: str
    label: str
    curie: str
    iri: str
    definition: str
    broader: str
    refs: tuple[Ref, ...]
    number: int


class Concepts:
    """Which concepts are said where, and which of them a report names."""

    def __init__(self) -> None:
        self._refs: dict[str, list[Ref]] = {}
        self._numbers: dict[str, int] = {}
        self._named: set[str] = set()

    def add(self, policy: PolicyView, passages: Passages) -> None:
        """Note where a policy says what.

        Args:
            policy: The policy.
            passages: Its passages.
        """
        said = [(each.concept, passages.to_mention, each) for each in policy.mentions if each.concept]
        for concept, to, mention in said:
            self._note(concept or "", to(mention))
        for practice in policy.practices:
            self._note(practice.processing, passages.to_practice(practice))

    def _note(self, concept: str, ref: Ref) -> None:
        self._numbers[concept] = self._numbers.get(concept, 0) + 1
        refs = self._refs.setdefault(concept, [])
        if ref.target and len(refs) < _REFS and all(each.number != ref.number for each in refs):
            refs.append(ref)

    def anchor(self, iri: str) -> str:
        """Where a concept is explained, which from now on it is; empty for what is no concept."""
        if not iri or iri not in vocabulary():
            return ""
        self._named.add(iri)
        return concept_anchor(iri)

    def explained(self) -> Iterator[Concept]:
        """Each concept that was named, in the order of their labels."""
        words = vocabulary()
        for iri in sorted(self._named, key=lambda each: (label_of(each).casefold(), each)):
            term = words.term(iri)
            above = ", ".join(words.label(each) for each in term.broader)
            yield Concept(
                id=concept_anchor(iri),
                label=words.label(iri),
                curie=compact(iri),
                iri=iri,
                definition=one_line(term.definition),
                broader=above,
                refs=tuple(self._refs.get(iri, ())),
                number=self._numbers.get(iri, 0),
            )
