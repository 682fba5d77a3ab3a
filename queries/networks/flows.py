"""Who gives which data to whom: people and other sources, those who hold the data, and those who receive them.

A practice becomes edges in this way:

* one that obtains data (``dpv:Obtain`` and what is narrower: collecting, recording, observing) leads from its sources
  to whoever obtains them: its recipients where it has any ("we let advertising networks collect ..."), else its
  holder; to both where another one than the policy's company obtains them ("Acme and Bolt get your location"). The
  source is who the text says; where it says nobody, or the people themselves, it is the people that the practice is
  about, and ``dpv:DataSubject`` where it does not say which;
* any other leads from its holder to each of its recipients, and from its sources to its holder;
* one that discloses or transfers data and has no recipient leads from its holder to the places that it names.

The holder is who does it: the practice's controller or processor. Where the text does not name who does it, the policy
stands for them. Practices that only use or keep data move them nowhere, and are no edges; nor are those where data
would go to where they are.

An edge adds up practices: ``weight`` says how many. ``data``, ``purposes``, ``processing`` and ``locations`` are lists
of IRIs, the most frequent first, each with labels in the same order (``data_labels``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias

from privagraph.ontology.namespaces import compact, expand
from privagraph.queries.networks.edges import Gathered
from privagraph.queries.networks.filters import Filters
from privagraph.queries.networks.reading import read
from privagraph.queries.networks.row import PracticeRow
from privagraph.queries.store import GraphStore

if TYPE_CHECKING:
    import networkx

__all__ = ["flows", "flows_by_data"]

_Network: TypeAlias = "networkx.MultiDiGraph[str]"

_SUBJECT, _PEOPLE = expand("dpv:DataSubject"), expand("dpv:DataSubjectDataSource")
_PROPERTIES = {
    ("source", "affirmed"): "dpv:hasDataSource",
    ("source", "denied"): "pg:deniedDataSource",
    ("subject", "affirmed"): "dpv:hasDataSubject",
    ("subject", "denied"): "pg:deniedDataSubject",
    ("recipient", "affirmed"): "dpv:hasRecipient",
    ("recipient", "denied"): "pg:deniedRecipient",
    ("location", "affirmed"): "dpv:hasLocation",
    ("location", "denied"): "pg:deniedLocation",
}


def flows(store: GraphStore, filters: Filters) -> _Network:
    """Flows of data, one edge between two ends for all data and purposes; denied flows have edges of their own.

    Args:
        store: The graph.
        filters: Which practices; those that are done where the polarity is not said. An edge tells only of the data,
            purposes and recipients that were asked for.

    Raises:
        GraphError: There is no such policy.
    """
    return _flows(store, filters, by_data=False)


def flows_by_data(store: GraphStore, filters: Filters) -> _Network:
    """Flows of data, one edge for each category of data and each purpose of it.

    Its key names them: ``pd:EmailAddress for dpv:Marketing``. A practice with two categories and two purposes is in
    four edges, so weights of several edges do not add up.

    Args:
        store: The graph.
        filters: As in :func:`flows`.

    Raises:
        GraphError: There is no such policy.
    """
    return _flows(store, filters, by_data=True)


def _flows(store: GraphStore, filters: Filters, *, by_data: bool) -> _Network:
    reading = read(store, filters, otherwise="affirmed")
    gathered = Gathered()
    for row in reading.narrowed(filters):
        for source, target, kind in sorted(set(_moves(row))):
            name = _PROPERTIES[kind, row.polarity]
            fixed = {"property": expand(name), "polarity": row.polarity}
            places = (target,) if kind == "location" else row.locations
            counted = {"locations": places, "processing": (row.processing,)}
            for data, purposes in _carried(row) if by_data else [(row.data, row.purposes)]:
                key = f"{name} {_key(data, purposes)}" if by_data else name
                gathered.add(
                    (source, target),
                    key,
                    row.evidence,
                    fixed=fixed,
                    counted={"data": data, "purposes": purposes, **counted},
                )
    return gathered.network(reading)


def _key(data: tuple[str, ...], purposes: tuple[str, ...]) -> str:
    what = compact(data[0]) if data else "data"
    return f"{what} for {compact(purposes[0])}" if purposes else what


def _carried(row: PracticeRow) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Each category of data with each purpose; where the practice has none of either, without."""
    for data in row.data or (None,):
        for purpose in row.purposes or (None,):
            yield (data,) if data else (), (purpose,) if purpose else ()


def _moves(row: PracticeRow) -> Iterator[tuple[str, str, str]]:
    """Where a practice takes data: from whom, to whom, and what the step is called."""
    others = [each for each in row.recipients if each != row.holder]
    givers = [(each, "source") for each in row.sources if each != _PEOPLE]
    if (row.obtains and not givers) or _PEOPLE in row.sources:
        givers += [(each, "subject") for each in row.subjects or (_SUBJECT,)]
    getters = others if row.obtains and others else []
    if not getters or row.by_other:
        getters = [*getters, row.holder]
    for giver, kind in givers:
        for target in getters:
            if giver != target:
                yield giver, target, kind
    if not row.obtains:
        for target in row.recipients:
            if target != row.giver:
                yield row.giver, target, "recipient"
        if not row.recipients and row.moves:
            for place in row.locations:
                yield row.holder, place, "location"
