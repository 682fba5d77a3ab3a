"""The command ``validate``, from the outside."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
import rdflib
from selectolax.lexbor import LexborHTMLParser

from privagraph.cli import cli
from privagraph.cli.validate_command import command
from privagraph.loaders.document import Document
from privagraph.ontology.namespaces import PREFIXES, expand
from privagraph.queries.store import GraphStore
from privagraph.shapes.reports import FORMS
from privagraph.shapes.rules import DEFAULT_PROFILES, profiles

CASES = Path(__file__).parents[2] / "shapes" / "cases"
HABITS = Path(__file__).parents[3] / "examples" / "pinata-habits.md"
RECIPE = "Beat three eggs with the sugar until pale. Fold in the flour, and bake for forty minutes.\n" * 9
SHAPES = """
PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX dpv: <https://w3id.org/dpv#> PREFIX pg: <{pg}>
<https://example.org/shapes#named> a sh:NodeShape ; sh:targetClass pg:PrivacyPolicy ;
  sh:message "The policy has no nickname." ; sh:severity sh:Warning ;
  sh:property [ sh:path <urn:nickname> ; sh:minCount 1 ; sh:severity sh:Warning ] .
""".format(pg=PREFIXES["pg"])


@dataclass(frozen=True)
class Done:
    """What a run of the command left."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Runs the command in this process."""

    def ran(*arguments: str | Path) -> Done:
        with pytest.raises(SystemExit) as end:
            cli.main(["validate", *map(str, arguments)])
        assert isinstance(end.value.code, int)
        said = capfd.readouterr()
        return Done(end.value.code, said.out, said.err)

    return ran


def run_apart(*arguments: str | Path, **options: object) -> subprocess.CompletedProcess[str]:
    """Runs the command as a user does, in a process of its own."""
    line = [sys.executable, "-m", "privagraph", "validate", *map(str, arguments)]
    return subprocess.run(line, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory, sample_store: GraphStore) -> Path:
    path = tmp_path_factory.mktemp("graph") / "both.trig"
    sample_store.save(path)
    return path


