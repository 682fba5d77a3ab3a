"""The command ``validate``, from the outside."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from privagraph.ontology.namespaces import expand
from privagraph.queries.store import GraphStore

CASES = Path(__file__).parents[2] / "shapes" / "cases"


def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "privagraph", "validate", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory, sample_store: GraphStore) -> Path:
    path = tmp_path_factory.mktemp("graph") / "both.trig"
    sample_store.save(path)
    return path


def test_both_profiles_are_checked_and_findings_are_exit_code_1(graph: Path) -> None:
    done = run("--graph", graph)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("structure: The graph itself, ")
    assert "\ngdpr: GDPR Art. 13" in done.stdout
    assert "lantern.html (Privacy at Lantern Books 📚)" in done.stdout


def test_a_clean_graph_is_exit_code_0(graph: Path) -> None:
    done = run("--graph", graph, "--profile", "structure")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("0 errors, 0 warnings, 0 infos in 0 of 2 policies\n")


@pytest.mark.parametrize(
    ("case", "codes"),
    [
        ("right-access/fail", {"error": 1, "warning": 1, "info": 1}),
        ("recipients/fail", {"error": 0, "warning": 1, "info": 1}),
        ("dpo-contact/fail", {"error": 0, "warning": 0, "info": 1}),
        ("purposes/pass", {"error": 0, "warning": 0, "info": 0}),
    ],
)
def test_fail_on_decides_what_is_a_failure(case: str, codes: dict[str, int]) -> None:
    path = CASES / "gdpr" / f"{case}.ttl"
    found = {each: run("-g", path, "-p", "gdpr", "--fail-on", each).returncode for each in codes}
    assert found == codes
    assert run("-g", path, "-p", "gdpr").returncode == codes["error"]


def test_json_goes_to_a_file(graph: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    done = run("--graph", graph, "--format", "json", "--output", path)
    assert (done.returncode, done.stdout) == (1, "")
    content = json.loads(path.read_text("utf-8"))
    assert [each["name"] for each in content["profiles"]] == ["structure", "gdpr"]
    assert len(content["policies"]) == 2


def test_turtle_and_csv_go_to_standard_output(graph: Path) -> None:
    report = rdflib.Graph().parse(data=run("--graph", graph, "--format", "turtle").stdout)
    assert len(list(report.subjects(rdflib.RDF.type, rdflib.SH.ValidationReport))) == 1
    lines = run("--graph", graph, "--format", "csv").stdout.splitlines()
    assert lines[0].startswith("policy,source,profile,rule,severity,")
    assert len(lines) - 1 == len(list(report.subjects(rdflib.RDF.type, rdflib.SH.ValidationResult)))


def test_one_policy_alone(graph: Path, sample_store: GraphStore) -> None:
    chosen = json.loads(run("-g", graph, "--policy", "merle.txt", "-f", "json").stdout)["policies"]
    assert [each["sources"] for each in chosen] == [["merle.txt"]]
    for name in (chosen[0]["policy"], chosen[0]["policy"].rpartition("/")[2], "Merle: how we treat data"):
        again = json.loads(run("-g", graph, "--policy", name, "-f", "json").stdout)["policies"]
        assert again == chosen, name
    both = run("-g", graph, "--policy", "merle.txt", "--policy", "lantern.html", "-f", "json")
    assert len(json.loads(both.stdout)["policies"]) == len(sample_store.policies()) == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--graph", "{graph}", "--profile", "gdrp"], "no profile 'gdrp'; did you mean gdpr?"),
        (
            ["--graph", "{graph}", "--policy", "merle.tx"],
            "holds no policy 'merle.tx'; did you mean merle.txt",
        ),
        (
            ["--graph", "{graph}", "--policy", "zzz"],
            "holds no policy 'zzz'; `privagraph query policies` lists them",
        ),
        (["--graph", "{graph}", "--format", "pdf"], "'pdf' is not one of 'text', 'json', 'turtle', 'csv'"),
        (["--graph", "{graph}", "--fail-on", "never"], "'never' is not one of 'error', 'warning', 'info'"),
        (["--graph", "nowhere.trig"], "nowhere.trig: no such file or folder"),
        (["--graph", "{graph}", "--output", "{graph}.d/x/y.json"], "cannot be written"),
        ([], "missing option '--graph' / '-g'"),
    ],
)
def test_what_cannot_be_used_is_exit_code_2_and_one_line(
    graph: Path, arguments: Sequence[str], message: str
) -> None:
    done = run(*(each.format(graph=graph) for each in arguments))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("privagraph: ")
    assert message in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_graph_without_policies_is_exit_code_2(tmp_path: Path) -> None:
    path = tmp_path / "other.ttl"
    path.write_text("<urn:a> <urn:b> <urn:c> .", "utf-8")
    done = run("--graph", path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "holds no policy to check" in done.stderr


def test_a_policy_that_lost_its_type_is_not_passed_over(
    tmp_path: Path, sample_quads: Sequence[ox.Quad]
) -> None:
    policy = ox.NamedNode(expand("pg:PrivacyPolicy"))
    path = tmp_path / "untyped.nq"
    path.write_bytes(b"")
    ox.serialize((each for each in sample_quads if each.object != policy), path, format=ox.RdfFormat.N_QUADS)
    done = run("--graph", path, "--profile", "structure", "--format", "json")
    assert done.returncode == 1
    assert {each["name"] for each in json.loads(done.stdout)["rules"]} >= {"structure:policy-type"}


def test_profiles_are_listed() -> None:
    done = run("--list-profiles")
    assert (done.returncode, done.stderr) == (0, "")
    assert "structure: The graph itself (since 0.1.0)\n" in done.stdout
    assert "  20 rules: 13 error, 4 warning, 3 info\n" in done.stdout


def test_listing_profiles_needs_no_rdflib() -> None:
    code = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from privagraph.cli.validate_command import command\n"
        "assert CliRunner().invoke(command, ['--list-profiles']).exit_code == 0\n"
        "print(sorted({'rdflib', 'pyshacl'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "[]")


def test_a_file_with_several_policies_and_no_graphs(
    tmp_path: Path, sample_store: GraphStore, quads_in_one: Callable[[GraphStore, Path], None]
) -> None:
    path = tmp_path / "flat.ttl"
    quads_in_one(sample_store, path)
    done = run("--graph", path, "--profile", "structure", "--format", "json")
    assert done.returncode == 0
    assert len(json.loads(done.stdout)["policies"]) == 2


@pytest.fixture
def quads_in_one() -> Callable[[GraphStore, Path], None]:
    def write(store: GraphStore, path: Path) -> None:
        triples = [ox.Triple(each.subject, each.predicate, each.object) for each in store.quads()]
        ox.serialize(triples, path, format=ox.RdfFormat.TURTLE)

    return write
