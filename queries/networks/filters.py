"""Which practices a network is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from privagraph.ontology.vocabulary import vocabulary

__all__ = ["Filters", "Polarity", "is_or_is_under"]

Polarity = Literal["affirmed", "denied", "both"]
"""What policies say they do, what they say they do not do, or both, marked on each edge."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Which practices a network is made of: those that fit all that is given.

    A concept takes those narrower with it (``skos:broader*``), so ``pd:Contact`` takes e-mail addresses too.

    Attributes:
        policies: IRIs of the policies; all of them when empty.
        data: IRI of a category of data that the practice is about.
        purpose: IRI of a purpose that the practice is for.
        recipient: IRI of a kind of recipient, or of an organisation, that gets the data.
        polarity: What is done, what is denied, or both. None leaves it to the view: ``full`` and ``practices`` take
            both, the views that count take what is done.
        all_versions: Whether versions of policies count that were replaced; ``full`` takes them in any case.
    """

    policies: tuple[str, ...] = ()
    data: str | None = None
    purpose: str | None = None
    recipient: str | None = None
    polarity: Polarity | None = None
    all_versions: bool = False

    @property
    def by_concept(self) -> bool:
        """Whether practices are chosen by what they are about."""
        return any((self.data, self.purpose, self.recipient))

    def takes(self, polarity: str, *, otherwise: Polarity) -> bool:
        """Whether practices of a polarity are taken.

        Args:
            polarity: ``affirmed`` or ``denied``.
            otherwise: What the view takes where the filters do not say.
        """
        return (self.polarity or otherwise) in (polarity, "both")


def is_or_is_under(concept: str, wanted: str) -> bool:
    """Whether a node is the wanted one, or a concept narrower than it.

    Args:
        concept: IRI of a concept, or of an organisation.
        wanted: IRI of the one that was asked for.
    """
    known = vocabulary()
    return concept == wanted or (concept in known and wanted in known and known.is_a(concept, wanted))
