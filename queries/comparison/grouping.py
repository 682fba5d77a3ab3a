"""Readable parents: the concept that a narrower one is shown under."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from privagraph.ontology.namespaces import PREFIXES, expand
from privagraph.ontology.vocabulary import vocabulary

__all__ = ["group_of"]

_TOPS: Mapping[str, frozenset[str]] = {
    "Personal data": frozenset(
        map(
            expand,
            ("dpv:PersonalData", "pd:External", "pd:Internal", "pd:Social", "pd:Tracking", "pd:Historical"),
        )
    ),
    "Purposes": frozenset({expand("dpv:Purpose")}),
}
"""Concepts that are too general to group by: what is right below them is a group."""

_NAMES: Mapping[str, str] = {
    expand(name): label
    for name, label in {
        "pd:Authenticating": "Log-in and security codes",
        "pd:Behavioural": "Behaviour and use of the service",
        "pd:Communication": "Messages and other content",
        "pd:Contact": "Contact details",
        "pd:Demographic": "Age, income and other demographic data",
        "pd:DeviceBased": "Device",
        "pd:Financial": "Payments and money",
        "pd:Identifier": "Identifiers",
        "pd:Identifying": "Name and other identity data",
        "pd:Location": "Location",
        "pd:MedicalHealth": "Health",
        "pd:PhysicalCharacteristic": "Birth date, age, body and looks",
        "pd:Preference": "Preferences and interests",
        "pd:Professional": "School, work and education",
        "pd:SocialNetwork": "Contacts and friends",
        "dpv:EnforceSecurity": "Security and protection against fraud",
        "dpv:FulfilmentOfObligation": "Legal and contractual duties",
        "dpv:Marketing": "Marketing and advertising",
        "dpv:ResearchAndDevelopment": "Research and development",
        "dpv:ServiceManagement": "Providing and improving the service",
        "dpv:CommunicationManagement": "Communication",
    }.items()
}
"""Plain names, where those of the vocabulary say little without their neighbours."""

_PERSONAL = expand("dpv:Personalisation")


@cache
def group_of(topic: str, concept: str) -> tuple[str, str] | None:
    """The concept that another one is shown under, with what to call it; it may be the concept itself.

    Args:
        topic: The topic of the row.
        concept: IRI of a concept.

    Returns:
        None where the topic has no groups, or the concept is in none.
    """
    tops = _TOPS.get(topic)
    words = vocabulary()
    if tops is None or concept not in words or concept in tops:
        return None
    lineage = [concept, *words.broader(concept)]
    found = [iri for iri in lineage if iri not in tops and tops.intersection(words.term(iri).broader)]
    if not found:
        return None
    plain = PREFIXES["dpv"]
    # Groups of the taxonomy of data go first: concepts such as "sensitive" cut across it. So does "personalised".
    late = {iri: iri == _PERSONAL or (topic == "Personal data" and iri.startswith(plain)) for iri in found}
    group = min(found, key=lambda iri: (late[iri], lineage.index(iri)))
    return group, _NAMES.get(group) or _shown(words.label(group))


def _shown(label: str) -> str:
    first, *others = label.split(" ")
    return " ".join(
        [first[:1].upper() + first[1:], *(word.lower() if word[1:].islower() else word for word in others)]
    )
