"""Colours and shapes of the nodes in pictures of a graph, and the groups of nodes that have one each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["COLUMNS", "DENIED", "GROUPS", "LOOKS", "POLICY", "PRACTICE", "PROVENANCE", "Look"]


@dataclass(frozen=True, slots=True)
class Look:
    """How the nodes of one group are drawn.

    Attributes:
        title: The group's name in the legend and on its frame.
        fill: Colour inside.
        line: Colour of the border, and of the edges that lead there.
        shape: Shape in Graphviz.
        left: Whether the group stands to the left of the practices.
    """

    title: str
    fill: str
    line: str
    shape: str = "box"
    left: bool = False


COLUMNS: Mapping[str, Look] = {
    "data": Look("Personal data", "#e3f4e8", "#2f855a", "ellipse", left=True),
    "source": Look("Sources of data", "#e0f2f1", "#00796b", "house", left=True),
    "subject": Look("People", "#f1f8e9", "#558b2f", "egg", left=True),
    "purpose": Look("Purposes", "#fff6d6", "#b7791f", "hexagon"),
    "recipient": Look("Recipients and organisations", "#fde8d8", "#c05621", "component"),
    "basis": Look("Legal bases", "#ece5fa", "#6b46c1", "note"),
    "retention": Look("Retention", "#e8eaf6", "#3949ab", "cylinder"),
    "place": Look("Places and safeguards", "#e1f0fb", "#2b6cb0", "invhouse"),
    "measure": Look("Security", "#eceff1", "#546e7a", "octagon"),
    "right": Look("Rights and choices", "#fce4ec", "#ad1457", "cds"),
    "technology": Look("Tracking technologies", "#efebe9", "#6d4c41", "tab"),
    "law": Look("Laws", "#fffde7", "#827717", "note"),
    "service": Look("Kinds of service", "#fbf1ea", "#a1674a"),
    "contact": Look("Contacts", "#f3f4f6", "#4b5563", "box"),
    "other": Look("Other statements", "#f7f7f7", "#757575", "box"),
}
"""How the nodes of each group are drawn that stand beside the practices, in the order of the legend."""

POLICY = Look("Policy", "#ffffff", "#1f2937", "folder")
PRACTICE = Look("Practice", "#eaf2fd", "#1f4e8c")
DENIED = Look("Denied practice", "#fdeaea", "#c62828")
"""How policies, practices and denied practices are drawn."""

LOOKS: Mapping[str, Look] = {"policy": POLICY, "practice": PRACTICE, "denied": DENIED, **COLUMNS}
"""How the nodes of each group are drawn, all of them."""

PROVENANCE = frozenset({"activity", "software", "source", "decision", "person"})
"""The kinds of nodes that say where a graph came from, not what a policy says."""

GROUPS: Mapping[str, str] = {
    "data_category": "data",
    "source": "source",
    "data_subject": "subject",
    "purpose": "purpose",
    "legitimate_interest": "purpose",
    "recipient": "recipient",
    "controller": "recipient",
    "processor_role": "recipient",
    "legal_basis": "basis",
    "retention": "retention",
    "storage_location": "place",
    "transfer_destination": "place",
    "transfer_safeguard": "place",
    "jurisdiction": "place",
    "security_measure": "measure",
    "breach_notice": "measure",
    "right": "right",
    "right_mechanism": "right",
    "opt_out": "right",
    "dnt": "right",
    "tracking_technology": "technology",
    "contact": "contact",
    "dpo": "contact",
    "child_rule": "subject",
    "pg:namesRegulation": "law",
    "pg:kindOfService": "service",
    "dpv:hasPersonalData": "data",
    "pg:deniedPersonalData": "data",
    "dpv:hasDataSource": "source",
    "pg:deniedDataSource": "source",
    "dpv:hasDataSubject": "subject",
    "pg:deniedDataSubject": "subject",
    "dpv:hasPurpose": "purpose",
    "pg:deniedPurpose": "purpose",
    "dpv:hasRecipient": "recipient",
    "pg:deniedRecipient": "recipient",
    "dpv:hasDataController": "recipient",
    "pg:operatedBy": "recipient",
    "dpv:hasLegalBasis": "basis",
    "pg:deniedLegalBasis": "basis",
    "dpv:hasStorageCondition": "retention",
    "dpv:hasLocation": "place",
    "dpv:hasJurisdiction": "place",
    "dpv:hasTechnicalOrganisationalMeasure": "measure",
    "dpv:hasRight": "right",
    "dpv:isImplementedUsingTechnology": "technology",
    "dpv:hasDataProtectionOfficer": "contact",
}
"""The group of a node, by the role or the property that leads to it; the first in this order wins."""
