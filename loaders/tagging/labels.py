"""The labels that the tagger gives to words, and the mentions that they stand for.

A label is a role, or a role and a concept where one label alone would not tell what is meant: each right of the GDPR
has its own. ``transfer`` is what the corpus calls *Third-country Transfers*, destination and safeguard in one.
"""

from __future__ import annotations

from privagraph.loaders.facts import Role

__all__ = ["COLUMNS", "CORPUS_ITEMS", "ITEMS", "LABELS", "TRANSFER", "concept_of", "role_of"]

TRANSFER = "transfer"

CORPUS_ITEMS = {
    "Controller Name": "controller",
    "Controller Contact": "contact",
    "DPO Contact": "dpo",
    "Data Categories": "data_category",
    "Processing Purpose": "purpose",
    "Legal Basis for Processing": "legal_basis",
    "Legitimate Interests for Processing": "legitimate_interest",
    "Source of Data": "source",
    "Data Retention Period": "retention",
    "Data Recipients": "recipient",
    "Third-country Transfers": TRANSFER,
    "Mandatory Data Disclosure": "mandatory_provision",
    "Automated Decision-Making": "automated_decision",
    "Right to Access": "right:A15",
    "Right to Rectification": "right:A16",
    "Right to Erasure": "right:A17",
    "Right to Restrict": "right:A18",
    "Right to Portability": "right:A20",
    "Right to Object": "right:A21",
    "Right to Withdraw Consent": "right:A7-3",
    "Right to Lodge Complaint": "right:A77",
}
"""The 21 items of GDPR Art. 13 and 14 as the corpus of Cory et al. (arXiv 2503.10727) names them, and their labels."""

ITEMS = frozenset(CORPUS_ITEMS.values())
"""The labels of those items: the ones that the corpus teaches, and that the tagger has seen often enough to judge."""

LABELS = (
    *CORPUS_ITEMS.values(),
    "processor_role",
    "storage_location",
    "transfer_destination",
    "transfer_safeguard",
    "security_measure",
    "right:A22",
    "right:other",
    "right_mechanism",
    "opt_out",
    "data_subject",
    "child_rule",
    "breach_notice",
    "policy_change",
    "dnt",
    "jurisdiction",
    "tracking_technology",
)
"""Every label, in the order of the model's outputs."""

COLUMNS = {label: column for column, label in enumerate(LABELS)}
"""The column of each label among the model's outputs for "inside"; those for "begin" follow, in the same order."""


def role_of(label: str) -> Role:
    """The role that a label stands for; a transfer counts as its destination until its words are read."""
    return Role.TRANSFER_DESTINATION if label == TRANSFER else Role(label.partition(":")[0])


def concept_of(label: str) -> str | None:
    """The CURIE of the concept that a label itself names, as ``eu-gdpr:A15``, or None."""
    article = label.partition(":")[2]
    return f"eu-gdpr:{article}" if article and article != "other" else None
