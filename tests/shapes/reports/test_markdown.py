from __future__ import annotations

import io
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from privagraph.ontology.shown import escaped, one_line
from privagraph.shapes.baselines import Baseline, BaselineEntry
from privagraph.shapes.fingerprints import fingerprints
from privagraph.shapes.reports import write_report
from privagraph.shapes.reports.context import ReportContext
from privagraph.shapes.results import ValidationReport


def written(report: ValidationReport) -> str:
    stream = io.StringIO(newline="")
    write_report(report, "markdown", stream)
    return stream.getvalue()


class Page(HTMLParser):
    """The tags, addresses and text of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: set[str] = set()
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links.update(value or "" for name, value in attrs if name in ("href", "src"))
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_data(self, data: str) -> None:
        self.text += data


def rendered(markdown: str) -> Page:
    return Page(MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown))


def test_the_counts_come_first(hand_report: ValidationReport) -> None:
    lines = written(hand_report).splitlines()
    assert lines[0] == "## Validation: 3 errors, 9 warnings, 0 infos; 5 policies checked, 4 have findings"
    assert lines[2:5] == [
        "| severity | findings | what must hold | rule |",
        "|---|---:|---|---|",
        "| ✖ error | 1 | How long data are kept | `care:period` |",
    ]
    assert "| harbour.html | 2 | 7 | 0 | care | 1 | 1 | 1 | 1 |" in lines


def test_a_finding_shows_words_certainty_remedy_and_law(one_policy_report: ValidationReport) -> None:
    text = written(one_policy_report)
    assert (
        "    > To deliver, <b>we pass on your address to couriers</b> and to nobody else. (characters 900"
        in text
    )
    assert "How sure: where the program found nothing in 20 annotated policies, people found nothing" in text
    assert "  - **What to do:** Mend it: how long data are kept." in text
    assert "[GDPR Art. 13(1)(a)](<https://eur-lex.europa.eu/eli/reg/2016/679/art_13/par_1/pnt_a/oj>)" in text
    assert "  - and 2 more\n" in text


def test_one_policy_is_open_and_several_are_folded(
    one_policy_report: ValidationReport, hand_report: ValidationReport
) -> None:
    assert "\n### harbour.html\n" in written(one_policy_report)
    folded = written(hand_report)
    assert "<details><summary><b>harbour.html</b>: 2 errors, 7 warnings</summary>\n\n" in folded
    assert folded.count("<details>") == folded.count("</details>") == 8


def test_the_words_of_a_policy_make_no_markup(hand_report: ValidationReport) -> None:
    page = rendered(written(hand_report))
    assert not {"script", "em", "s", "img"} & page.tags
    assert page.links == {"https://eur-lex.europa.eu/eli/reg/2016/679/art_13/par_1/pnt_a/oj"}
    assert "</script><script>alert(1)</script> | `code` *bold* [link](https://evil.example)" in page.text


@pytest.mark.parametrize(
    "text",
    [
        "1. a list",
        "- a list",
        "+ a list",
        "# heading",
        "=== heading",
        "> quote",
        "a | b",
        "~~gone~~ *so* _so_ `code`",
        "<b onclick=x>&lt;&#35;",
        "[a](https://evil.example) ![b](c) <https://evil.example>",
        "back\\slash\\",
        "two\nlines  \n    three",
        "$x$ :smile: www.evil.example",
    ],
)
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    page = rendered(f"- {escaped(text)}\n\n| a |\n|---|\n| {escaped(text)} |\n")
    assert page.text.replace("\u200b", "").count(one_line(text)) == 2
    assert page.tags == {"ul", "li", "table", "thead", "tbody", "tr", "th", "td"}


def test_nobody_is_called_and_no_issue_named() -> None:
    assert escaped("@somebody sees #12") == "@&#8203;somebody sees \\#&#8203;12"
    assert escaped("privacy@acme.example") == "privacy@acme.example"


def test_many_policies_fit_into_a_comment(many_policies_report: ValidationReport) -> None:
    text = written(many_policies_report)
    assert len(text) < 65_536
    (left,) = re.findall(r"The findings of (\d+) policies are left out", text)
    assert text.count("<details><summary><b>") == 120 - int(left)
    assert text.index("<b>worst.md</b>") < text.index("<b>policy-000.md</b>")
    assert "and 20 more policies with fewer errors" in text


def test_one_policy_of_too_many_words_ends_before_the_limit(one_policy_report: ValidationReport) -> None:
    (result,) = one_policy_report.policies
    first = result.findings[0]
    rules = [replace(first.rule, iri=f"{first.rule.iri}{number}") for number in range(300)]
    findings = tuple(replace(first, rule=rule) for rule in rules)
    text = written(replace(one_policy_report, policies=(replace(result, findings=findings),)))
    assert 55_000 < len(text) < 65_536
    (left,) = re.findall(r"^- and (\d+) more rules and lists of items\. The forms `html`", text, re.MULTILINE)
    assert text.count("- ✖ **error: ") == 301 - int(left)


def test_a_clean_report(clean_report: ValidationReport) -> None:
    text = written(clean_report)
    assert text.startswith(
        "## Validation: 0 errors, 0 warnings, 0 infos; 1 policy checked, none has findings\n"
    )
    assert "| ✓ met | Who keeps the data | Lantern Books Ltd |" in text


def test_findings_of_the_baseline_are_marked(one_policy_report: ValidationReport) -> None:
    mark = fingerprints(one_policy_report)[0][0]
    known = Baseline("known.json", {mark: BaselineEntry(mark, "care:period", "harbour.html")})
    stream = io.StringIO(newline="")
    write_report(one_policy_report, "markdown", stream, context=ReportContext(baseline=known))
    assert stream.getvalue().count("(known) The policy does not say how long data are kept.") == 1
    assert stream.getvalue().count("(known)") == 1
