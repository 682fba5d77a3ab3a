from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from privagraph.errors import InputError, UnreadableSourceError
from privagraph.shapes.baselines import Baseline, write_baseline
from privagraph.shapes.fingerprints import fingerprints
from privagraph.shapes.results import Evidence, Finding, PolicyResult, ValidationReport
from privagraph.shapes.rules import Profile, Rule, Severity, profile

RULES = profile("gdpr").rules[:4]
POLICY = "https://w3id.org/privagraph/id/policy/0123456789abcdef"


def finding(rule: Rule, *quotes: str) -> Finding:
    evidence = tuple(Evidence(7, 7 + len(quote), quote) for quote in quotes)
    return Finding(POLICY, rule, "It lacks.", ox.NamedNode(POLICY), None, None, "urn:c", evidence)


def report(*findings: Finding, source: str = "acme.md") -> ValidationReport:
    checked = Profile("gdpr", "GDPR", "…", "0.1.0", RULES, b"")
    return ValidationReport((checked,), (PolicyResult(POLICY, (source,), "Acme", findings),))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "known.json"


def test_what_was_written_is_known(path: Path) -> None:
    before = report(*map(finding, RULES[:2]))
    assert write_baseline(before, path) == 2
    baseline = Baseline.read(path)
    assert baseline.known(before) == {mark for marks in fingerprints(before) for mark in marks}
    assert baseline.new(before) == ()
    assert baseline.gone(before) == ()


def test_a_new_finding_is_new(path: Path) -> None:
    write_baseline(report(*map(finding, RULES[:2])), path)
    later = report(*map(finding, RULES[:3]))
    baseline = Baseline.read(path)
    assert [found.rule for found in baseline.new(later)] == [RULES[2]]
    assert len(baseline.known(later)) == 2


def test_what_was_mended_is_gone(path: Path) -> None:
    write_baseline(report(*map(finding, RULES[:2])), path)
    (entry,) = Baseline.read(path).gone(report(finding(RULES[0])))
    assert (entry.rule, entry.source) == (RULES[1].name, "acme.md")


@pytest.mark.parametrize("unseen", ["file", "rule"])
def test_what_was_not_looked_for_is_not_gone(path: Path, unseen: str) -> None:
    write_baseline(report(finding(RULES[3])), path)
    later = report(source="birch.md") if unseen == "file" else report()
    if unseen == "rule":
        later = replace(later, profiles=(replace(later.profiles[0], rules=RULES[:3]),))
    assert Baseline.read(path).gone(later) == ()


def test_the_file_can_be_read_by_people_and_compared_line_by_line(path: Path) -> None:
    vague = replace(RULES[3], name="clarity:vague", stated_by="", severity=Severity.INFO)
    write_baseline(report(finding(vague, "Trusted\npartners 🪁"), finding(RULES[0])), path)
    text = path.read_text("utf-8")
    assert text.endswith("\n")
    lines = [json.loads(line.strip().rstrip(",")) for line in text.splitlines() if "fingerprint" in line]
    assert [(line["rule"], line["words"]) for line in lines] == [
        ("clarity:vague", "trusted partners"),
        (RULES[0].name, ""),
    ]
    again = path.with_name("again.json")
    write_baseline(report(finding(RULES[0]), finding(vague, "Trusted\npartners 🪁")), again)
    assert again.read_bytes() == path.read_bytes()


def test_a_report_without_findings_makes_an_empty_baseline(path: Path) -> None:
    assert write_baseline(report(), path) == 0
    assert json.loads(path.read_text("utf-8"))["findings"] == []
    assert Baseline.read(path).entries == {}


def test_half_a_character_in_the_words_does_no_harm(path: Path) -> None:
    vague = replace(RULES[3], stated_by="")
    torn = report(finding(vague, "partners \ud83e"), finding(vague, "\ud83e"))
    write_baseline(torn, path)
    assert len(Baseline.read(path).known(torn)) == 2


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "is not JSON"),
        ("{", "is not JSON"),
        ("[" * 100_000, "is not JSON"),
        ("[]", "does not say that it is a baseline"),
        ('{"version": "2.1.0", "runs": []}', "does not say that it is a baseline"),
        ('{"baseline": "privagraph baseline 9", "findings": []}', "says 'privagraph baseline 9' of itself"),
        ('{"baseline": "privagraph baseline 1"}', "has no list of findings"),
        ('{"baseline": "privagraph baseline 1", "findings": [1]}', "finding 1 lacks its fingerprint"),
        (
            '{"baseline": "privagraph baseline 1", "findings": [{"fingerprint": "a", "rule": "b"}]}',
            "finding 1 lacks its fingerprint, rule or source",
        ),
    ],
)
def test_a_broken_file_is_an_error_that_says_what_to_do(path: Path, content: str, reason: str) -> None:
    path.write_text(content, "utf-8")
    with pytest.raises(InputError) as caught:
        Baseline.read(path)
    assert caught.value.source == str(path)
    assert reason in caught.value.reason
    assert "--write-baseline" in caught.value.advice


def test_a_file_that_is_not_there(path: Path) -> None:
    with pytest.raises(UnreadableSourceError, match="No such file") as caught:
        Baseline.read(path)
    assert "--write-baseline" in caught.value.advice


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        write_baseline(report(), tmp_path / "nowhere" / "known.json")


def test_bytes_that_are_no_utf8(path: Path) -> None:
    path.write_bytes(b"\xff\xfe{")
    with pytest.raises(InputError, match="is not JSON"):
        Baseline.read(path)
