"""Who shares with whom: controllers, those they share with, and who runs the services that are named.

Every practice with recipients leads from its holder, as in :mod:`privagraph.queries.networks.flows`, to each of them,
whatever is done: the flows part what recipients collect themselves from what is handed to them, and here both are
sharing. Edges are told apart by their keys:

* ``dpv:hasRecipient`` leads to an organisation that the text names;
* ``dpv:hasRecipient (kind)`` leads to a kind of recipient, such as "service providers". It is no organisation, and two
  policies that share with service providers do not share with the same ones. ``named`` of an edge and its target says
  which of the two it is;
* ``dpv:hasDataController`` leads from the policy's company to another organisation that its text says does something
  with the data: "Stripe receives your card number";
* ``pg:recipient`` and ``pg:tracking_technology`` lead from the policy's company to organisations that its text only
  names, in a list of the services it uses, say, without a word on what they get. ``weight`` counts the places;
* ``pg:operatedBy`` leads from a service to the company that runs it. It is known, not stated, so it has no polarity:
  its ``evidence`` and its ``weight`` are of what leads to the service.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

from privagraph.ontology.namespaces import expand
from privagraph.ontology.vocabulary import vocabulary
from privagraph.queries.networks.edges import Gathered
from privagraph.queries.networks.filters import Filters
from privagraph.queries.networks.reading import Reading, asked, local_name, read
from privagraph.queries.store import GraphStore

if TYPE_CHECKING:
    import networkx

__all__ = ["sharing"]

_Network: TypeAlias = "networkx.MultiDiGraph[str]"

_NAMES = {"affirmed": "dpv:hasRecipient", "denied": "pg:deniedRecipient"}
_OPERATED, _ACTOR = "pg:operatedBy", "dpv:hasDataController"
_MENTIONS = """
SELECT ?policy ?mention ?agent ?role ?polarity ?start ?end ?quote ?prefix ?suffix WHERE {
  GRAPH ?policy {
    ?mention pg:agent ?agent ; pg:role ?role ; pg:polarity ?polarity .
    FILTER(?role IN (pg:recipient, pg:tracking_technology))
    ?policy pg:hasMention ?mention .
    ?mention oa:hasTarget/oa:hasSelector ?position , ?words .
    ?position oa:start ?start ; oa:end ?end .
    ?words oa:exact ?quote ; oa:prefix ?prefix ; oa:suffix ?suffix .
  }
}
"""
_ARGUMENTS = """
SELECT ?policy ?mention ?agent WHERE {
  GRAPH ?policy {
    ?practice dpv:hasRecipient|pg:deniedRecipient ?agent ; pg:hasArgument ?mention .
    ?mention pg:agent ?agent .
  }
}
"""
_TOLD = {"recipient": "named as recipient", "tracking_technology": "tracking"}


def sharing(store: GraphStore, filters: Filters) -> _Network:
    """Who shares with whom.

    Args:
        store: The graph.
        filters: Which practices; those that are done where the polarity is not said. An edge tells only of the data,
            purposes and recipients that were asked for. Organisations that are only named are left out where data or
            a purpose is asked for, since nothing is said of these.

    Raises:
        GraphError: There is no such policy.
    """
    reading, known = read(store, filters, otherwise="affirmed"), vocabulary()
    gathered = Gathered()
    reached: list[tuple[str, dict[str, Any]]] = []
    for row in reading.narrowed(filters):
        name = _NAMES[row.polarity]
        counted = {"data": row.data, "purposes": row.purposes, "processing": (row.processing,)}
        for recipient in row.recipients:
            if recipient != row.giver:
                named = recipient not in known
                gathered.add(
                    (row.giver, recipient),
                    name if named else f"{name} (kind)",
                    row.evidence,
                    fixed={"property": expand(name), "polarity": row.polarity, "named": named},
                    counted=counted,
                )
                reached.append((recipient, row.evidence))
        if row.by_other and reading.takes_recipient(row.policy, row.holder, filters):
            gathered.add(
                (row.company, row.holder),
                _ACTOR,
                row.evidence,
                fixed={"property": expand(_ACTOR), "polarity": row.polarity, "named": True},
                counted=counted,
            )
            reached.append((row.holder, row.evidence))
    if not (filters.data or filters.purpose):
        for company, agent, record in _named(store, filters, reading):
            role, polarity = record["role"], record["polarity"]
            gathered.add(
                (company, agent),
                f"pg:{role}" + (" denied" if polarity == "denied" else ""),
                record,
                fixed={
                    "property": expand(f"pg:{role}"),
                    "polarity": polarity,
                    "named": True,
                    "label": ("not: " if polarity == "denied" else "") + _TOLD[role],
                },
            )
            reached.append((agent, record))
    for service, record in reached:
        for operator, homes in reading.operators.get(service, {}).items():
            if record["policy"] in homes:
                fixed = {"property": expand(_OPERATED), "polarity": "", "named": True, "label": "operated by"}
                gathered.add((service, operator), _OPERATED, record, fixed=fixed)
    network = gathered.network(reading)
    for node, data in network.nodes(data=True):
        data["named"] = node not in known
    return network


def _named(
    store: GraphStore, filters: Filters, reading: Reading
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Company, organisation and evidence of each mention that no practice shares data with."""
    told = {mention for _, mention, _ in asked(store, filters.policies, _ARGUMENTS)}
    for policy, mention, agent, role, polarity, start, end, quote, prefix, suffix in asked(
        store, filters.policies, _MENTIONS
    ):
        company = reading.companies.get(policy, policy)
        if (
            policy not in reading.policies
            or mention in told
            or agent == company
            or not filters.takes(local_name(polarity), otherwise="affirmed")
            or not reading.takes_recipient(policy, agent, filters)
        ):
            continue
        yield (
            company,
            agent,
            {
                "mention": mention,
                "policy": policy,
                "role": local_name(role),
                "polarity": local_name(polarity),
                "start": int(start),
                "end": int(end),
                "quote": quote,
                "prefix": prefix,
                "suffix": suffix,
            },
        )
