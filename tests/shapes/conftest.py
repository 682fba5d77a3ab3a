"""What the tests of the shapes share: a small sound policy in Turtle, and its quads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

CASES = Path(__file__).parent / "cases"


def turtle_quads(turtle: bytes | str) -> list[ox.Quad]:
    return list(ox.parse(turtle, format=ox.RdfFormat.TURTLE))


@pytest.fixture(scope="session")
def quads_of() -> Callable[[bytes | str], list[ox.Quad]]:
    """Parses Turtle."""
    return turtle_quads


@pytest.fixture(scope="session")
def case_quads() -> Callable[[str], list[ox.Quad]]:
    """The quads of a case, by its path under ``cases`` without the ending."""
    return lambda name: turtle_quads((CASES / f"{name}.ttl").read_bytes())
