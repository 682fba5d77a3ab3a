"""Which roles stand for concepts, and which words of them stand for none."""

from __future__ import annotations

from privagraph.ontology.reading import MentionView

__all__ = ["GROUNDED_ROLES", "is_open"]

GROUNDED_ROLES = frozenset(
    {
        "data_category",
        "data_subject",
        "legal_basis",
        "legitimate_interest",
        "purpose",
        "recipient",
        "right",
        "security_measure",
        "source",
        "storage_location",
        "tracking_technology",
        "transfer_destination",
        "transfer_safeguard",
    }
)
"""The roles whose words have to stand for a concept, as the query ``ungrounded`` has them; those of the others stand
for themselves."""


def is_open(mention: MentionView) -> bool:
    """Whether a mention's words should stand for a concept or an organisation, and none fits."""
    return mention.role in GROUNDED_ROLES and mention.concept is None and mention.agent is None
