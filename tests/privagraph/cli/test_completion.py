"""What the shell offers while a command is typed."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from click.shell_completion import ShellComplete

from privagraph.cli import cli
from privagraph.queries.catalogue import catalogue


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory, sample_quads: tuple[ox.Quad, ...]) -> Path:
    path = tmp_path_factory.mktemp("graph") / "graph.nq"
    path.write_bytes(ox.serialize(sample_quads, format=ox.RdfFormat.N_QUADS))
    return path


def offered(*typed: str) -> list[str]:
    """What click's completion offers for the last of the words."""
    found = ShellComplete(cli, {}, "privagraph", "_PRIVAGRAPH_COMPLETE").get_completions(
        list(typed[:-1]), typed[-1]
    )
    return [item.value for item in found]


def test_commands_are_offered() -> None:
    assert offered("exp") == ["explain", "export"]


def test_names_of_queries_are_offered_with_their_questions() -> None:
    assert offered("query", "") == [query.id for query in catalogue()]
    assert "retention" in offered("query", "ret")
    assert offered("query", "my-own") == ["my-own"]


def test_tags_are_offered() -> None:
    assert "contract" in offered("query", "--list", "--tag", "con")


def test_parameters_are_offered_and_then_their_values(graph: Path) -> None:
    assert set(offered("query", "evidence-of", "--param", "")) == {"policy=", "concept="}
    assert "concept=pd:EmailAddress" in offered("query", "evidence-of", "--param", "concept=pd:")


@pytest.mark.parametrize(
    "typed",
    [
        ("query", "no-such-query", "--param", ""),
        ("query", "evidence-of", "--param", "nothing="),
        ("query", "evidence-of", "--graph", "no-such-graph", "--param", "policy="),
    ],
)
def test_what_is_not_known_is_not_offered(typed: tuple[str, ...]) -> None:
    assert offered(*typed) == []
