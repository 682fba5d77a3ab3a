"""``privagraph map``: what it writes, what it says, how it ends."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from privagraph.cli import cli
from privagraph.loaders.tagging.extractor import HybridExtractor
from privagraph.queries.store import GraphStore

POLICY = """Privacy Policy of {name}

We collect your email address when you register, and we use it to send you our newsletter.
We do not sell your personal information to third parties. You may ask us for a copy of your data.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two policies, an empty file and random bytes."""
    place = tmp_path / "policies"
    place.mkdir()
    (place / "acme.txt").write_text(POLICY.format(name="Acme"))
    (place / "birch.md").write_text("# " + POLICY.format(name="Birch"))
    (place / "empty.txt").write_text("")
    (place / "noise.txt").write_bytes(random.Random(3).randbytes(5000))
    return place


def run(*arguments: str | Path, text: str | None = None) -> Result:
    return CliRunner().invoke(cli, ["map", *map(str, arguments)], input=text)


def policies(graph: Path) -> list[str]:
    with GraphStore.open(graph) as store:
        return store.policies()


@pytest.mark.parametrize("name", ["graph", "graph.trig", "graph.nq", "graph.ttl", "graph.jsonld"])
def test_a_file_becomes_a_graph(name: str, folder: Path, tmp_path: Path) -> None:
    result = run(folder / "acme.txt", "--output", tmp_path / name)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert len(policies(tmp_path / name)) == 1


def test_a_folder_is_mapped_and_what_was_left_out_is_told(folder: Path, tmp_path: Path) -> None:
    result = run(folder, "--output", tmp_path / "graph")
    assert result.exit_code == 0
    lines = result.stderr.splitlines()
    assert lines[0].startswith("mapped 2 policies from 2 sources: ")
    assert "mentions" in lines[0]
    assert "denied" in lines[0]
    start = lines.index("left out 2 sources:")
    assert lines[start + 1].startswith("  empty.txt: ")
    assert "[empty]; " in lines[start + 1]
    assert lines[start + 2].startswith("  noise.txt: ")
    assert lines[-1] == f"graph: {tmp_path / 'graph'}"
    assert len(policies(tmp_path / "graph")) == 2


def test_strict_calls_it_a_finding_when_something_was_left_out(folder: Path, tmp_path: Path) -> None:
    assert run(folder, "--output", tmp_path / "graph", "--strict").exit_code == 1
    assert len(policies(tmp_path / "graph")) == 2
    assert run(folder / "acme.txt", "--output", tmp_path / "graph", "--strict").exit_code == 0


def test_when_nothing_can_be_mapped_nothing_is_written(folder: Path, tmp_path: Path) -> None:
    result = run(folder / "noise.txt", folder / "missing.txt", "--output", tmp_path / "graph")
    assert result.exit_code == 2
    assert "nothing could be mapped" in result.stderr
    assert "missing.txt: no such file" in result.stderr
    assert not (tmp_path / "graph").exists()


def test_an_older_graph_stays_when_nothing_can_be_mapped(folder: Path, tmp_path: Path) -> None:
    run(folder / "acme.txt", "--output", tmp_path / "graph.nq")
    before = (tmp_path / "graph.nq").read_bytes()
    assert run(folder / "empty.txt", "--output", tmp_path / "graph.nq").exit_code == 2
    assert (tmp_path / "graph.nq").read_bytes() == before


@pytest.mark.parametrize("name", ["graph", "graph.trig", "graph.nq", "graph.ttl", "graph.jsonld"])
def test_mapping_twice_gives_the_same(name: str, folder: Path, tmp_path: Path) -> None:
    graph = tmp_path / name
    run(folder, "--output", graph)
    with GraphStore.open(graph) as store:
        first, size = [str(quad) for quad in store.quads()], len(store)
    content = graph.read_bytes() if graph.is_file() else b""
    result = run(folder, "--output", graph)
    assert result.exit_code == 0
    with GraphStore.open(graph) as store:
        assert [str(quad) for quad in store.quads()] == first
        assert len(store) == size
    assert not graph.is_file() or graph.read_bytes() == content
    assert ("already there and unchanged: 2" in result.stderr) == graph.is_dir()


def test_a_store_is_added_to(folder: Path, tmp_path: Path) -> None:
    run(folder / "acme.txt", "--output", tmp_path / "graph")
    run(folder / "birch.md", "--output", tmp_path / "graph")
    assert len(policies(tmp_path / "graph")) == 2


def test_a_graph_in_the_folder_that_is_mapped_is_no_source(folder: Path) -> None:
    for _ in range(2):
        result = run(folder, "--output", folder / "graph")
        assert result.exit_code == 0
        assert "passed over" not in result.stderr


def test_standard_input_is_a_source(tmp_path: Path) -> None:
    result = run("-", "--output", tmp_path / "graph", text=POLICY.format(name="Piped"))
    assert result.exit_code == 0
    assert len(policies(tmp_path / "graph")) == 1


def test_a_base_names_everything(folder: Path, tmp_path: Path) -> None:
    result = run(folder / "acme.txt", "--output", tmp_path / "graph", "--base", "https://x.example/p")
    assert result.exit_code == 0
    assert policies(tmp_path / "graph")[0].startswith("https://x.example/p/policy/")


def test_a_folder_of_other_things_is_not_written_to(folder: Path) -> None:
    result = run(folder / "acme.txt", "--output", folder)
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert "a folder with other files, not a graph; name a new folder" in line
    assert sorted(path.name for path in folder.iterdir()) == [
        "acme.txt",
        "birch.md",
        "empty.txt",
        "noise.txt",
    ]


@pytest.mark.parametrize("base", ["nowhere", "", "https://a b/"])
def test_a_bad_base_is_bad_input(base: str, folder: Path, tmp_path: Path) -> None:
    result = run(folder / "acme.txt", "--output", tmp_path / "graph", "--base", base)
    assert result.exit_code == 2
    assert "not an absolute IRI" in result.stderr


def test_a_fault_of_ours_is_told_and_the_others_are_mapped(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = HybridExtractor.extract

    def stumble(self: HybridExtractor, document):  # type: ignore[no-untyped-def]  # as the original
        if document.source == "acme.txt":
            raise ZeroDivisionError("surprise")
        return whole(self, document)

    monkeypatch.setattr(HybridExtractor, "extract", stumble)
    result = run(folder, "--output", tmp_path / "graph")
    assert result.exit_code == 3
    assert "failed on 1 source" in result.stderr
    assert "  acme.txt: ZeroDivisionError: surprise" in result.stderr
    assert "Traceback" not in result.stderr
    assert len(policies(tmp_path / "graph")) == 1
    monkeypatch.setenv("PRIVAGRAPH_TRACEBACK", "1")
    assert "Traceback" in run(folder, "--output", tmp_path / "graph").stderr


def test_quiet_says_only_what_went_wrong(folder: Path, tmp_path: Path) -> None:
    assert run(folder / "acme.txt", "--output", tmp_path / "graph", "--quiet").stderr == ""
    assert "left out 2 sources" in run(folder, "--output", tmp_path / "graph", "--quiet").stderr


def test_there_is_no_progress_where_there_is_no_terminal(folder: Path, tmp_path: Path) -> None:
    assert "\r" not in run(folder, "--output", tmp_path / "graph").stderr


def test_an_interrupted_run_keeps_what_is_done(tmp_path: Path) -> None:
    place = tmp_path / "policies"
    place.mkdir()
    for number in range(3000):
        (place / f"{number:04}.txt").write_text(POLICY.format(name=f"Company {number}"))
    graph = tmp_path / "graph"
    with subprocess.Popen(
        [
            sys.executable,
            "-m",
            "privagraph",
            "map",
            str(place),
            "--output",
            str(graph),
            *"--extractor lexicon".split(),
        ],
        stderr=subprocess.PIPE,
        text=True,
        # A shell that runs the tests in the background has its children ignore the signal.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509  # no threads here
    ) as program:
        assert program.stderr is not None
        deadline = time.monotonic() + 200
        while not (graph / "manifest.sqlite").exists() and time.monotonic() < deadline:
            time.sleep(0.02)
        program.send_signal(signal.SIGINT)
        said = program.stderr.read()
        assert program.wait(30) == 130, said
    assert f"what was mapped so far is in {graph}; the same command goes on from there" in said
    assert "Traceback" not in said
    assert 1 <= len(policies(graph)) < 3000


def test_two_files_with_the_same_policy_are_both_in_the_answer(folder: Path, tmp_path: Path) -> None:
    (folder / "copy.txt").write_bytes((folder / "acme.txt").read_bytes())
    run(folder / "acme.txt", folder / "copy.txt", "--output", tmp_path / "graph")
    assert len(policies(tmp_path / "graph")) == 1
    result = CliRunner().invoke(
        cli, ["query", "mentions", "--graph", str(tmp_path / "graph"), "--format", "csv"]
    )
    assert result.exit_code == 0
    sources = [line.split(",")[0] for line in result.stdout.splitlines()[1:]]
    assert sources.count("acme.txt") == sources.count("copy.txt") > 0


def test_graphs_go_into_shards_with_a_store_or_without(folder: Path, tmp_path: Path) -> None:
    parts = tmp_path / "parts"
    result = run(folder, "--shards", parts)
    assert result.exit_code == 0
    assert result.stderr.splitlines()[-1] == f"graph: {parts}"
    assert sorted(each.name for each in parts.iterdir()) == [
        "errors.jsonl",
        "manifest.sqlite",
        "part-00000.nq.zst",
        "privagraph.lock",
    ]
    result = run(folder, "--shards", parts, "--output", tmp_path / "graph")
    assert f"graph: {tmp_path / 'graph'}" in result.stderr
    assert len(policies(tmp_path / "graph")) == 2


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "Say where the graph goes: --output OUT, or --shards PLACE, or both."),
        (["--shards", "parts", "--versions"], "--shards hold no versions of policies"),
        (["--output", "graph", "--jobs", "0"], "0 is not in the range x>=1"),
        (["--output", "graph", "--time-limit", "0"], "0.0 is not in the range x>0"),
    ],
)
def test_options_that_do_not_go_together_are_refused(options: list[str], said: str, folder: Path) -> None:
    result = run(folder, *options)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


def test_of_many_troubles_the_first_are_shown_and_the_file_with_all(tmp_path: Path) -> None:
    place, graph = tmp_path / "policies", tmp_path / "graph"
    place.mkdir()
    (place / "acme.txt").write_text(POLICY.format(name="Acme"))
    for number in range(30):
        (place / f"{number:02}.txt").write_text("")
    lines = run(place, "--output", graph, "--jobs", "1").stderr.splitlines()
    start = lines.index("left out 30 sources:")
    assert lines[start + 20].startswith("  19.txt: ")
    assert lines[start + 21] == f"  and 10 more, all in {graph / 'errors.jsonl'}"
    assert len((graph / "errors.jsonl").read_text().splitlines()) == 30
    lines = run(place, "--output", tmp_path / "graph.nq", "--jobs", "1").stderr.splitlines()
    assert "  and 10 more" in lines


def test_what_an_earlier_run_has_mapped_is_not_mapped_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(folder, "--output", tmp_path / "graph")
    monkeypatch.setattr(HybridExtractor, "extract", lambda *_: 1 / 0)
    result = run(folder, "--output", tmp_path / "graph")
    assert result.exit_code == 0
    assert "already there and unchanged: 2" in result.stderr
    assert run(folder, "--output", tmp_path / "graph", "--again").exit_code == 3


def test_what_the_tagger_read_is_kept_unless_it_should_not_be(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(folder, "--output", tmp_path / "graph", "--cache", tmp_path / "read", "--cache-size", "0.01")
    assert (tmp_path / "read" / "passages.sqlite").is_file()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    run(folder, "--output", tmp_path / "other", "--no-cache")
    assert not (tmp_path / "home").exists()
    with GraphStore.open(tmp_path / "graph") as one, GraphStore.open(tmp_path / "other") as two:
        assert set(one.quads()) == set(two.quads())
