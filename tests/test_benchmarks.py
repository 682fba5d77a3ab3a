"""The benchmarks run, on tiny input: what they measure there is worth nothing, and how they compare is tested."""

from __future__ import annotations

import importlib
import json
import re
import subprocess
import sys
from collections import Counter
from contextlib import nullcontext
from pathlib import Path
from types import ModuleType

import pytest

from privagraph.mapping import map_policies

# rdflib warns of its own datasets; newer Pythons warn of forks beside threads, which only the peers' processes are
pytestmark = [
    pytest.mark.filterwarnings(f"ignore:.*{word}:DeprecationWarning") for word in ("Dataset", "fork")
]

FOLDER = Path(__file__).resolve().parent.parent / "benchmarks"
POLICY = (
    "# Privacy Policy\n\n## What we collect\n\nWe collect your email address to send you our newsletter.\n\n"
    "## Sharing\n\nWe do not sell your personal information. We share your name with Borwen Hosting Ltd.\n"
)


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is no package: its modules import each other as scripts do."""
    monkeypatch.syspath_prepend(FOLDER)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("benchmarks")
    (folder / "policy.md").write_text(POLICY, encoding="utf-8")
    map_policies(folder / "policy.md", folder / "graph", extractor="lexicon")
    return folder / "graph"


def printed(
    module: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str
) -> str:
    """What a benchmark prints."""
    monkeypatch.setattr(sys, "argv", [str(module.__file__), *words])
    module.main()
    return capsys.readouterr().out


def test_a_question_is_compared_with_rdflib(
    graph: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = importlib.import_module("questions")
    words = [str(graph), "--runs", "1", "--question", "controllers", "--question", "evidence-of", "--json"]
    told = json.loads(printed(questions, monkeypatch, capsys, *words))
    assert {row["what"] for row in told["rows"]} == {"controllers", "evidence-of", "median of the questions"}
    assert all(row["peer"] > 0 and row["ours"] > 0 and not row["at_least"] for row in told["rows"])


def test_loading_is_compared_with_rdflib(
    graph: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    loading = importlib.import_module("loading")
    said = printed(loading, monkeypatch, capsys, str(graph), "--runs", "1")
    assert re.search(r"a file into memory +[\d.]+ s +[\d.]+ s +[\d.]+ +10", said), said


def test_validation_finds_what_pyshacl_finds(
    graph: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    validation = importlib.import_module("validation")
    words = [str(graph), "--runs", "1", "--profile", "structure", "--json"]
    told = json.loads(printed(validation, monkeypatch, capsys, *words))
    assert told["rows"][0]["what"] == "1 policies, one process"
    assert not told["rows"][0]["at_least"]


def test_rows_say_whether_a_goal_is_reached(capsys: pytest.CaptureFixture[str]) -> None:
    common = importlib.import_module("common")
    rows = [
        common.Row("fast", 1, 20, goal=10),
        common.Row("slow", 1, 2, goal=10),
        common.Row("rate", 4, 2, better="more", goal=1),
        common.Row("memory", 2000, unit="MB", most=1500),
        common.Row("alone", 3),
    ]
    assert [row.reached for row in rows] == [True, False, True, False, None]
    assert [row.ratio for row in rows] == [20, 2, 2, None, None]
    common.report("of nothing", rows, as_json=False)
    assert capsys.readouterr().out.endswith("below the goal: slow; memory\n")


def test_a_folder_with_no_more_than_a_readme_has_no_policy(tmp_path: Path) -> None:
    common = importlib.import_module("common")
    (tmp_path / "README.md").write_text("about this folder")
    with pytest.raises(SystemExit, match="no policy; name a folder"):
        common.policies_in(tmp_path)
    (tmp_path / "shop.md").write_text(POLICY)
    assert common.policies_in(tmp_path) == [tmp_path / "shop.md"]


@pytest.mark.parametrize("share", [0.0, 0.5])
def test_a_grown_corpus_recurs_as_was_asked(share: float, tmp_path: Path) -> None:
    growing = importlib.import_module("growing")
    (tmp_path / "one.md").write_text(POLICY, encoding="utf-8")
    (tmp_path / "two.md").write_text(POLICY.replace("email address", "phone number"), encoding="utf-8")
    made = list(growing.grow(tmp_path, 40, share=share, size=2000))
    assert made == list(growing.grow(tmp_path, 40, share=share, size=2000))
    assert len({each.page for each in made}) == 40
    passages = [
        re.findall(r"<(?:p|li)>(.*?)</", each.page)[1:] for each in made
    ]  # the first one names the company
    used = Counter(passage for policy in passages for passage in policy)
    for policy in passages:
        recurring = sum(used[passage] > 1 for passage in policy)
        assert abs(recurring / len(policy) - share) < 0.1


def test_a_corpus_is_written_as_json_lines(tmp_path: Path) -> None:
    growing = importlib.import_module("growing")
    growing.write(growing.grow(FOLDER.parent / "examples", 2, size=500), tmp_path / "corpus.jsonl")
    lines = (tmp_path / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["policy-000000", "policy-000001"]


def test_where_spacy_is_not_there_it_says_how_to_get_it(tmp_path: Path) -> None:
    command = [sys.executable, str(FOLDER / "spacy_parse.py"), str(tmp_path), "no_such_model", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == importlib.import_module("common").CANNOT_RUN
    assert "python -m spacy download no_such_model" in done.stderr


@pytest.mark.parametrize(
    ("ending", "said", "code"),
    [
        ("common.cannot_run('spaCy is not there')", "mapping: left out: spaCy is not there", 0),
        (
            "sys.exit('controllers: 3 rows, and 4 others from rdflib')",
            "mapping: failed: controllers: 3 rows",
            1,
        ),
        ("raise ZeroDivisionError", "mapping: failed: Traceback", 1),
    ],
)
def test_all_of_them_tell_what_cannot_be_run_from_what_is_wrong(
    ending: str,
    said: str,
    code: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    every = importlib.import_module("all")
    folder = tmp_path / "benchmarks"
    folder.mkdir()
    begin = f"import sys\nsys.path.insert(0, {str(FOLDER)!r})\nimport common\n"
    for name in ("loading", "questions", "validation", "scaling"):
        (folder / f"{name}.py").write_text(
            f"{begin}common.report('', [common.Row('it', 1, 2)], as_json=True)"
        )
    (folder / "mapping.py").write_text(begin + ending)
    monkeypatch.setattr(every, "ROOT", tmp_path)
    monkeypatch.setattr(sys, "argv", ["all.py"])
    with pytest.raises(SystemExit) if code else nullcontext() as ended:
        every.main()
    told = capsys.readouterr()
    assert said in told.err
    assert "scaling: it" in told.out
    assert ended is None or str(ended.value) == "failed: mapping"
