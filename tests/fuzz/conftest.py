"""The modules of this folder, which ``target.py`` imports as they are, for the tests."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def modules() -> Iterator[dict[str, ModuleType]]:
    """``hostile``, ``inputs`` and ``invariants``, by name."""
    sys.path.insert(0, str(HERE))
    try:
        yield {name: importlib.import_module(name) for name in ("hostile", "inputs", "invariants")}
    finally:
        sys.path.remove(str(HERE))


@pytest.fixture(scope="session")
def inputs(modules: dict[str, ModuleType]) -> ModuleType:
    """What bytes stand for in each format."""
    return modules["inputs"]


@pytest.fixture(scope="session")
def invariants(modules: dict[str, ModuleType]) -> ModuleType:
    """What holds of every document and policy."""
    return modules["invariants"]


@pytest.fixture(scope="session")
def hostile(modules: dict[str, ModuleType]) -> ModuleType:
    """Files made to hurt."""
    return modules["hostile"]
