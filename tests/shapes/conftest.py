"""What the tests of the shapes share: a small sound policy in Turtle, and its quads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from pyshacl.helper.sparql_query_helper import SPARQLQueryHelper

CASES = Path(__file__).parent / "cases"


def turtle_quads(turtle: bytes | str) -> list[ox.Quad]:
    return list(ox.parse(turtle, format=ox.RdfFormat.TURTLE))


@pytest.fixture(autouse=True, scope="session")
def queries_checked_once() -> Iterator[None]:
    """pySHACL looks for what SHACL forbids in a query at every node that it asks of, a third of its time."""
    check = SPARQLQueryHelper.check_invalid_sparql
    sound: set[tuple[object, ...]] = set()

    def checked(
        self: SPARQLQueryHelper, text: str, valuenode: object = None, extravars: object = None
    ) -> bool:
        key = (text, valuenode is None, repr(extravars))
        if key not in sound:
            check(self, text, valuenode=valuenode, extravars=extravars)
            sound.add(key)
        return True

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(SPARQLQueryHelper, "check_invalid_sparql", checked)
        yield


@pytest.fixture(scope="session")
def quads_of() -> Callable[[bytes | str], list[ox.Quad]]:
    """Parses Turtle."""
    return turtle_quads


@pytest.fixture(scope="session")
def case_quads() -> Callable[[str], list[ox.Quad]]:
    """The quads of a case, by its path under ``cases`` without the ending."""
    return lambda name: turtle_quads((CASES / f"{name}.ttl").read_bytes())
