"""A run in this process: nothing that one source holds stops the others."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox
import pytest

from privagraph.corpus import tally
from privagraph.errors import GraphError, InputError
from privagraph.loaders.document import Document
from privagraph.loaders.extraction import Extractor
from privagraph.loaders.facts import MappedPolicy
from privagraph.loaders.inputs import Source
from privagraph.loaders.pipeline import MapReport
from privagraph.mapping import map_into


class Graphs:
    """Takes policies, and says that a graph changed when it is new or other."""

    folder = None

    def __init__(self) -> None:
        self.graphs: dict[str, set[ox.Quad]] = {}

    def reviewed(self, policy: str | None, source: str) -> Iterable[tuple[str, Iterable[ox.Quad]]]:
        return ()

    def has_decisions(self) -> bool:
        return False

    def was_mapped(self, policy: str, source: str, mapping: str) -> bool:
        return False

    @property
    def is_begun(self) -> bool:
        return True

    def begin(self) -> None:
        pass

    def commit(self) -> None:
        pass

    def write(self, policy: str, source: str, nquads: bytes) -> bool:
        new = set(ox.parse(nquads, format=ox.RdfFormat.N_QUADS))
        changed = self.graphs.get(policy) != new
        self.graphs[policy] = new
        return changed


@pytest.fixture
def graphs() -> Graphs:
    return Graphs()


def names(entries: tuple[object, ...]) -> list[str]:
    return [entry.source for entry in entries]  # type: ignore[attr-defined]  # all kinds of entries have it


def test_every_source_is_accounted_for_once(folder: Path, graphs: Graphs, finder: Extractor) -> None:
    report = map_into([folder], graphs, extractor=finder)
    assert names(report.mapped) == ["acme.txt", "birch.md", "copy.txt"]
    assert names(report.left_out) == ["empty.txt", "noise.txt"]
    assert names(report.failed) == ["stumble.txt"]
    assert report.passed_over == ("photo.png",)


def test_a_file_that_is_left_out_has_a_named_reason_and_advice(
    folder: Path, graphs: Graphs, finder: Extractor
) -> None:
    empty, noise = map_into([folder], graphs, extractor=finder).left_out
    assert (empty.code, noise.code) == ("empty", "binary")
    assert empty.reason
    assert empty.advice


def test_a_fault_of_ours_is_told_with_its_trace(folder: Path, graphs: Graphs, finder: Extractor) -> None:
    (failure,) = map_into([folder], graphs, extractor=finder).failed
    assert failure.error == "ZeroDivisionError: a fault of ours"
    assert "in extract" in failure.trace


def test_counts_are_those_of_the_policies(folder: Path, graphs: Graphs, finder: Extractor) -> None:
    report = map_into([folder / "acme.txt", folder / "birch.md"], graphs, extractor=finder)
    first = report.mapped[0]
    assert (first.mentions, first.ungrounded, first.practices, first.denied, first.changed) == (
        2,
        1,
        1,
        1,
        True,
    )
    assert (report.policies, report.mentions, report.practices) == (2, 4, 2)


def test_two_files_with_the_same_policy_are_one_policy(
    folder: Path, graphs: Graphs, finder: Extractor
) -> None:
    report = map_into([folder], graphs, extractor=finder)
    assert len(report.mapped) == 3
    assert report.policies == len(graphs.graphs) == 2


def test_mapping_the_same_again_changes_nothing(folder: Path, graphs: Graphs, finder: Extractor) -> None:
    map_into([folder / "birch.md"], graphs, extractor=finder)
    (again,) = map_into([folder / "birch.md"], graphs, extractor=finder).mapped
    assert not again.changed


def test_words_that_name_nothing_are_left_out_and_the_others_mapped(
    folder: Path, graphs: Graphs, finder: Extractor
) -> None:
    named = [folder / "missing.txt", folder / "acme.txt", str(folder / "*.docx")]
    report = map_into(named, graphs, extractor=finder)
    assert names(report.mapped) == ["acme.txt"]
    assert [entry.code for entry in report.left_out] == ["unreadable", "unreadable"]
    assert report.left_out[0].source == str(folder / "missing.txt")


def test_an_address_that_is_not_allowed_is_left_out(graphs: Graphs, finder: Extractor) -> None:
    report = map_into(["http://127.0.0.1:9/privacy"], graphs, extractor=finder)
    (entry,) = report.left_out
    assert entry.code == "address"
    assert "--allow-private-addresses" in entry.advice


def test_a_graph_that_cannot_be_written_ends_the_run(folder: Path, finder: Extractor) -> None:
    class Full(Graphs):
        def write(self, policy: str, source: str, nquads: bytes) -> bool:
            raise GraphError("graph", "the disk is full", "free some space")

    with pytest.raises(GraphError, match="disk is full"):
        map_into([folder], Full(), extractor=finder)


class Decided(Graphs):
    """A graph with decisions that only the policy's IRI leads to; a policy is read again when they are found."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        super().__init__()
        self.meanwhile = meanwhile

    def has_decisions(self) -> bool:
        return True

    def reviewed(self, policy: str | None, source: str) -> Iterable[tuple[str, Iterable[ox.Quad]]]:
        if policy is None:
            return ()
        self.meanwhile()
        return [(policy, ())]


