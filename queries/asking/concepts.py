"""The concepts of the vocabulary that a question names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from privagraph.errors import UnknownTermError
from privagraph.ontology.lexicon import lexicon
from privagraph.ontology.namespaces import PREFIXES, compact, expand
from privagraph.ontology.vocabulary import vocabulary

__all__ = ["KINDS", "Concept", "concepts_in"]

KINDS: Final = (
    "data_category",
    "purpose",
    "recipient",
    "legal_basis",
    "right",
    "measure",
    "tracking_technology",
    "location",
    "law",
    "data_subject",
    "safeguard",
    "processing",
)
"""The kinds of words that are looked for, in the order in which they are preferred where two cover the same words."""

_BROAD: Final = frozenset(
    map(
        expand,
        (
            *("dpv:PersonalData", "dpv:CollectedPersonalData", "dpv:ProvidedPersonalData", "dpv:ThirdParty"),
            *("dpv:Recipient", "dpv:DataSubject", "dpv:LegalBasis", "dpv:TechnicalOrganisationalMeasure"),
            *(
                "dpv:DataSubjectRight",
                "dpv:Organisation",
                "pg:TrackingTechnology",
                "dpv:Purpose",
                "dpv:Processing",
            ),
        ),
    )
)
"""Concepts under which nearly everything of their kind falls; a question that names one names none."""
_CURIE: Final = re.compile(r"<?(https?://[^\s<>?]+|[a-z][a-z-]*:[A-Za-z0-9][\w-]*)>?")
_UP: Final = 0.65
"""What a concept counts, against the narrower one below it that a question names."""
_STEPS: Final = 2
_SAME: Final = 0.9
"""What a concept counts, against the words for it."""


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept that a question names.

    Attributes:
        start: Offset of the first character of its words.
        end: Offset after them.
        iri: The concept.
        kind: The kind of words that it was found as, or "" when the question gives its IRI or CURIE.
        keys: The concept and those above it, each with what it counts when questions are compared.
    """

    start: int
    end: int
    iri: str
    kind: str
    keys: Mapping[str, float] = field(compare=False, repr=False)

    @property
    def curie(self) -> str:
        """Its short form."""
        return compact(self.iri)


def concepts_in(text: str) -> tuple[Concept, ...]:
    """The concepts that a text names, by the lexicon or by CURIE, sorted by offset.

    Example:
        >>> [(concept.curie, concept.kind) for concept in concepts_in("Who gets my phone number?")]
        [('pd:TelephoneNumber', 'data_category')]
    """
    found = []
    for written in _CURIE.finditer(text):
        with suppress(UnknownTermError):
            iri = expand(written[1]) if written[1].partition(":")[0] in PREFIXES else written[1]
            if iri in vocabulary():
                found.append(Concept(written.start(), written.end(), iri, "", _keys(iri)))
    for match in lexicon().find(text, kinds=KINDS):
        if match.concept not in _BROAD:
            keys = _keys(match.concept) if match.kind != "processing" else {}
            found.append(Concept(match.start, match.end, match.concept, match.kind, keys))
    return tuple(sorted(found, key=lambda each: (each.start, -each.end, ("", *KINDS).index(each.kind))))


@cache
def _keys(iri: str) -> dict[str, float]:
    keys, level, weight = {iri: _SAME}, {iri}, _SAME
    for _ in range(_STEPS if vocabulary().is_a(iri, "dpv:PersonalData") else 1):
        weight *= _UP
        level = (
            {broader for each in level for broader in vocabulary().term(each).broader} - _BROAD - keys.keys()
        )
        keys.update(dict.fromkeys(sorted(level), weight))
    return keys
