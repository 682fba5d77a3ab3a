"""Which of the named questions can be asked of a node."""

from __future__ import annotations

from collections.abc import Mapping

from privagraph.ontology.namespaces import compact
from privagraph.ontology.vocabulary import Branch, vocabulary
from privagraph.queries.catalogue import load

__all__ = ["questions_of"]

_OF_CONCEPTS: Mapping[Branch, tuple[str, ...]] = {
    Branch.PERSONAL_DATA: ("recipients-of", "purposes-of-data", "retention-of-data", "policies-with"),
    Branch.PURPOSE: ("data-for-purpose", "policies-with"),
    Branch.ENTITY: ("data-of-recipient-kind", "policies-with"),
}
_OF_ANY_CONCEPT = ("policies-with", "evidence-of")
_OF_KINDS: Mapping[str, tuple[str, ...]] = {
    "policy": ("recipients-by-data", "purposes-by-data", "rights"),
    "practice": ("practice-words",),
    "agent": ("data-of-recipient",),
}


def questions_of(iri: str, kind: str, label: str) -> tuple[tuple[str, str, dict[str, str]], ...]:
    """The questions that fit a node.

    Args:
        iri: The node.
        kind: What it is: ``policy``, ``practice``, ``agent``, ``concept`` and so on.
        label: What it is called.

    Returns:
        Name, title and parameters of each.

    Example:
        >>> name, title, values = questions_of("https://w3id.org/dpv/pd#EmailAddress", "concept", "Email Address")[0]
        >>> name, values
        ('recipients-of', {'concept': 'pd:EmailAddress'})
    """
    known = vocabulary()
    if iri in known:
        branches = known.branches(iri)
        names = next((found for branch, found in _OF_CONCEPTS.items() if branch in branches), _OF_ANY_CONCEPT)
        values = {"concept": compact(iri)}
    else:
        names = _OF_KINDS.get(kind, ())
        values = {"name": label} if kind == "agent" else {kind: iri}
    return tuple((name, load(name).title, values) for name in names)