@pytest.fixture(scope="module")
def policies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a policy, and a recipe that looks like none."""
    folder = tmp_path_factory.mktemp("policies")
    (folder / "habits.md").write_bytes(HABITS.read_bytes())
    (folder / "recipe.txt").write_text(RECIPE, "utf-8")
    return folder


def test_the_usual_profiles_are_checked_and_findings_are_exit_code_1(graph: Path) -> None:
    done = run_apart("--graph", graph)
    assert (done.returncode, done.stderr) == (1, "")
    lines = done.stdout.splitlines()
    assert [line.partition(":")[0] for line in lines[: len(DEFAULT_PROFILES)]] == list(DEFAULT_PROFILES)
    assert "lantern.html (Privacy at Lantern Books 📚)" in lines


def test_a_clean_graph_is_exit_code_0(run: Run, graph: Path) -> None:
    done = run("--graph", graph, "--profile", "structure")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("0 errors, 0 warnings, 0 infos; 2 policies checked, none has findings\n")


@pytest.mark.parametrize(
    ("severity", "codes"),
    [
        ("Violation", {"error": 1, "warning": 1, "info": 1}),
        ("Warning", {"error": 0, "warning": 1, "info": 1}),
        ("Info", {"error": 0, "warning": 0, "info": 1}),
        (None, {"error": 0, "warning": 0, "info": 0}),
    ],
)
def test_fail_on_decides_what_is_a_failure(
    run: Run, graph: Path, tmp_path: Path, severity: str | None, codes: dict[str, int]
) -> None:
    shapes = tmp_path / "house.ttl"
    found = SHAPES.replace("sh:Warning", f"sh:{severity}")
    shapes.write_text(found if severity else SHAPES.replace("sh:minCount 1", "sh:minCount 0"), "utf-8")
    options = ("-g", graph, "--shapes", shapes)
    assert {each: run(*options, "--fail-on", each).returncode for each in codes} == codes
    assert run(*options).returncode == codes["error"]


# --- the forms


def is_text(content: str) -> bool:
    return content.rstrip().splitlines()[-1].endswith(" findings") and "\x1b" not in content


def is_markdown(content: str) -> bool:
    return any(line.startswith("#") for line in content.splitlines())


def is_html(content: str) -> bool:
    page = LexborHTMLParser(content)
    return page.css_first("title") is not None and "gdpr:right-erasure" in page.text()


def is_csv(content: str) -> bool:
    rows = list(csv.DictReader(io.StringIO(content)))
    return {"policy", "rule", "severity"} <= rows[0].keys() and len({len(row) for row in rows}) == 1


def is_junit(content: str) -> bool:
    return ElementTree.fromstring(content).find(".//testcase/failure") is not None


def is_report(format_: str) -> Callable[[str], bool]:
    def checked(content: str) -> bool:
        made = rdflib.Graph().parse(data=content, format=format_)
        return len(list(made.objects(None, rdflib.SH.result))) > 5

    return checked


PARSES: dict[str, Callable[[str], bool]] = {
    "text": is_text,
    "markdown": is_markdown,
    "html": is_html,
    "json": lambda content: len(json.loads(content)["policies"]) == 2,
    "csv": is_csv,
    "sarif": lambda content: json.loads(content)["version"] == "2.1.0",
    "junit": is_junit,
    "turtle": is_report("turtle"),
    "jsonld": lambda content: len(list(ox.parse(content.encode(), format=ox.RdfFormat.JSON_LD))) > 50,
}


def test_every_form_is_offered() -> None:
    (option,) = [each for each in command.params if each.name == "format_"]
    assert set(getattr(option.type, "choices", ())) == set(FORMS) == set(PARSES)


@pytest.mark.parametrize("form", PARSES)
def test_every_form_is_what_it_says_on_standard_output_and_in_a_file(
    run: Run, graph: Path, tmp_path: Path, form: str
) -> None:
    path = tmp_path / "report"
    chosen = ("--graph", graph, "-p", "gdpr", "--engine", "shifty", "--date", "2026-06-01")
    shown, written = run(*chosen, "-f", form), run(*chosen, "-f", form, "-o", path)
    assert (shown.returncode, shown.stderr) == (1, "")
    assert PARSES[form](shown.stdout)
    assert (written.returncode, written.stdout, written.stderr) == (1, "", "")
    assert PARSES[form](path.read_text("utf-8"))


# --- what is checked


def test_policies_are_mapped_and_checked_in_one_step(run: Run, tmp_path: Path) -> None:
    policy = tmp_path / "habits.md"
    policy.write_bytes(HABITS.read_bytes())
    done = run(policy, "-p", "gdpr", "-f", "json")
    assert (done.returncode, done.stderr) == (1, "")
    assert [each["sources"] for each in json.loads(done.stdout)["policies"]] == [["habits.md"]]
    assert [path.name for path in tmp_path.iterdir()] == ["habits.md"]


@pytest.mark.parametrize("missing", [False, True])
def test_a_source_that_cannot_be_checked_is_exit_code_2_beside_a_report_on_the_others(
    run: Run, policies: Path, tmp_path: Path, missing: bool
) -> None:
    sources = [policies / "habits.md", policies / "gone.md"] if missing else [policies]
    baseline = tmp_path / "known.json"
    for options in ((), ("--write-baseline", baseline)):
        done = run(*sources, "-p", "gdpr", "-f", "json", *options)
        assert done.returncode == 2
        assert [each["sources"] for each in json.loads(done.stdout)["policies"]] == [["habits.md"]]
        assert "left out 1 source:" in done.stderr
        assert ("gone.md: " if missing else "recipe.txt: ") in done.stderr


def test_policies_of_which_none_can_be_checked_are_exit_code_2(run: Run, policies: Path) -> None:
    done = run(policies / "recipe.txt", "-p", "gdpr")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("privagraph: ")
    assert "[not-a-policy]" in done.stderr
    assert done.stderr.count("\n") == 1


def test_shapes_of_ones_own_alone_and_beside_a_profile(run: Run, graph: Path, tmp_path: Path) -> None:
    shapes = tmp_path / "house.ttl"
    shapes.write_text(SHAPES, "utf-8")
    alone = json.loads(run("-g", graph, "--shapes", shapes, "-f", "json").stdout)
    assert [each["name"] for each in alone["profiles"]] == ["house.ttl"]
    assert [len(each["findings"]) for each in alone["policies"]] == [1, 1]
    beside = json.loads(run("-g", graph, "--shapes", shapes, "-p", "ferpa", "-f", "json").stdout)
    assert [each["name"] for each in beside["profiles"]] == ["ferpa", "house.ttl"]
    assert run("-g", graph, "--shapes", shapes).returncode == 0
    assert run("-g", graph, "--shapes", shapes, "--fail-on", "warning").returncode == 1


def test_any_rdf_is_checked_with_shapes_of_ones_own(run: Run, tmp_path: Path) -> None:
    shapes, data = tmp_path / "shapes.ttl", tmp_path / "data.nt"
    shapes.write_text(
        "PREFIX sh: <http://www.w3.org/ns/shacl#> <urn:s> a sh:NodeShape ; sh:targetClass <urn:Shop> ; "
        "sh:property [ sh:path <urn:till> ; sh:minCount 1 ] ."
    )
    data.write_text(f"<urn:shop> <{PREFIXES['rdf']}type> <urn:Shop> .\n")
    done = run("--graph", data, "--shapes", shapes, "-f", "json")
    assert (done.returncode, done.stderr) == (1, "")
    (policy,) = json.loads(done.stdout)["policies"]
    assert [each["rule"] for each in policy["findings"]] == ["shapes.ttl:s"]


def test_one_policy_alone(run: Run, graph: Path, sample_store: GraphStore) -> None:
    options = ("-g", graph, "-p", "ferpa", "-f", "json")
    chosen = json.loads(run(*options, "--policy", "merle.txt").stdout)["policies"]
    assert [each["sources"] for each in chosen] == [["merle.txt"]]
    for name in (chosen[0]["policy"], chosen[0]["policy"].rpartition("/")[2], "Merle: how we treat data"):
        assert json.loads(run(*options, "--policy", name).stdout)["policies"] == chosen, name
    both = run(*options, "--policy", "merle.txt", "--policy", "lantern.html")
    assert len(json.loads(both.stdout)["policies"]) == len(sample_store.policies()) == 2


def test_the_date_is_the_day_of_the_check(run: Run, graph: Path) -> None:
    """Lantern Books changed its policy on 5 May 2024; California asks for a change in the last twelve months."""

    def old(day: str) -> set[str]:
        done = run("-g", graph, "-p", "ccpa", "--policy", "lantern.html", "-f", "json", "--date", day)
        report = json.loads(done.stdout)
        assert day in json.dumps(report)
        return {found["rule"] for each in report["policies"] for found in each["findings"]}

    assert old("2026-06-01") - old("2024-06-01") == {"ccpa:updated-within-12-months"}


@pytest.mark.parametrize("options", [("--engine", "shifty"), ("--jobs", "2")])
def test_engine_and_processes_change_nothing(run: Run, graph: Path, options: Sequence[str]) -> None:
    usual = ("-g", graph, "-p", "gdpr", "-f", "json", "--date", "2026-06-01")
    assert run(*usual, *options) == run(*usual)


def test_a_policy_that_lost_its_type_is_not_passed_over(
    run: Run, tmp_path: Path, sample_quads: Sequence[ox.Quad]
) -> None:
    policy = ox.NamedNode(expand("pg:PrivacyPolicy"))
    path = tmp_path / "untyped.nq"
    ox.serialize((each for each in sample_quads if each.object != policy), path, format=ox.RdfFormat.N_QUADS)
    done = run("--graph", path, "--profile", "structure", "--format", "json")
    assert done.returncode == 1
    assert {each["name"] for each in json.loads(done.stdout)["rules"]} >= {"structure:policy-type"}


def test_a_file_with_several_policies_and_no_graphs(
    run: Run, tmp_path: Path, sample_store: GraphStore
) -> None:
    path = tmp_path / "flat.ttl"
    triples = [ox.Triple(each.subject, each.predicate, each.object) for each in sample_store.quads()]
    ox.serialize(triples, path, format=ox.RdfFormat.TURTLE)
    done = run("--graph", path, "--profile", "structure", "--format", "json")
    assert done.returncode == 0
    assert len(json.loads(done.stdout)["policies"]) == 2


# --- known findings, places in files, colours


def test_known_findings_do_not_fail_and_new_ones_do(run: Run, graph: Path, tmp_path: Path) -> None:
    known = tmp_path / "known.json"
    options = ("-g", graph, "-p", "gdpr", "--date", "2026-06-01")
    written = run(*options, "--write-baseline", known)
    assert written.returncode == 0
    count = len(json.loads(known.read_text("utf-8"))["findings"])
    assert written.stderr == f"baseline: {count} known findings in {known}\n"
    assert run(*options, "--baseline", known).returncode == 0
    assert run(*options, "--baseline", known, "--fail-on", "info").returncode == 0
    assert run(*options, "-p", "caloppa", "--baseline", known, "--fail-on", "info").returncode == 1

    content = json.loads(known.read_text("utf-8"))
    content["findings"] = [each for each in content["findings"] if each["rule"] != "gdpr:right-erasure"]
    known.write_text(json.dumps(content), "utf-8")
    assert run(*options, "--baseline", known).returncode == 1


def regions_of(sarif: str) -> list[tuple[int, str]]:
    """The lines that the findings are on, each with what stands there."""
    places = [
        place["physicalLocation"]
        for each in json.loads(sarif)["runs"][0]["results"]
        for place in each["locations"]
    ]
    return [
        (place["region"]["startLine"], place["region"]["snippet"]["text"])
        for place in places
        if "snippet" in place.get("region", {})
    ]


def test_findings_point_at_the_lines_of_the_originals(
    run: Run, policies: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "graph.trig"
    with pytest.raises(SystemExit):
        cli.main(["map", str(policies / "habits.md"), "--output", str(path), "--quiet"])
    options = ("-p", "clarity", "-p", "gdpr", "-p", "ccpa", "-f", "sarif", "--date", "2026-06-01")
    found = regions_of(run("-g", path, *options, "--sources-at", policies).stdout)
    lines = HABITS.read_text("utf-8").splitlines()
    assert len(found) >= 3
    assert all(snippet.split()[0] in lines[number - 1] for number, snippet in found)
    assert regions_of(run(policies / "habits.md", *options).stdout) == found
    assert regions_of(run("-g", path, *options).stdout) == [], "the file is not here"


@pytest.mark.parametrize(("plain", "colours"), [(None, True), ("", True), ("1", False)])
def test_colours_are_for_terminals_and_who_wants_them(graph: Path, plain: str | None, colours: bool) -> None:
    """https://no-color.org: any value that is not empty asks for none."""
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    if plain is not None:
        environment["NO_COLOR"] = plain
    leader, follower = pty.openpty()
    line = [
        sys.executable,
        "-m",
        "privagraph",
        "validate",
        "-g",
        str(graph),
        "-p",
        "ferpa",
        "--engine",
        "shifty",
    ]
    shown = b""
    with subprocess.Popen(line, stdout=follower, stderr=follower, env={**environment, "TERM": "xterm"}):
        os.close(follower)
        while True:
            try:
                read = os.read(leader, 4096)
            except OSError:  # Linux: the other end is closed
                break
            if not read:
                break
            shown += read
    os.close(leader)
    assert b"ferpa:" in shown
    assert (b"\x1b[" in shown) is colours


