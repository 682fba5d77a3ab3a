"""A run in this process: nothing that one source holds stops the others."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest

from privagraph.errors import GraphError, InputError
from privagraph.loaders.document import Document
from privagraph.loaders.facts import MappedPolicy, Mention, Modality, Polarity, PolicyFacts, Practice, Role
from privagraph.loaders.pipeline import MapReport
from privagraph.mapping import map_into
from privagraph.ontology.namespaces import expand

POLICY = """Privacy Policy of {name}

We collect your email address when you register, and we use it to send you our newsletter.
We do not sell your personal information to third parties. You may ask us for a copy of your data.
"""


class Finder:
    """An extractor that finds two mentions and a denial in every policy, and stumbles where it is told to."""

    name = "finder/1"

    def extract(self, document: Document) -> MappedPolicy:
        if "stumble" in document.text:
            raise ZeroDivisionError("a fault of ours")
        start = document.text.index("email address")
        data = Mention(start, start + 13, Role.DATA_CATEGORY, expand("pd:EmailAddress"))
        unknown = Mention(start, start + 5, Role.PURPOSE)
        denial = Practice(
            expand("dpv:Share"), start, start + 13, Polarity.DENIED, Modality.ASSERTED, None, None, (data,)
        )
        return MappedPolicy(document, PolicyFacts(), (data, unknown), (denial,), self.name)


class Graphs:
    """Takes policies, and says that a graph changed when it is new or other."""

    folder = None

    def __init__(self) -> None:
        self.graphs: dict[str, set[ox.Quad]] = {}

    def reviewed(self, policy: str | None, source: str) -> Iterable[tuple[str, Iterable[ox.Quad]]]:
        return ()

    def was_mapped(self, policy: str, mapping: str) -> bool:
        return False

    def commit(self) -> None:
        pass

    def write(self, policy: str, quads: Iterable[ox.Quad]) -> bool:
        new = set(quads)
        changed = self.graphs.get(policy) != new
        self.graphs[policy] = new
        return changed


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two policies and much that is none."""
    (tmp_path / "acme.txt").write_text(POLICY.format(name="Acme"))
    (tmp_path / "birch.md").write_text(POLICY.format(name="Birch"))
    (tmp_path / "copy.txt").write_text(POLICY.format(name="Acme"))
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "noise.txt").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / "stumble.txt").write_text(POLICY.format(name="stumble"))
    return tmp_path


@pytest.fixture
def graphs() -> Graphs:
    return Graphs()


def names(entries: tuple[object, ...]) -> list[str]:
    return [entry.source for entry in entries]  # type: ignore[attr-defined]  # all kinds of entries have it


def test_every_source_is_accounted_for_once(folder: Path, graphs: Graphs) -> None:
    report = map_into([folder], graphs, extractor=Finder())
    assert names(report.mapped) == ["acme.txt", "birch.md", "copy.txt"]
    assert names(report.left_out) == ["empty.txt", "noise.txt"]
    assert names(report.failed) == ["stumble.txt"]
    assert report.passed_over == ("photo.png",)


def test_a_file_that_is_left_out_has_a_named_reason_and_advice(folder: Path, graphs: Graphs) -> None:
    empty, noise = map_into([folder], graphs, extractor=Finder()).left_out
    assert (empty.code, noise.code) == ("empty", "binary")
    assert empty.reason
    assert empty.advice


def test_a_fault_of_ours_is_told_with_its_trace(folder: Path, graphs: Graphs) -> None:
    (failure,) = map_into([folder], graphs, extractor=Finder()).failed
    assert failure.error == "ZeroDivisionError: a fault of ours"
    assert "in extract" in failure.trace


def test_a_fault_of_ours_in_a_term_leaves_the_other_sources_alone(folder: Path, graphs: Graphs) -> None:
    class Slip(Finder):
        def extract(self, document: Document) -> MappedPolicy:
            if "stumble" in document.text:
                expand("no-prefix:Term")
            return super().extract(document)

    report = map_into([folder], graphs, extractor=Slip())
    assert [failure.error.partition(":")[0] for failure in report.failed] == ["UnknownTermError"]
    assert len(report.mapped) == 3


def test_counts_are_those_of_the_policies(folder: Path, graphs: Graphs) -> None:
    report = map_into([folder / "acme.txt", folder / "birch.md"], graphs, extractor=Finder())
    first = report.mapped[0]
    assert (first.mentions, first.ungrounded, first.practices, first.denied, first.changed) == (
        2,
        1,
        1,
        1,
        True,
    )
    assert (report.policies, report.mentions, report.practices) == (2, 4, 2)


def test_two_files_with_the_same_policy_are_one_policy(folder: Path, graphs: Graphs) -> None:
    report = map_into([folder], graphs, extractor=Finder())
    assert len(report.mapped) == 3
    assert report.policies == len(graphs.graphs) == 2


def test_mapping_the_same_again_changes_nothing(folder: Path, graphs: Graphs) -> None:
    map_into([folder / "birch.md"], graphs, extractor=Finder())
    (again,) = map_into([folder / "birch.md"], graphs, extractor=Finder()).mapped
    assert not again.changed


def test_words_that_name_nothing_are_left_out_and_the_others_mapped(folder: Path, graphs: Graphs) -> None:
    named = [folder / "missing.txt", folder / "acme.txt", str(folder / "*.docx")]
    report = map_into(named, graphs, extractor=Finder())
    assert names(report.mapped) == ["acme.txt"]
    assert [entry.code for entry in report.left_out] == ["unreadable", "unreadable"]
    assert report.left_out[0].source == str(folder / "missing.txt")


def test_an_address_that_is_not_allowed_is_left_out(graphs: Graphs) -> None:
    report = map_into(["http://127.0.0.1:9/privacy"], graphs, extractor=Finder())
    (entry,) = report.left_out
    assert entry.code == "address"
    assert "--allow-private-addresses" in entry.advice


def test_a_graph_that_cannot_be_written_ends_the_run(folder: Path) -> None:
    class Full(Graphs):
        def write(self, policy: str, quads: Iterable[ox.Quad]) -> bool:
            raise GraphError("graph", "the disk is full", "free some space")

    with pytest.raises(GraphError, match="disk is full"):
        map_into([folder], Full(), extractor=Finder())


def test_a_bad_base_ends_the_run_before_anything_is_read(graphs: Graphs) -> None:
    with pytest.raises(InputError, match="absolute IRI"):
        map_into(["missing"], graphs, base="nowhere", extractor=Finder())


def test_progress_is_told_before_each_source_and_at_the_end(folder: Path, graphs: Graphs) -> None:
    seen: list[tuple[int, int, str]] = []
    map_into(
        [folder / "acme.txt", folder / "empty.txt"],
        graphs,
        extractor=Finder(),
        progress=lambda done, total, name: seen.append((done, total, name)),
    )
    assert seen == [(0, 2, "acme.txt"), (1, 2, "empty.txt"), (2, 2, "")]


def test_policies_are_handed_on_one_at_a_time(folder: Path) -> None:
    """A graph is written before the next source is read, so memory does not grow with their number."""
    order: list[str] = []

    class Telling(Graphs):
        def write(self, policy: str, quads: Iterable[ox.Quad]) -> bool:
            order.append("written")
            return True

    map_into(
        [folder / "acme.txt", folder / "birch.md"],
        Telling(),
        extractor=Finder(),
        progress=lambda done, total, name: order.append(name),
    )
    assert order == ["acme.txt", "written", "birch.md", "written", ""]


def test_nothing_named_is_nothing_mapped(graphs: Graphs) -> None:
    assert map_into([], graphs, extractor=Finder()) == MapReport()
