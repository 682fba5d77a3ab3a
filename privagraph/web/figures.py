"""What the policies of a graph say together: who receives data, and which data it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from privagraph.ontology.namespaces import expand

if TYPE_CHECKING:
    from privagraph.queries.store import GraphStore

__all__ = ["Counted", "Figures", "graph_figures"]

_MOST = 6
_NO_MORE_SAID = frozenset({expand("dpv:PersonalData")})
"""Says that data is processed, not which."""


@dataclass(frozen=True, slots=True)
class Counted:
    """An organisation or a category of data.

    Attributes:
        iri: Its IRI.
        label: Its label.
        policies: How many policies name it.
        share: The same as a share of those of the most named one, from 0 to 100.
        note: What is said besides, such as who runs a service.
    """

    iri: str
    label: str
    policies: int
    share: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of a whole graph, without policies that were replaced.

    Attributes:
        organisations: How many organisations are named as recipients.
        recipients: Those that most policies name.
        data: The categories of data that most policies say they process.
        categories: How many categories of data there are.
    """

    organisations: int
    recipients: tuple[Counted, ...]
    data: tuple[Counted, ...]
    categories: int


def graph_figures(store: GraphStore) -> Figures:
    """Figures of a whole graph.

    Args:
        store: The graph.
    """
    from privagraph.ontology.vocabulary import vocabulary
    from privagraph.queries.answers import answer_to

    named = [
        (str(row["recipient"]), str(row["recipient_label"]), int(str(row["policies"])), row["operator"])
        for row in answer_to(store, "recipients-across-policies")
        if str(row["recipient"]) not in vocabulary()
    ]
    data = [
        (str(row["data"]), str(row["data_label"] or row["data"]), int(str(row["policies"])), None)
        for row in answer_to(store, "data-across-policies")
        if str(row["data"]) not in _NO_MORE_SAID
    ]
    return Figures(len(named), _most(named), _most(data), len(data))


def _most(rows: Sequence[tuple[str, str, int, object]]) -> tuple[Counted, ...]:
    top = max((policies for _, _, policies, _ in rows), default=1)
    return tuple(
        Counted(iri, label, policies, round(100 * policies / top), f"run by {runs}" if runs else "")
        for iri, label, policies, runs in rows[:_MOST]
    )
