"""A policy that is mapped again after it was changed takes the place of the version before."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from privagraph import KnowledgeGraph
from privagraph.errors import GraphError
from privagraph.mapping import map_policies
from privagraph.queries import outputs
from privagraph.queries.store import GraphStore
from privagraph.queries.versions import chain_of, current_of, links_of
from privagraph.queries.waiting import Waiting

FIRST = """# Privacy policy of Tansy Tools Ltd

Tansy Tools Ltd, 4 Mill Lane, Leeds, is the controller. Last updated: 1 March 2024.

We collect your email address to send you invoices. We share your name with our courier Swiftlet.
We keep invoices for six years. Ask us for a copy of your data whenever you like.
Cookies count the visits to our shop, and we sell your personal data to nobody.
"""
SECOND = FIRST.replace("1 March 2024", "1 May 2025").replace("six years", "ten years")
STRANGER = """# Privacy notice of Quill and Sons GmbH

Quill and Sons GmbH, Am Hafen 3, Hamburg, is responsible for your data. Last updated: 3 April 2025.

When you write to us, we process your telephone number in order to call you back. Our accountant receives invoices.
Log files are erased after fourteen days. You may object to what we do with your data whenever you like.
Payment details go to our bank, and nothing is transferred to countries outside the European Union.
"""


def write(folder: Path, text: str, name: str = "privacy.md") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def versions(graph: Path) -> list[int]:
    """How many versions each policy of a graph has."""
    with GraphStore.open(graph) as store:
        links = links_of(store)
        return sorted(len(chain_of(links, head)) for head in current_of(links, store.policies()))


def test_a_changed_file_is_a_new_version(tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    map_policies(write(tmp_path / "one", FIRST), graph, extractor="lexicon")
    report = map_policies(write(tmp_path / "two", SECOND), graph, extractor="lexicon")
    ((newer, older),) = report.revisions
    assert newer == report.mapped[0].policy != older
    assert versions(graph) == [2]
    with KnowledgeGraph.open(graph) as opened:
        assert [row["duration"] for row in opened.query("retention", policy="privacy.md")] == ["P10Y"]
        assert [row["duration"] for row in opened.query("retention", policy=older)] == ["P6Y"]


def test_mapping_the_same_again_makes_no_version(tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    file = write(tmp_path / "one", FIRST)
    map_policies(file, graph, extractor="lexicon")
    report = map_policies(file, graph, extractor="lexicon")
    assert report.revisions == ()
    assert not report.mapped[0].changed
    assert versions(graph) == [1]


def test_a_policy_that_comes_back_is_current_again(tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    first, _, _ = (
        map_policies(write(tmp_path, text), graph, extractor="lexicon").mapped[0].policy
        for text in (FIRST, SECOND, FIRST)
    )
    with GraphStore.open(graph) as store:
        assert current_of(links_of(store), store.policies()) == (first,)
    assert versions(graph) == [2]


def test_another_company_with_a_file_of_the_same_name_stays_apart(tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    map_policies(write(tmp_path / "one", FIRST), graph, extractor="lexicon")
    report = map_policies(write(tmp_path / "two", STRANGER), graph, extractor="lexicon")
    assert report.revisions == ()
    assert versions(graph) == [1, 1]


def test_policies_of_the_same_file_name_are_not_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thousand policies can be called privacy.html; each new one is compared with all of them."""
    graph = tmp_path / "graph"
    map_policies(write(tmp_path / "one", FIRST), graph, extractor="lexicon")
    map_policies(write(tmp_path / "two", STRANGER), graph, extractor="lexicon")
    read: list[str | None] = []
    monkeypatch.setattr(GraphStore, "unsorted_quads", lambda _, policy=None: read.append(policy) or iter(()))
    assert len(map_policies(write(tmp_path / "three", SECOND), graph, extractor="lexicon").revisions) == 1
    assert read == []


