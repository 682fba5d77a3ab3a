"""The example policies: what they state is found, from the file to the answer and the report.

What is expected here is what `docs/examples.md` says that each policy exercises.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from privagraph import KnowledgeGraph
from privagraph.ontology.namespaces import compact

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "examples"
SCHOOL, HABITS = "woerterwald.html", "pinata-habits.md"


@pytest.fixture(scope="module")
def graph() -> Iterator[KnowledgeGraph]:
    with KnowledgeGraph.map(EXAMPLES) as made:
        yield made


def answers(graph: KnowledgeGraph, question: str, source: str, *columns: str) -> set[tuple[object, ...]]:
    """The distinct rows of one policy, IRIs as CURIEs."""

    def short(value: object) -> object:
        return compact(value) if isinstance(value, str) and value.startswith("http") else value

    return {
        tuple(short(row[name]) for name in columns)
        for row in graph.query(question)
        if row["source"] == source
    }


def test_both_policies_are_mapped_and_nothing_else(graph: KnowledgeGraph) -> None:
    assert [policy.sources for policy in graph.policies] == [(HABITS,), (SCHOOL,)]
    assert graph.report is not None
    assert graph.report.left_out == ()


@pytest.mark.parametrize(
    ("source", "title", "controller", "effective", "updated"),
    [
        (SCHOOL, "Wörterwald privacy notice", "Kranichfeder Learning GmbH", "2025-09-01", "2025-08-14"),
        (HABITS, "Privacy Policy for Piñata Habits 🪅", "Nine Otters LLC", "2026-01-15", "None"),
    ],
)
def test_what_a_policy_says_of_itself(
    graph: KnowledgeGraph, source: str, title: str, controller: str, effective: str, updated: str
) -> None:
    policy = next(policy for policy in graph.policies if policy.sources == (source,))
    assert (policy.title, policy.controller) == (title, controller)
    assert (str(policy.effective), str(policy.updated)) == (effective, updated)
    assert policy.language == "en"


@pytest.mark.parametrize(
    ("source", "contact"),
    [
        (SCHOOL, "hallo@kranichfeder.example"),
        (SCHOOL, "dpo@kranichfeder.example"),
        (SCHOOL, "+493415550142"),
        (HABITS, "otters@nineotters.example"),
    ],
)
def test_contacts(graph: KnowledgeGraph, source: str, contact: str) -> None:
    assert (contact,) in answers(graph, "controllers", source, "contact")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (SCHOOL, ("Am Alten Speicher 14", "04177 Leipzig")),
        (HABITS, ("418 Driftwood Court", "Astoria, OR 97103")),
    ],
)
def test_postal_address(graph: KnowledgeGraph, source: str, words: tuple[str, ...]) -> None:
    contacts = [str(contact) for (contact,) in answers(graph, "controllers", source, "contact")]
    assert any(all(part in contact for part in words) for contact in contacts), contacts


@pytest.mark.parametrize(
    ("source", "processing", "sentence"),
    [
        (SCHOOL, "pg:Sell", "We do not sell personal data"),
        (SCHOOL, "dpv:Share", "We never share personal data with third parties."),
        (SCHOOL, "dpv:Collect", "we do not collect them:"),
        (HABITS, "pg:Sell", "We do not sell your personal information."),
        (HABITS, "dpv:Collect", "We do not collect contacts, photos or precise location."),
    ],
)
def test_denials_are_denials(graph: KnowledgeGraph, source: str, processing: str, sentence: str) -> None:
    denied = answers(graph, "denials", source, "processing", "sentence")
    assert any(row[0] == processing and sentence in str(row[1]) for row in denied), denied


def test_no_denied_sentence_is_a_process(graph: KnowledgeGraph) -> None:
    rows = [row for row in graph.query("practices") if row["polarity"] == "affirmed"]
    assert len(rows) >= 60
    for words in ("do not sell", "never share", "do not collect", "not knowingly"):
        assert [row["sentence"] for row in rows if words in str(row["sentence"])] == []
    assert len(graph.query("denied-as-process")) == 0


@pytest.mark.parametrize("duration", ["P24M", "P10Y", "P14D", "P13M", "P3Y", "P90D", "PT24H"])
def test_retention_periods(graph: KnowledgeGraph, duration: str) -> None:
    assert (duration,) in answers(graph, "retention", SCHOOL, "duration")


def test_a_table_row_ties_data_to_its_period(graph: KnowledgeGraph) -> None:
    rows = answers(graph, "retention", SCHOOL, "duration", "data_words")
    assert {("P24M", "password"), ("P13M", "Cookie identifiers"), ("P10Y", "bank account number")} <= rows


@pytest.mark.parametrize(
    ("destination", "place"), [("loc:US", "United States"), ("loc:JP", "Japan"), ("loc:IE", "Dublin")]
)
def test_places(graph: KnowledgeGraph, destination: str, place: str) -> None:
    assert (destination, place) in answers(graph, "transfers", SCHOOL, "destination", "words")


def test_safeguards(graph: KnowledgeGraph) -> None:
    named = {name for (name,) in answers(graph, "transfers", SCHOOL, "safeguard")}
    assert {"eu-gdpr:SCCByCommission", "eu-gdpr:AdequacyDecision"} <= named


def test_all_rights_of_the_gdpr(graph: KnowledgeGraph) -> None:
    articles = {right for (right,) in answers(graph, "rights", SCHOOL, "right")}
    wanted = {"A15", "A16", "A17", "A18", "A20", "A21", "A7-3", "A77"}
    assert {f"eu-gdpr:{article}" for article in wanted} <= articles


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (SCHOOL, {"Amazon Web Services", "Stripe", "Zendesk", "Google Analytics", "Meta"}),
        (HABITS, {"Google Firebase", "Google AdMob", "Unity Ads", "Mailgun"}),
    ],
)
def test_named_organisations(graph: KnowledgeGraph, source: str, words: set[str]) -> None:
    quotes = {
        str(row["quote"])
        for row in graph.query("mentions")
        if row["source"] == source and row["role"] == "recipient"
    }
    assert {word for word in words if not any(word in quote for quote in quotes)} == set()


def test_a_condition_stays_with_its_practice(graph: KnowledgeGraph) -> None:
    conditions = {str(row["condition"]) for row in graph.query("conditional-practices") if row["condition"]}
    assert any("consent to marketing cookies" in condition for condition in conditions), conditions


def test_boilerplate_is_not_part_of_the_policy(graph: KnowledgeGraph) -> None:
    policy = next(policy for policy in graph.policies if policy.sources == (SCHOOL,))
    (row,) = graph.query("SELECT ?policy ?text WHERE { ?policy pg:text ?text }", policy=policy.iri)
    text = str(row["text"])
    for boilerplate in (
        "Allow everything",
        "Pricing",
        "Skip to content",
        "Reading week",
        "Imprint",
        "siteConfig",
    ):
        assert boilerplate not in text
    assert text.startswith("Wörterwald privacy notice")
    assert "earlier versions stay available in the archive." in text
    assert "Léon 🦊" in text
    assert "ひばり翻訳株式会社" in text


def test_every_quote_is_in_its_place(graph: KnowledgeGraph) -> None:
    texts = {row["p"]: str(row["t"]) for row in graph.query("SELECT ?p ?t WHERE { ?p pg:text ?t }")}
    rows = list(graph.query("mentions"))
    assert len(rows) >= 200
    wrong = [
        row
        for row in rows
        if texts[row["policy"]][int(str(row["start"])) : int(str(row["end"]))] != row["quote"]
    ]
    assert wrong == []


# -- the report


def report(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(EXAMPLES / "report.py"), *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    KnowledgeGraph.map(EXAMPLES, output=folder / "graph").close()
    (folder / "answers").mkdir()
    (folder / "answers" / "denials.csv").write_text("source\n")
    return folder


def test_report_tells_what_was_found(demo: Path) -> None:
    done = report(str(demo / "graph"), "--output", "report.md", "--files", str(demo), cwd=demo)
    assert (done.returncode, done.stdout, done.stderr) == (0, "report: report.md\n", "")
    text = (demo / "report.md").read_text("utf-8")
    for words in (
        "Kranichfeder Learning GmbH",
        "Nine Otters LLC",
        "P24M",
        "We do not sell",
        "`graph`",
        "denials.csv`",
    ):
        assert words in text
    heads = [line for line in text.splitlines() if line.startswith("### ")]
    assert len(heads) == 2 * len(set(heads)) == 18


def test_report_shows_the_contradiction(demo: Path) -> None:
    lines = report(str(demo / "graph"), cwd=demo).stdout.splitlines()
    found = [
        line for line in lines if line.startswith("| We never share personal data with third parties. |")
    ]
    assert any("Meta" in line and "targeted advertising" in line for line in found), found


def test_report_is_the_same_each_time(demo: Path) -> None:
    first, second = (report(str(demo / "graph"), cwd=demo) for _ in range(2))
    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout
    assert len(first.stdout) > 10_000


def test_report_without_a_graph_says_so(tmp_path: Path) -> None:
    done = report(str(tmp_path / "nothing"), cwd=tmp_path)
    assert done.returncode == 1
    assert "map policies into it first" in done.stderr
    assert "Traceback" not in done.stderr


def test_tables_of_the_report_survive_pipes_and_line_ends() -> None:
    spec = importlib.util.spec_from_file_location("examples_report", EXAMPLES / "report.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.table(["a", "b"], [["x|y", "one\ntwo"], ["x|y", "one\ntwo"], [None, "z" * 400]]) == [
        "| a | b |",
        "|---|---|",
        "| x\\|y | one two |",
        f"|  | {'z' * 299}… |",
        "",
    ]
    assert module.table(["a"], []) == ["Nothing found.", ""]
