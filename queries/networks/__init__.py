"""Networks: the graph, and what can be counted in it, for tools and measures that know nodes and edges.

:func:`to_networkx` hands out the whole graph. :func:`view` hands out one of :data:`VIEWS`, of which the others are made
to answer a question: who gives which data to whom, who shares with whom, which data are named together, which policies
are alike. Every edge of every view leads to the words that it rests on.
"""

from privagraph.queries.networks.filters import Filters, Polarity
from privagraph.queries.networks.measures import (
    MEASURES,
    Measure,
    articulation_recipients,
    measured,
    with_measures,
)
from privagraph.queries.networks.naming import filters_named
from privagraph.queries.networks.paths import Step, shortest_flow
from privagraph.queries.networks.views import VIEWS, View, view
from privagraph.queries.networks.whole import to_networkx

__all__ = [
    "MEASURES",
    "VIEWS",
    "Filters",
    "Measure",
    "Polarity",
    "Step",
    "View",
    "articulation_recipients",
    "filters_named",
    "measured",
    "shortest_flow",
    "to_networkx",
    "view",
    "with_measures",
]
