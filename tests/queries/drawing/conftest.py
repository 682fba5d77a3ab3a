"""The two sample policies as networks."""

from __future__ import annotations

import networkx
import pytest

from privagraph.queries.networks import view
from privagraph.queries.store import GraphStore


@pytest.fixture
def network(sample_store: GraphStore) -> networkx.MultiDiGraph[str]:
    """Everything that they hold."""
    return view(sample_store, "full")