# --- what can be looked up


def test_profiles_are_listed(run: Run) -> None:
    done = run("--list-profiles")
    assert (done.returncode, done.stderr) == (0, "")
    for each in profiles():
        assert f"{each.name}: {each.title} (since {each.since})\n" in done.stdout
        assert f"  {len(each.rules)} rules: " in done.stdout
    assert max(len(line) for line in done.stdout.splitlines() if line.startswith(" ")) <= 80


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


@pytest.mark.parametrize("name", ["gdpr:right-access", "updated-within-12-months", "coppa:use"])
def test_a_rule_is_explained(run: Run, name: str) -> None:
    done = run("--explain", name)
    assert (done.returncode, done.stderr) == (0, "")
    rule = next(rule for each in profiles() for rule in each.rules if rule.name.endswith(name))
    assert done.stdout.startswith(f"{rule.name} ({rule.severity})\n")
    flat = " ".join(done.stdout.split())
    message = re.sub(r"\{\?\w+\}", "…", rule.message)
    for part in (rule.title, rule.reason, message, rule.remedy, rule.passes, rule.fails, *rule.sources):
        assert " ".join(part.split()) in flat
    assert f"  page      {rule.page}\n" in done.stdout


@pytest.mark.parametrize("name", ["gdpr", "FERPA"])
def test_a_profile_is_explained_by_its_rules(run: Run, name: str) -> None:
    done = run("--explain", name)
    assert (done.returncode, done.stderr) == (0, "")
    (chosen,) = (each for each in profiles() if each.name == name.lower())
    assert [line.split()[1] for line in done.stdout.splitlines()[1:]] == [rule.name for rule in chosen.rules]