def test_a_corpus_that_was_fetched_again_costs_as_much_for_each_policy_as_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No question to the whole graph for any of them, and all go into the database together."""
    graph = tmp_path / "graph"
    corpus = tmp_path / "shops.jsonl"
    asked: list[str] = []
    settled: list[Waiting] = []
    settle = Waiting.settle
    monkeypatch.setattr(GraphStore, "query", lambda _, text, **__: asked.append(text))
    monkeypatch.setattr(Waiting, "settle", lambda waits: (settled.append(waits), settle(waits)))
    for text, newer in ((FIRST, 0), (SECOND, 3), (FIRST, 3)):
        shops = [{"id": name, "text": text.replace("Tansy", name)} for name in ("Ash", "Birch", "Cedar")]
        write(tmp_path, "\n".join(map(json.dumps, shops)), corpus.name)
        report = map_policies(corpus, graph, extractor="lexicon")
        assert (asked, len(settled)) == ([], 1)
        settled.clear()
        assert len(report.revisions) == newer
    monkeypatch.undo()
    assert versions(graph) == [2, 2, 2]


def test_versions_can_be_mapped_in_one_run(tmp_path: Path) -> None:
    files = [write(tmp_path / "files", FIRST, "2024.md"), write(tmp_path / "files", SECOND, "2025.md")]
    report = map_policies(files, tmp_path / "graph.trig", extractor="lexicon", versions=True)
    assert report.revisions == ((report.mapped[1].policy, report.mapped[0].policy),)
    assert versions(tmp_path / "graph.trig") == [2]
    with KnowledgeGraph.map(files, extractor="lexicon", versions=True) as graph:
        assert graph.report is not None
        assert graph.report.revisions == report.revisions
        assert [row["source"] for row in graph.query("policies")] == ["2025.md"]


def test_versions_that_are_mapped_again_are_not_new(tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    third = SECOND.replace("1 May 2025", "1 May 2026").replace("ten years", "eleven years")
    files = [write(tmp_path, text, f"{number}.md") for number, text in enumerate((FIRST, SECOND, third))]
    assert len(map_policies(files, graph, extractor="lexicon", versions=True).revisions) == 2
    again = map_policies(files, graph, extractor="lexicon", versions=True)
    assert again.revisions == ()
    assert [each.changed for each in again.mapped] == [False, False, False]
    assert versions(graph) == [3]


def test_versions_of_a_text_that_comes_back_can_be_mapped_into_a_large_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store on disk takes over from the one in memory in the middle of it."""
    monkeypatch.setattr(outputs, "_IN_MEMORY", 3)
    texts = (FIRST, SECOND, FIRST.replace("six", "two"), FIRST)
    files = [write(tmp_path / "files", text, f"{number}.md") for number, text in enumerate(texts)]
    map_policies(files, tmp_path / "graph.trig", extractor="lexicon", versions=True)
    assert versions(tmp_path / "graph.trig") == [3]


def test_two_files_that_held_one_text_and_differ_now_are_both_current(tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    for text, other in ((FIRST, FIRST), (SECOND, SECOND.replace("ten", "two"))):
        write(tmp_path / "files", text, "a.md")
        write(tmp_path / "files", other, "b.md")
        report = map_policies(tmp_path / "files", graph, extractor="lexicon")
    with GraphStore.open(graph) as store:
        current = current_of(links_of(store), store.policies())
    assert set(current) == {each.policy for each in report.mapped}
    assert versions(graph) == [1, 2]


def test_what_was_said_to_come_after_a_policy_that_was_not_there_makes_no_circle(tmp_path: Path) -> None:
    graph, other = tmp_path / "graph", tmp_path / "other"
    map_policies(write(tmp_path / "files", FIRST), other, extractor="lexicon")
    newer = map_policies(write(tmp_path / "files", SECOND), other, extractor="lexicon").mapped[0].policy
    with GraphStore.open(other) as whole, GraphStore.open(graph, writable=True) as half:
        half.write_policy(newer, whole.quads(newer))
    map_policies(write(tmp_path / "files", FIRST), graph, extractor="lexicon")
    with GraphStore.open(graph) as store:
        assert len(current_of(links_of(store), store.policies())) == 1


def test_a_version_after_one_that_was_replaced_comes_last(tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    third = SECOND.replace("ten years", "eleven years")
    texts = {"one.md": FIRST, "two.md": SECOND, "three.md": third}
    one, two, three = (write(tmp_path / "files", text, name) for name, text in texts.items())
    oldest = map_policies([one, two], graph, extractor="lexicon", versions=True).mapped[0].policy
    assert len(map_policies(three, graph, extractor="lexicon", revision_of=oldest).revisions) == 1
    assert versions(graph) == [3]


def test_files_of_other_names_are_versions_only_when_it_is_said(tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    map_policies(write(tmp_path / "files", FIRST, "2024.md"), graph, extractor="lexicon")
    newer = write(tmp_path / "files", SECOND, "2025.md")
    assert map_policies(newer, graph, extractor="lexicon").revisions == ()
    assert len(map_policies(newer, graph, extractor="lexicon", revision_of="2024.md").revisions) == 1
    assert versions(graph) == [2]


def test_a_version_of_what_is_not_there_is_an_error(tmp_path: Path) -> None:
    graph = tmp_path / "graph"
    map_policies(write(tmp_path / "files", FIRST, "2024.md"), graph, extractor="lexicon")
    newer = write(tmp_path / "files", SECOND, "2025.md")
    with pytest.raises(GraphError, match=r"holds no policy '2023.md'"):
        map_policies(newer, graph, extractor="lexicon", revision_of="2023.md")
    assert versions(graph) == [1]


def test_a_version_of_what_was_never_mapped_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match=r"holds no policy '2023.md', nor any; map the older version"):
        map_policies(write(tmp_path / "files", SECOND), tmp_path / "graph", revision_of="2023.md")
    assert not (tmp_path / "graph").exists()
