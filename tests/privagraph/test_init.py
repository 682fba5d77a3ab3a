"""The public face of the package: what it lists, and what it costs."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import privagraph
from privagraph import _version

ROOT = Path(__file__).parents[2]
PUBLIC = {
    "Answer",
    "Finding",
    "GraphError",
    "InputError",
    "KnowledgeGraph",
    "LoadReport",
    "MapReport",
    "PolicySummary",
    "PrivagraphError",
    "ProfileError",
    "QueryError",
    "Severity",
    "UnknownTermError",
    "ValidationReport",
    "__version__",
    "load_graph",
    "own_profile",
}


def test_the_public_names_are_these() -> None:
    assert set(privagraph.__all__) == PUBLIC
    assert privagraph.__all__ == sorted(privagraph.__all__)
    assert set(dir(privagraph)) >= PUBLIC


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_every_public_name_is_there_and_documented(name: str) -> None:
    value = getattr(privagraph, name)
    assert name == "__version__" or (value.__doc__ and value.__name__ == name)


def test_what_type_checkers_see_is_what_is_there() -> None:
    tree = ast.parse(Path(str(privagraph.__file__)).read_text())
    block = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {
        alias.name: node.module
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert seen == {name: f"privagraph.{home}" for name, home in privagraph._HOMES.items()}
    assert set(seen) | {"__version__"} == PUBLIC


def test_a_name_that_is_none_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'KnowlegdeGraph'"):
        privagraph.KnowlegdeGraph  # noqa: B018  # the look-up is the test


def test_the_version_is_that_of_the_project_file() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert privagraph.__version__ == _version.__version__ == project["version"]


HEAVY = (
    "rdflib",
    "pyshacl",
    "networkx",
    "owlready2",
    "trafilatura",
    "docx",
    "pypdf",
    "httpx",
    "pandas",
    "lxml",
)


def imported_by(code: str) -> set[str]:
    """The modules that a fresh interpreter has after running some code."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys\nprint(' '.join(sys.modules))"],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return set(done.stdout.split())


def test_importing_the_package_imports_nothing_else() -> None:
    ours = {name for name in imported_by("import privagraph") if name.startswith("privagraph.")}
    assert ours == {"privagraph._version"}


@pytest.mark.parametrize(
    "code",
    [
        "from privagraph.cli import cli\ntry: cli.main(['--version'])\nexcept SystemExit: pass",
        "import privagraph.graph, privagraph.loaders.pipeline, privagraph.loaders.extraction",
    ],
)
def test_mapping_does_not_pay_for_libraries_that_it_may_not_need(code: str) -> None:
    assert not imported_by(code) & set(HEAVY)