def test_a_profile_is_named_in_any_case(run: Run, graph: Path) -> None:
    done = run("--graph", graph, "--profile", "FERPA", "--format", "json")
    assert [each["name"] for each in json.loads(done.stdout)["profiles"]] == ["ferpa"]


@pytest.mark.parametrize(
    "rule", [rule for each in profiles() for rule in each.rules], ids=lambda rule: rule.name
)
def test_every_rule_has_an_explanation_that_fits_a_terminal(rule: object) -> None:
    from privagraph.cli.explanations import explanation

    text = explanation(getattr(rule, "name", ""))
    assert [line for line in text.splitlines() if len(line) > 100 and "http" not in line] == []
    assert {"asks", "why", "finding", "remedy", "source"} <= {line.split()[0] for line in text.splitlines()}


# --- what cannot be used


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
            "holds no policy 'zzz'; it holds lantern.html, merle.txt",
        ),
        (["--graph", "{graph}", "--format", "pdf"], "'pdf' is not one of 'text', 'markdown', 'html', 'json'"),
        (["--graph", "{graph}", "--fail-on", "never"], "'never' is not one of 'error', 'warning', 'info'"),
        (["--graph", "{graph}", "--date", "1 June"], "'1 June' is no day; write YYYY-MM-DD"),
        (["--graph", "{graph}", "--date", "2026-13-01"], "'2026-13-01' is no day; write YYYY-MM-DD"),
        (
            ["--graph", "{graph}", "--profile", "gdpr,ccpa"],
            "give --profile once for each: --profile gdpr --profile ccpa",
        ),
        (["--graph", "{graph}", "--jobs", "0"], "0 is not in the range x>=1"),
        (["--graph", "{graph}", "--engine", "jena"], "'jena' is not one of 'pyshacl', 'shifty'"),
        (["--graph", "{graph}", "--sources-at", "nowhere"], "Directory 'nowhere' does not exist"),
        (["--graph", "nowhere.trig"], "nowhere.trig: no such file or folder; map policies into it first"),
        (["--graph", "{folder}"], "an empty folder; map policies into it first"),
        (["--graph", "{binary}"], "binary.trig: not TriG: "),
        (["--graph", "{graph}", "--output", "{graph}.d/x/y.json"], "cannot be written"),
        (["--graph", "{graph}", "--write-baseline", "{graph}.d/x/y.json"], "cannot be written"),
        (["--graph", "{graph}", "--baseline", "nowhere.json"], "nowhere.json: cannot be read"),
        (["--graph", "{graph}", "--baseline", "{binary}"], "binary.trig: "),
        (["--graph", "{graph}", "--shapes", "nowhere.ttl"], "nowhere.ttl: cannot be read (No such file"),
        (["--graph", "{graph}", "--shapes", "{badshapes}"], "bad.ttl: not Turtle: "),
        (["--graph", "{graph}", "--shapes", "{binary}"], "shapes are read from .ttl"),
        (["--graph", "{other}"], "other.ttl: holds no policy to check"),
        (["nowhere.md"], "nowhere.md: "),
        (["{binary}"], "binary.trig: "),
        (["{graph}", "--graph", "{graph}"], "name either policies to check or, with --graph / -g, a graph."),
        ([], "name either policies to check or, with --graph / -g, a graph."),
        (["{graph}", "--sources-at", "{folder}"], "--sources-at goes with --graph"),
        (["--explain", "gdpr:right-acess"], "no rule 'gdpr:right-acess'; did you mean gdpr:right-access"),
        (["--explain", "zzzzz"], "no rule 'zzzzz'; `privagraph validate --list-profiles` names profiles"),
    ],
)
def test_what_cannot_be_used_is_exit_code_2_and_one_line(
    run: Run, graph: Path, tmp_path: Path, arguments: Sequence[str], message: str
) -> None:
    places = {
        name: tmp_path / file for name, file in {"binary": "binary.trig", "badshapes": "bad.ttl"}.items()
    }
    places |= {"graph": graph, "folder": tmp_path / "empty", "other": tmp_path / "other.ttl"}
    places["folder"].mkdir()
    places["binary"].write_bytes(bytes(range(256)) * 8)
    places["badshapes"].write_text("<urn:s> a sh:NodeShape .", "utf-8")
    places["other"].write_text("<urn:a> <urn:b> <urn:c> .", "utf-8")
    done = run(*(each.format(**places) for each in arguments))
    assert done.returncode == 2
    assert message in done.stderr
    assert done.stderr.startswith("privagraph: ")
    assert done.stderr.count("\n") == 1
    assert done.stdout == "" or "--write-baseline" in arguments


def test_a_bug_is_exit_code_3_and_asks_for_a_report(
    run: Run, graph: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> object:
        raise TypeError("a slip of ours")

    monkeypatch.setattr("privagraph.shapes.validation.validate", fail)
    done = run("-g", graph)
    assert (done.returncode, done.stdout) == (3, "")
    assert "internal error: TypeError: a slip of ours; this is a bug: please report it" in done.stderr


def test_a_bug_in_one_source_is_exit_code_3_beside_a_report_on_the_others(
    run: Run, policies: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from privagraph.loaders.iris import policy_iri

    def fail(document: Document, base: str) -> str:
        if document.source.endswith("slip.md"):
            raise TypeError("a slip of ours")
        return policy_iri(document, base)

    monkeypatch.setattr("privagraph.loaders.pipeline.policy_iri", fail)
    other = tmp_path / "slip.md"
    other.write_text(HABITS.read_text("utf-8").replace("Piñata", "Slip"), "utf-8")
    done = run(policies / "habits.md", other, "-p", "ferpa", "-f", "json")
    assert done.returncode == 3
    assert len(json.loads(done.stdout)["policies"]) == 1
    assert "failed on 1 source, a fault of privagraph; please report it:" in done.stderr
