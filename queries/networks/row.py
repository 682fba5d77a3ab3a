"""A practice as one row: what its properties state, and who gives data to whom in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from privagraph.ontology.namespaces import expand
from privagraph.ontology.vocabulary import vocabulary

__all__ = ["PracticeRow"]

_OBTAIN, _DISCLOSE, _TRANSFER = map(expand, ("dpv:Obtain", "dpv:Disclose", "dpv:Transfer"))


@dataclass(frozen=True, slots=True)
class PracticeRow:
    """A practice, or a denied one, with what its properties state.

    Attributes:
        iri: The practice.
        policy: The policy that states it.
        processing: The operation.
        polarity: ``affirmed`` or ``denied``.
        holder: Who does it, or says that it is not done: the practice's controller, else its processor. Where neither
            is known it is the policy, which then stands for whom it does not name. Denials have no controller of
            their own; it is the policy's.
        company: Whose policy it is; the policy where it does not say.
        evidence: The passage, as a record for edges: practice, policy, processing, polarity, modality, start, end,
            quote.
        data: The categories of data.
        purposes: What it is for.
        recipients: Organisations, and kinds of recipients.
        sources: Where the data come from, apart from the people themselves.
        subjects: The people whose data they are.
        locations: Places.
    """

    iri: str
    policy: str
    processing: str
    polarity: str
    holder: str
    company: str
    evidence: dict[str, Any]
    data: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()

    @property
    def by_other(self) -> bool:
        """Whether somebody else than the policy's company does it: "Stripe receives your card number"."""
        return self.holder not in (self.company, self.policy)

    @property
    def obtains(self) -> bool:
        """Whether data are obtained: collected, recorded, observed."""
        return self._is_a(_OBTAIN)

    @property
    def moves(self) -> bool:
        """Whether data are disclosed or transferred."""
        return self._is_a(_DISCLOSE) or self._is_a(_TRANSFER)

    @property
    def giver(self) -> str:
        """Who gives data to the recipients.

        That is the holder. But "Acme and Bolt use your location" in the policy of somebody else has one of the two as
        its holder and the other as its recipient: these get data from the policy's company.
        """
        return self.company if self.by_other and not self.moves else self.holder

    def _is_a(self, wanted: str) -> bool:
        known = vocabulary()
        return self.processing in known and known.is_a(self.processing, wanted)
