"""Filters from the names that people give."""

from __future__ import annotations

from collections.abc import Iterable

from privagraph.ontology.vocabulary import Branch
from privagraph.queries.choice import policy_named
from privagraph.queries.concepts import concept_named, recipient_named
from privagraph.queries.networks.filters import Filters, Polarity
from privagraph.queries.store import GraphStore

__all__ = ["filters_named"]


def filters_named(
    store: GraphStore,
    *,
    policies: Iterable[str] = (),
    data: str | None = None,
    purpose: str | None = None,
    recipient: str | None = None,
    polarity: Polarity | None = None,
) -> Filters:
    """Filters, with names looked up.

    Args:
        store: The graph.
        policies: File names, titles or IRIs of policies.
        data: A category of data: a CURIE, an IRI or a label.
        purpose: A purpose, named likewise.
        recipient: The name or IRI of an organisation in the graph, or a kind of recipient.
        polarity: What is done, what is denied, or both.

    Raises:
        GraphError: There is no such policy, or several go by a name.
        UnknownTermError: There is no such concept or organisation.
    """
    return Filters(
        policies=tuple(sorted({policy_named(store, name) for name in policies})),
        data=concept_named(data, branch=Branch.PERSONAL_DATA) if data else None,
        purpose=concept_named(purpose, branch=Branch.PURPOSE) if purpose else None,
        recipient=recipient_named(store, recipient) if recipient else None,
        polarity=polarity,
    )