def test_a_policy_that_is_gone_when_decisions_are_found_is_left_out(folder: Path, finder: Extractor) -> None:
    graphs = Decided((folder / "acme.txt").unlink)
    report = map_into([folder / "acme.txt"], graphs, extractor=finder)
    assert [(each.source, each.code) for each in report.left_out] == [("acme.txt", "unreadable")]
    assert (report.mapped, graphs.graphs) == ((), {})


def test_reading_again_for_decisions_has_its_limits(
    folder: Path, finder: Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def take_long(_document: Document) -> MappedPolicy:
        signal.raise_signal(signal.SIGALRM)
        raise AssertionError

    graphs = Decided(lambda: monkeypatch.setattr(finder, "extract", take_long))
    (late,) = map_into([folder / "acme.txt"], graphs, extractor=finder, time_limit=1000).left_out
    assert (late.source, late.code) == ("acme.txt", "time")


def test_a_bad_base_ends_the_run_before_anything_is_read(graphs: Graphs, finder: Extractor) -> None:
    with pytest.raises(InputError, match="absolute IRI"):
        map_into(["missing"], graphs, base="nowhere", extractor=finder)


def test_progress_is_told_before_each_source_and_at_the_end(
    folder: Path, graphs: Graphs, finder: Extractor
) -> None:
    seen: list[tuple[int, int, str]] = []
    map_into(
        [folder / "acme.txt", folder / "empty.txt"],
        graphs,
        extractor=finder,
        progress=lambda done, total, name: seen.append((done, total, name)),
    )
    assert seen == [(0, 2, "acme.txt"), (1, 2, "empty.txt"), (2, 2, "")]


def test_policies_are_handed_on_one_at_a_time(folder: Path, finder: Extractor) -> None:
    """A graph is written before the next source is read, so memory does not grow with their number."""
    order: list[str] = []

    class Telling(Graphs):
        def write(self, policy: str, source: str, nquads: bytes) -> bool:
            order.append("written")
            return True

    map_into(
        [folder / "acme.txt", folder / "birch.md"],
        Telling(),
        extractor=finder,
        progress=lambda done, total, name: order.append(name),
    )
    assert order == ["acme.txt", "written", "birch.md", "written", ""]


def test_nothing_named_is_nothing_mapped(graphs: Graphs, finder: Extractor) -> None:
    assert map_into([], graphs, extractor=finder) == MapReport()


def test_a_document_that_takes_too_much_memory_is_left_out(
    folder: Path, graphs: Graphs, finder: Extractor
) -> None:
    (folder / "acme.txt").write_text((folder / "acme.txt").read_text().replace("Acme", "gobble"))
    report = map_into([folder / "acme.txt", folder / "birch.md"], graphs, extractor=finder)
    assert [(each.source, each.code) for each in report.left_out] == [("acme.txt", "memory")]
    assert names(report.mapped) == ["birch.md"]


def test_a_document_that_takes_too_long_is_left_out(folder: Path, graphs: Graphs) -> None:
    class Dreamer:
        name = "dreamer/1"

        def extract(self, document: Document) -> MappedPolicy:
            while True:
                with suppress(Exception):  # as libraries do that forgive every error
                    time.sleep(10)

    (late,) = map_into([folder / "acme.txt"], graphs, extractor=Dreamer(), time_limit=0.2).left_out
    assert (late.source, late.code) == ("acme.txt", "time")
    assert "stopped after 0.2 seconds" in late.reason


def test_a_report_holds_the_first_accounts_and_the_totals_of_all(
    tmp_path: Path,
    graphs: Graphs,
    finder: Extractor,
    policy: Callable[[str], str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tally, "LISTED", 3)
    named = [Source(f"{number}.txt", content=policy(str(number)).encode()) for number in range(5)]
    named += [Source(f"{number}.pdf", content=b"%PDF-") for number in range(5, 9)]
    report = map_into(named, graphs, extractor=finder)
    assert names(report.mapped) == ["0.txt", "1.txt", "2.txt"]
    assert names(report.left_out) == ["5.pdf", "6.pdf", "7.pdf"]
    assert (report.totals.mapped, report.totals.left_out, report.policies, report.mentions) == (5, 4, 5, 10)


def test_other_processes_take_an_extractor_by_its_name_only(graphs: Graphs, finder: Extractor) -> None:
    with pytest.raises(InputError, match="2 jobs: other processes make their extractor by its name"):
        map_into([], graphs, extractor=finder, jobs=2)
