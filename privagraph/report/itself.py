"""Where a policy says when it holds and which laws it names: the graph has the answers, the text their words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from privagraph.ontology.dates import find_dates, kind_of_date
from privagraph.ontology.lexicon import lexicon
from privagraph.ontology.reading import PolicyView, Span

__all__ = ["Itself"]

_CUE = 60
"""How many characters before a date are read for what kind of date it is."""
_LAWS = 8
"""How many places are kept for a law."""


@dataclass(frozen=True, slots=True)
class Itself:
    """The words for what is known of a policy as a whole.

    Attributes:
        effective: Where it says from when it holds.
        updated: Where it says when it was changed last.
        laws: Where it names each law, by IRI.
    """

    effective: tuple[Span, ...]
    updated: tuple[Span, ...]
    laws: dict[str, tuple[Span, ...]]

    @classmethod
    def found(cls, policy: PolicyView, laws: Collection[str]) -> Itself:
        """Look the words up in the text.

        Args:
            policy: The policy.
            laws: IRIs of the laws that it names.
        """
        days = {"effective": policy.effective, "updated": policy.updated}
        places: dict[str, list[Span]] = {"effective": [], "updated": []}
        for start, end, day in find_dates(policy.text, 0, len(policy.text)):
            fitting = [kind for kind, known in days.items() if known == day]
            if len(fitting) > 1:
                said = kind_of_date(policy.text[max(0, start - _CUE) : start])
                fitting = [said] if said else fitting
            for kind in fitting:
                places[kind].append(Span(start, end))
        named: dict[str, list[Span]] = {}
        if laws:
            for match in lexicon().find(policy.text, 0, len(policy.text), {"law"}):
                if match.concept in laws:
                    named.setdefault(match.concept, []).append(Span(match.start, match.end))
        return cls(
            tuple(places["effective"][:1]),
            tuple(places["updated"][:1]),
            {law: tuple(spans[:_LAWS]) for law, spans in named.items()},
        )

    @property
    def spans(self) -> list[Span]:
        """All of them."""
        return [*self.effective, *self.updated, *(span for spans in self.laws.values() for span in spans)]
