"""Runs that go on where another one stopped: nothing is done twice, nothing is lost, nothing is believed unseen."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import pyoxigraph as ox
import pytest

from privagraph.corpus.manifest import Manifest
from privagraph.corpus.shards import Shards
from privagraph.errors import GraphError
from privagraph.loaders.pipeline import MapReport
from privagraph.mapping import map_policies
from privagraph.queries.copies import copy_store
from privagraph.queries.outputs import GraphOutput
from privagraph.queries.store import GraphStore


class Counting(Protocol):
    """An extractor that says what it was given."""

    name: str
    seen: list[str]


Policy = Callable[[str], str]


def run(
    folder: Path | str, output: Path | None, finder: Counting, **options: Any
) -> tuple[MapReport, list[str]]:
    """Map a folder; the report, and what the extractor was given."""
    finder.seen.clear()
    report = map_policies(folder, output, extractor=finder, **options)  # type: ignore[arg-type]  # it is an extractor
    return report, [*finder.seen]


def quads(graph: Path) -> set[ox.Quad]:
    with GraphStore.open(graph) as store:
        return set(store.unsorted_quads())


def test_what_has_not_changed_is_not_mapped_again(folder: Path, tmp_path: Path, finder: Counting) -> None:
    first, seen = run(folder, tmp_path / "graph", finder)
    assert seen == ["acme.txt", "birch.md", "copy.txt", "stumble.txt"]
    before = quads(tmp_path / "graph")
    second, seen = run(folder, tmp_path / "graph", finder)
    assert seen == ["stumble.txt"]  # a fault of ours may have been mended
    assert quads(tmp_path / "graph") == before
    assert (second.totals.kept, second.totals.same, second.totals.policies) == (3, 3, 2)
    assert second.left_out == first.left_out
    assert [(each.source, each.policy, each.mentions, each.notes) for each in second.mapped] == [
        (each.source, each.policy, each.mentions, each.notes) for each in first.mapped
    ]


ALL = ["acme.txt", "birch.md", "copy.txt", "stumble.txt"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("a file", ["birch.md", "stumble.txt"]),
        ("a new file", ["new.txt", "stumble.txt"]),
        ("an option", ALL),
        ("the extractor", ALL),
        ("nothing, but asked to", ALL),
    ],
)
def test_what_has_changed_is_mapped_again(
    change: str, expected: list[str], folder: Path, tmp_path: Path, finder: Counting, policy: Policy
) -> None:
    parts, options = tmp_path / "parts", dict[str, Any]()
    run(folder, None, finder, shards=parts)
    if change == "a file":
        (folder / "birch.md").write_text(policy("Beech"))
    elif change == "a new file":
        (folder / "new.txt").write_text(policy("New"))
    elif change == "an option":
        options["min_confidence"] = 0.1
    elif change == "the extractor":
        finder.name = "finder/2"
    else:
        options["again"] = True
    report, seen = run(folder, None, finder, shards=parts, **options)
    assert seen == expected
    assert report.totals.policies == (3 if change == "a new file" else 2)
    assert report.totals.same == report.totals.kept == (3 if len(expected) == 2 else 0) - (change == "a file")


def test_what_a_store_has_lost_is_mapped_again(folder: Path, tmp_path: Path, finder: Counting) -> None:
    graph = tmp_path / "graph"
    report, _ = run(folder, graph, finder)
    before = quads(graph)
    with GraphStore.open(graph, writable=True) as store:
        store.replace_policies({report.mapped[0].policy: []})
    report, seen = run(folder, graph, finder)
    assert (seen, report.totals.kept) == (["acme.txt", "copy.txt", "stumble.txt"], 1)
    assert quads(graph) == before
    (graph / "manifest.sqlite").unlink()
    assert run(folder, graph, finder)[1] == ALL
    assert quads(graph) == before
    shutil.rmtree(graph)
    assert run(folder, graph, finder)[1] == ALL
    assert quads(graph) == before


def test_a_file_that_could_not_be_opened_is_tried_again(
    folder: Path, tmp_path: Path, finder: Counting
) -> None:
    late = folder / "late.txt"
    late.symlink_to(folder.parent / "not-there-yet.txt")
    named = [folder / "acme.txt", late]
    assert map_policies(named, tmp_path / "graph", extractor=finder).totals.left_out == 1  # type: ignore[arg-type]
    (folder.parent / "not-there-yet.txt").write_text((folder / "birch.md").read_text())
    assert map_policies(named, tmp_path / "graph", extractor=finder).totals.mapped == 2  # type: ignore[arg-type]


@pytest.mark.parametrize("place", ["store", "shards"])
def test_the_error_log_has_a_line_for_each_trouble(
    place: str, folder: Path, tmp_path: Path, finder: Counting, policy: Policy
) -> None:
    out = tmp_path / "out"
    options: dict[str, Any] = {"shards": out} if place == "shards" else {}
    output = None if place == "shards" else out
    for _ in range(2):
        report, _ = run(folder, output, finder, **options)
        assert report.errors == str(out / "errors.jsonl")
        lines = [json.loads(line) for line in (out / "errors.jsonl").read_text().splitlines()]
        assert [(each["source"], each["code"]) for each in lines] == [
            ("empty.txt", "empty"),
            ("noise.txt", "binary"),
            ("stumble.txt", "failed"),
        ]
        assert all(each["reason"] and each["advice"] for each in lines)
        assert "in extract" in lines[2]["trace"]
    for name in ("empty.txt", "noise.txt", "stumble.txt"):
        (folder / name).write_text(policy(name[:2]))
    assert run(folder, output, finder, **options)[0].errors is None
    assert not (out / "errors.jsonl").exists()


@pytest.mark.parametrize("again", [False, True])
def test_a_trouble_that_was_mended_leaves_the_log_and_no_other_does(
    again: bool, tmp_path: Path, finder: Counting, policy: Policy
) -> None:
    folder, parts = tmp_path / "policies", tmp_path / "parts"
    folder.mkdir()
    line = json.dumps({"id": "acme", "text": policy("Acme")})

    def mapped(named: Path) -> list[str]:
        run(named, None, finder, shards=parts, again=again)
        log = parts / "errors.jsonl"
        return [json.loads(each)["source"] for each in log.read_text().splitlines()] if log.exists() else []

    for name in ("a.jsonl", "b.jsonl", "b.jsonl.old.jsonl"):
        (folder / name).write_text(f"{line}\nbroken\n")
    (folder / "empty.txt").write_text("")
    assert mapped(folder) == ["a.jsonl:2", "b.jsonl:2", "b.jsonl.old.jsonl:2", "empty.txt"]
    (folder / "b.jsonl").write_text(f"{line}\n{line.replace('acme', 'birch')}\n")
    assert mapped(folder / "b.jsonl") == ["a.jsonl:2", "b.jsonl.old.jsonl:2", "empty.txt"]
    (folder / "a.jsonl").write_text(f"{line}\n")
    (folder / "empty.txt").unlink()
    (folder / "b.jsonl.gz").write_bytes(
        b"no gzip"
    )  # so the folder was not gone through, but the other files were
    assert mapped(folder) == ["empty.txt", "b.jsonl.gz:1", "b.jsonl.old.jsonl:2"]
    (folder / "b.jsonl.gz").unlink()
    (folder / "b.jsonl.old.jsonl").unlink()
    assert mapped(folder) == []
    assert run(folder, None, finder, shards=parts, again=again)[0].totals.mapped == 3


def test_whoever_is_stopped_between_graph_and_manifest_has_lost_nothing(
    folder: Path, tmp_path: Path, finder: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(folder, tmp_path / "undisturbed", finder)
    with monkeypatch.context() as patched:

        def stop(self: Manifest, entries: object) -> None:
            raise KeyboardInterrupt

        patched.setattr(Manifest, "note", stop)
        with pytest.raises(KeyboardInterrupt):
            run(folder, tmp_path / "graph", finder)
    report, seen = run(folder, tmp_path / "graph", finder)
    assert seen == ["acme.txt", "birch.md", "copy.txt", "stumble.txt"]
    assert report.totals.same == 3
    assert quads(tmp_path / "graph") == quads(tmp_path / "undisturbed")


def test_the_manifest_never_says_more_than_a_full_disk_holds(
    folder: Path, tmp_path: Path, finder: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph, commits = tmp_path / "graph", list[GraphOutput]()
    with monkeypatch.context() as patched:

        def fail(self: GraphOutput) -> None:
            commits.append(self)
            if len(commits) == 1:  # what was to be written is gone then, as it is from a store
                raise GraphError("graph", "the disk is full", "free some space")

        patched.setattr(GraphOutput, "commit", fail)
        with pytest.raises(GraphError, match="the disk is full"):
            run(folder, graph, finder)
    with Manifest(graph / "manifest.sqlite") as manifest:
        assert manifest.known(os.path.realpath(folder / "acme.txt")) is None
    assert run(folder, graph, finder)[1] == ALL


def test_two_runs_into_one_place_do_not_mix(folder: Path, tmp_path: Path, finder: Counting) -> None:
    graph, parts = tmp_path / "graph", tmp_path / "parts"
    run(folder, graph, finder, shards=parts)
    busy = "in use by another program; wait"
    with GraphStore.open(graph, writable=True), pytest.raises(GraphError, match=busy):
        run(folder, graph, finder)
    with Shards(parts), pytest.raises(GraphError, match=busy):
        run(folder, None, finder, shards=parts)


def test_a_manifest_that_is_damaged_or_of_another_release_is_said(
    folder: Path, tmp_path: Path, finder: Counting
) -> None:
    run(folder, tmp_path / "graph", finder)
    file = tmp_path / "graph" / "manifest.sqlite"
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(GraphError, match="written by another release"):
        run(folder, tmp_path / "graph", finder)
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA user_version = 2")
        connection.execute("UPDATE source SET account = '{\"mentions\": 1}'")
    connection.close()
    with pytest.raises(GraphError, match=r"what it says of .*acme\.txt makes no sense.*; delete this file"):
        run(folder, tmp_path / "graph", finder)
    file.write_bytes(b"no database at all, but long enough to be looked at" * 50)
    with pytest.raises(GraphError, match=r"is damaged .*; delete this file, and everything is mapped anew"):
        run(folder, tmp_path / "graph", finder)


def test_files_of_one_name_are_several_sources_and_each_is_mapped_once(
    tmp_path: Path, finder: Counting, policy: Policy
) -> None:
    parts, graph = tmp_path / "parts", tmp_path / "graph"
    first, second = tmp_path / "2022" / "c.jsonl", tmp_path / "2023" / "c.jsonl"
    for place, company in ((first, "Acme"), (second, "Birch")):
        place.parent.mkdir()
        line = json.dumps({"id": "p0", "text": policy(company)})
        place.write_text(f"{line}\nbroken\n")

    def mapped(*named: Path) -> tuple[MapReport, list[str], list[str]]:
        finder.seen.clear()
        report = map_policies(named, graph, extractor=finder, shards=parts)  # type: ignore[arg-type]  # as above
        with Shards(parts) as shards:
            return report, [*finder.seen], [key for key, _ in shards.manifest.pieces()]

    assert mapped(first)[1] == ["c.jsonl#p0"]
    _, seen, keys = mapped(second)
    assert seen == ["c.jsonl#p0"]
    assert keys == [f"{os.path.realpath(each)}#p0" for each in (first, second)]
    before = quads(graph)
    report, seen, again = mapped(first, second)  # under other names now
    assert (seen, again, report.totals.kept, report.totals.left_out) == ([], keys, 2, 2)
    assert quads(graph) == before
    assert len((parts / "errors.jsonl").read_text().splitlines()) == 2
    first.write_text(json.dumps({"id": "p0", "text": policy("Cedar")}))
    assert mapped(first)[1:] == (["c.jsonl#p0"], [keys[1], keys[0]])


def test_another_policy_from_standard_input_is_another_source(
    tmp_path: Path, finder: Counting, policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = tmp_path / "parts"
    for company, asked in (("Acme", 1), ("Birch", 1), ("Acme", 0)):
        given = io.TextIOWrapper(io.BytesIO(policy(company).encode()))
        monkeypatch.setattr(sys, "stdin", given)
        _, seen = run("-", None, finder, shards=parts)
        assert len(seen) == asked
    with Shards(parts) as shards:
        assert len(list(shards.manifest.pieces())) == 2


def test_a_copy_of_a_store_has_no_manifest(folder: Path, tmp_path: Path, finder: Counting) -> None:
    run(folder, tmp_path / "graph", finder)
    copy_store(tmp_path / "graph", tmp_path / "copy")
    assert not [
        each.name for each in (tmp_path / "copy").iterdir() if each.name.startswith(("manifest", "errors"))
    ]
    assert run(folder, tmp_path / "copy", finder)[0].totals.same == 3


def test_a_store_that_was_not_made_to_its_end_is_made_again(
    folder: Path, tmp_path: Path, finder: Counting
) -> None:
    run(folder, tmp_path / "graph", finder)
    before = quads(tmp_path / "graph")
    broken = tmp_path / "broken"
    broken.mkdir()
    for name in ("LOCK", "LOG", "IDENTITY", "000001.dbtmp", "privagraph.lock", "bulk-123.sst"):
        (broken / name).write_bytes(b"")
    run(folder, broken, finder)
    assert quads(broken) == before
    assert not (broken / "bulk-123.sst").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="kills as Unix does")
def test_a_run_that_is_killed_leaves_no_process_and_goes_on(tmp_path: Path, policy: Policy) -> None:
    folder, graph = tmp_path / "policies", tmp_path / "graph"
    folder.mkdir()
    for number in range(30):
        (folder / f"{number:02}.txt").write_text(policy(f"Company {number}") * 3)
    command = [sys.executable, "-m", "privagraph", "map", folder, "-o", graph, "--extractor", "lexicon"]
    with (tmp_path / "said.txt").open("w") as said:
        program = subprocess.Popen([*command, "--jobs", "2"], stderr=said, start_new_session=True)
    deadline = time.monotonic() + 200
    while not (graph / "CURRENT").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert program.poll() in (None, 0), (tmp_path / "said.txt").read_text()  # it may be quick
    program.send_signal(signal.SIGKILL)
    program.wait(60)
    while (left := _processes_of(program.pid)) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert left == []
    map_policies(folder, graph, extractor="lexicon")
    map_policies(folder, tmp_path / "undisturbed", extractor="lexicon")
    assert quads(graph) == quads(tmp_path / "undisturbed")


def _processes_of(session: int) -> list[int]:
    """The processes of a session that are not over."""
    found = []
    for each in Path("/proc").iterdir():
        if each.name.isdigit():
            try:
                state, _, _, belongs = (each / "stat").read_text().rpartition(")")[2].split()[:4]
            except OSError:
                continue
            if int(belongs) == session and state != "Z" and int(each.name) != os.getpid():
                found.append(int(each.name))
    return found
