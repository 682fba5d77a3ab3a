"""Policies of graphs side by side, with what contradicts itself in each."""

from __future__ import annotations

import pytest

from privagraph import KnowledgeGraph
from privagraph.errors import GraphError
from privagraph.queries.comparison.gathering import compare_named, finding, policies_to_compare
from privagraph.queries.store import GraphStore

HERON = """# Privacy policy of Heron Hats Ltd

Heron Hats Ltd runs this shop. We do not collect your location. We collect your precise location when you open the app.
"""
IBIS = """# Privacy policy of Ibis Ink Ltd

Ibis Ink Ltd runs this app. We collect your email address to answer your questions.
"""


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    folder = tmp_path_factory.mktemp("policies")
    for name, text in (("ibis.md", IBIS), ("heron.md", HERON)):
        (folder / name).write_text(text, "utf-8")
    return KnowledgeGraph.map(folder)


def test_contradictions_are_a_topic(graph: KnowledgeGraph) -> None:
    comparison = graph.compare("heron.md", "ibis.md")
    (row,) = comparison.topic("Contradictions").rows
    assert [str(cell.state) for cell in row.cells] == ["yes", "not stated"]
    assert "We do not collect your location." in row.cells[0].words[0].passage


def test_without_names_all_policies_stand_by_the_names_of_their_files(graph: KnowledgeGraph) -> None:
    assert [each.name for each in graph.compare().policies] == ["heron.md", "ibis.md"]
    assert policies_to_compare(graph.store, ["ibis.md"]) == policies_to_compare(graph.store, [])[1:]


def test_a_policy_is_not_compared_with_itself(graph: KnowledgeGraph) -> None:
    with pytest.raises(GraphError, match="named twice"):
        compare_named(graph.store, ["ibis.md", "ibis.md"])


def test_an_empty_graph_has_nothing_to_compare() -> None:
    with pytest.raises(GraphError, match="0 policies; name 2 to 20"):
        compare_named(GraphStore.in_memory(vocabulary=False), [])


def test_a_finding_without_words_shows_its_message() -> None:
    missing = finding("gdpr:x", "gdpr:x", "error", "No right is named.", [])
    assert (missing.words.words, missing.words.span, missing.note) == ("No right is named.", None, "error")
    quoted = finding("gdpr:x", "gdpr:x", "error", "Too vague.", [("may", 3, 6)])
    assert (quoted.words.words, quoted.words.passage) == ("may", "Too vague.")
