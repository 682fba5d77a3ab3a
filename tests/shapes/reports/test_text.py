from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence

import click
import pyoxigraph as ox
import pytest

from privagraph.queries.store import GraphStore
from privagraph.shapes.baselines import Baseline, BaselineEntry
from privagraph.shapes.fingerprints import fingerprints
from privagraph.shapes.reports import write_report
from privagraph.shapes.reports.context import ReportContext
from privagraph.shapes.results import ValidationReport
from privagraph.shapes.validation import validate


def written(report: ValidationReport, *, colour: bool = False, width: int = 100) -> str:
    stream = io.StringIO(newline="")
    write_report(report, "text", stream, context=ReportContext(colour=colour, width=width))
    return stream.getvalue()


def block(text: str, rule: str) -> list[str]:
    """The lines below the first heading of a rule, without their indent."""
    (found, *_) = re.findall(rf"^  \w+ +{rule}(?: \(.*\))?\n((?: {{10}}.*\n)+)", text, re.MULTILINE)
    return [line.strip() for line in found.splitlines()]


def test_counts_for_each_rule_come_first_the_gravest_on_top(hand_report: ValidationReport) -> None:
    lines = written(hand_report).splitlines()
    assert lines[0] == "care: Care with data, 7 rules"
    counts = [line.split()[:3] for line in lines[2 : lines.index("", 2)]]
    assert counts == [
        ["error", "1", "care:period"],
        ["error", "1", "care:clash"],
        ["error", "1", "care:node"],
        ["warning", "9", "care:vague"],
    ]
    assert lines[-1] == "3 errors, 9 warnings, 0 infos; 5 policies checked, 4 have findings"


def test_then_come_the_policies_one_by_one(sample_store: GraphStore) -> None:
    lines = written(validate(sample_store)).splitlines()
    headings = [line for line in lines if re.match(r"(lantern|merle)", line)]
    assert sorted(headings) == [
        "lantern.html (Privacy at Lantern Books 📚)",
        "merle.txt (Merle: how we treat data)",
    ]
    assert lines[-1].endswith("; 2 policies checked, 2 have findings")


def test_a_finding_shows_words_certainty_remedy_and_law(one_policy_report: ValidationReport) -> None:
    text = written(one_policy_report, width=120)
    assert " ".join(block(text, "care:clash")) == (
        "“We never pass on” is denied by “we pass on”. "
        "Trust matters. »We never pass on your address«. Ask us anything. "
        "(characters 40 to 70, read with confidence 0.90) "
        "To deliver, »we pass on your address to couriers« and to nobody else. "
        "(characters 900 to 940, read with confidence 0.83) "
        "What to do: Mend it: no statement contradicts another. "
        "Source: GDPR Art. 13(1)(a)"
    )
    assert "How sure: where the program found nothing in 20 annotated policies, people found nothing" in text


def test_the_words_and_the_law_of_a_real_rule(sample_quads: Sequence[ox.Quad]) -> None:
    lines = block(written(validate(sample_quads, profiles=["gdpr"])), "gdpr:right-withdraw-consent")
    assert lines[0].startswith("The policy relies on consent (“you agree”)")
    assert any("»you agree«" in line for line in lines)
    (source,) = (line for line in lines if line.startswith("Source: "))
    assert {"GDPR Art. 13(2)(c)", "GDPR Art. 7(3)"} <= set(source.removeprefix("Source: ").split(", "))


def test_a_clean_policy_lists_what_it_states(clean_report: ValidationReport) -> None:
    assert written(clean_report).splitlines() == [
        "care: Care with data, 7 rules",
        "",
        "lantern.md (Privacy at Lantern)",
        "  items  met  missing  open  n/a",
        "  care     4        0     0    0",
        "  met: stated; open: not stated, and the text cannot show whether it must be; n/a: does not apply.",
        "",
        "  ✓ met             care:keeper   “Lantern Books Ltd”",
        "  ✓ met             care:period   “Lantern Books Ltd”",
        "  ✓ met             care:guards   “Lantern Books Ltd”",
        "  ✓ met             care:officer  “Lantern Books Ltd”",
        "",
        "  nothing found",
        "",
        "0 errors, 0 warnings, 0 infos; 1 policy checked, none has findings",
    ]


def test_several_policies_have_one_table_of_counts(hand_report: ValidationReport) -> None:
    lines = written(hand_report).splitlines()
    (head,) = (place for place, line in enumerate(lines) if line.endswith("met  missing  open  n/a"))
    assert lines[head].split() == ["errors", "warnings", "infos", "items", "met", "missing", "open", "n/a"]
    assert lines[head + 2].split() == ["harbour.html", "2", "7", "0", "care", "1", "1", "1", "1"]
    assert lines[head + 4].split() == ["mikhtav.txt", "0", "1", "0"]


def test_many_places_of_a_rule_are_cut(one_policy_report: ValidationReport) -> None:
    lines = block(written(one_policy_report), "care:vague")
    assert lines.count("“from time to time” does not say when.") == 1
    assert sum("»from time to time«" in line for line in lines) == 5
    assert "and 2 more" in lines


def test_of_many_policies_the_gravest_are_shown(many_policies_report: ValidationReport) -> None:
    text = written(many_policies_report)
    headings = re.findall(r"^(?:policy-\d+|worst)\.md$", text, re.MULTILINE)
    assert len(headings) == 50
    assert headings[0] == "worst.md"
    assert "The 50 policies with the most errors are shown, and 70 policies more are not;" in text
    assert text.endswith("\n242 errors, 847 warnings, 0 infos; 120 policies checked, 120 have findings\n")


@pytest.mark.parametrize("width", [80, 100, 120])
def test_lines_keep_to_the_width(hand_report: ValidationReport, width: int) -> None:
    assert max(map(len, written(hand_report, width=width).splitlines())) <= width


def test_colour_changes_nothing_but_the_colour(hand_report: ValidationReport) -> None:
    coloured = written(hand_report, colour=True)
    assert click.style("error  ", fg="red") in coloured
    assert click.unstyle(coloured) == written(hand_report)


def test_no_policy_steers_the_terminal(hand_report: ValidationReport) -> None:
    text = written(hand_report)
    assert "<script>" in text
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)


def test_the_node_is_named_where_there_are_no_words(case_quads: Callable[[str], list[ox.Quad]]) -> None:
    text = written(validate(case_quads("structure/agent-label/fail"), profiles=["structure"]))
    assert "            at https://example.org/acme\n" in text


def test_findings_of_the_baseline_are_marked(one_policy_report: ValidationReport) -> None:
    mark = fingerprints(one_policy_report)[0][0]
    known = Baseline("known.json", {mark: BaselineEntry(mark, "care:period", "harbour.html")})
    stream = io.StringIO(newline="")
    write_report(one_policy_report, "text", stream, context=ReportContext(baseline=known))
    assert stream.getvalue().count("(known) The policy does not say how long data are kept.") == 1
    assert stream.getvalue().count("(known)") == 1
