from __future__ import annotations

import base64
import hashlib
import io
import re
from dataclasses import replace
from importlib.resources import files
from itertools import pairwise

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from privagraph.ontology.shown import one_line
from privagraph.shapes.baselines import Baseline, BaselineEntry
from privagraph.shapes.fingerprints import fingerprints
from privagraph.shapes.reports import write_report
from privagraph.shapes.reports.context import ReportContext
from privagraph.shapes.results import ValidationReport

ASSETS = files("privagraph.shapes.reports") / "html_assets"


def written(report: ValidationReport, context: ReportContext | None = None) -> str:
    stream = io.StringIO(newline="")
    write_report(report, "html", stream, context=context)
    return stream.getvalue()


def page(report: ValidationReport, context: ReportContext | None = None) -> LexborHTMLParser:
    return LexborHTMLParser(written(report, context))


def one(tree: LexborHTMLParser | LexborNode, selector: str) -> LexborNode:
    (found,) = tree.css(selector)
    return found


def target(tree: LexborHTMLParser, link: LexborNode) -> LexborNode:
    return one(tree, f'[id="{(link.attributes["href"] or "").removeprefix("#")}"]')


def test_the_file_loads_nothing(hand_report: ValidationReport) -> None:
    tree = page(hand_report)
    assert not tree.css("[src], iframe, object, embed, base, img, form[action]")
    assert [each.attributes["href"] for each in tree.css("link")] == ["data:,"]
    assert not re.search(r"url\(|@import", one(tree, "style").text())
    assert not re.search(r"https?:|fetch|XMLHttpRequest|innerHTML|eval", one(tree, "script").text())


def test_the_policy_of_the_page_allows_its_own_style_and_script_alone(hand_report: ValidationReport) -> None:
    tree = page(hand_report)
    allowed = one(tree, 'meta[http-equiv="Content-Security-Policy"]').attributes["content"] or ""
    rules = dict(rule.strip().split(" ", 1) for rule in allowed.split(";"))
    assert rules["default-src"] == "'none'"
    for tag, name in (("style", "style-src"), ("script", "script-src")):
        digest = hashlib.sha256(one(tree, tag).text().encode()).digest()
        assert rules[name] == f"'sha256-{base64.b64encode(digest).decode()}'"
    assert not tree.css("[style]")


def test_the_words_of_a_policy_make_no_markup(hand_report: ValidationReport) -> None:
    tree = page(hand_report)
    assert len(tree.css("script")) == 1
    attributes = {name for node in tree.css("*") for name in node.attributes}
    assert not [name for name in attributes if name.startswith("on")]
    hostile = hand_report.policies[2]
    shown = one(tree, "#policy-3")
    assert one(shown, ".finding mark").text() == one_line(hostile.findings[0].evidence[0].quote)
    assert "<script>alert(1)</script>" in one(shown, ".message").text()
    assert not re.search(r"[\x00-\x08\x0e-\x1f\u202a-\u202e\u2066-\u2069]", tree.text())


def test_only_addresses_of_the_web_are_links(hand_report: ValidationReport) -> None:
    tree = page(hand_report)
    addresses = {each.attributes["href"] or "" for each in tree.css("a")}
    assert {each for each in addresses if not each.startswith("#")} == {
        "https://eur-lex.europa.eu/eli/reg/2016/679/art_13/par_1/pnt_a/oj"
    }
    assert "javascript:alert(1)" in one(tree, "#policy-5 .sources").text()


def test_every_id_is_there_once_and_every_link_leads_somewhere(hand_report: ValidationReport) -> None:
    tree = page(hand_report)
    ids = [node.attributes["id"] for node in tree.css("[id]")]
    assert len(ids) == len(set(ids)) > 30
    links = {(each.attributes["href"] or "")[1:] for each in tree.css('a[href^="#"]')}
    assert links <= set(ids)


def test_every_finding_is_there_without_the_script(hand_report: ValidationReport) -> None:
    tree = page(hand_report)
    assert len(tree.css(".finding")) == len(hand_report.findings)
    assert "hidden" in one(tree, "#filters").attributes
    for result, shown in zip(hand_report.policies, tree.css(".policy"), strict=True):
        assert "open" in shown.attributes
        for finding in result.findings:
            assert one_line(finding.message) in shown.text()


def test_a_finding_shows_words_certainty_remedy_and_law(one_policy_report: ValidationReport) -> None:
    tree = page(one_policy_report)
    absence, clash, *_ = tree.css(".rule")
    assert "19" in one(absence, ".sure").text()
    assert [each.text() for each in clash.css("blockquote")] == [
        "Trust matters. We never pass on your address. Ask us anything.",
        "To deliver, we pass on your address to couriers and to nobody else.",
    ]
    assert [each.text() for each in clash.css("mark")][1] == "we pass on your address to couriers"
    assert one(clash, ".sure").text() == "How sure: read with confidence 0.83"
    assert one(clash, ".remedy").text() == "What to do: Mend it: no statement contradicts another."
    assert one(clash, ".sources a").text() == "GDPR Art. 13(1)(a)"
    assert (clash.attributes["data-severity"], clash.attributes["data-profile"]) == ("error", "care")


def test_words_have_the_direction_of_their_script(hand_report: ValidationReport) -> None:
    words = one(page(hand_report), "#policy-4 blockquote")
    assert words.attributes["dir"] == "auto"
    assert one(words, "mark").text() == "מעת לעת"


def test_the_matrix_leads_to_the_words_or_to_the_finding(hand_report: ValidationReport) -> None:
    tree = page(hand_report)
    rows = {one(row, "th").text(): row.css("td") for row in tree.css(".matrix tbody tr")}
    keeper = rows["Who keeps the data keeper"]
    assert [each.text() for each in keeper] == ["✓ met", "✓ met", "✓ met", "", ""]
    words = target(tree, one(keeper[1], "a"))
    assert one(words, "mark").text() == "Harbour Mail"
    missing = rows["How long data are kept period"][1]
    assert missing.text() == "✗ missing"
    assert "how long data are kept" in target(tree, one(missing, "a")).text()
    assert [each.text() for each in rows["How transferred data are guarded guards"]][1:3] == [
        "– not applicable",
        "? open",
    ]


def test_one_policy_has_its_items_and_no_matrix(one_policy_report: ValidationReport) -> None:
    tree = page(one_policy_report)
    assert not tree.css(".matrix")
    assert "open" in one(tree, ".items").attributes
    assert [row.css("td")[0].text() for row in tree.css(".items tbody tr")] == [
        "✓ met",
        "✗ missing",
        "– not applicable",
        "? open",
    ]


def test_many_policies_are_closed_and_their_matrix_is_dense(many_policies_report: ValidationReport) -> None:
    tree = page(many_policies_report)
    assert len(tree.css(".policy")) == 120
    assert not tree.css(".policy[open]")
    assert len(tree.css(".matrix.dense tbody tr")) == 120
    labels = [each.attributes["aria-label"] for each in tree.css(".dense tbody tr")[0].css("td > *")]
    assert labels == ["met", "missing", "not applicable", "open"]
    assert len(tree.css("#filter-policy option")) == 121


def test_a_file_that_would_be_too_large_leaves_out_the_policies_with_the_fewest_errors(
    many_policies_report: ValidationReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = len(written(many_policies_report))
    monkeypatch.setattr("privagraph.shapes.reports.html._LARGEST", 60_000)
    tree = page(many_policies_report)
    shown = tree.css(".policy h3")
    assert shown[-1].text() == "worst.md"
    assert (
        f"{120 - len(shown)} policies with the fewest errors are counted above" in one(tree, ".notice").text()
    )
    assert len(tree.css("table.sortable tbody tr")) == 120
    assert len(tree.css(".matrix tbody tr")) == len(shown) < 20
    assert len(tree.html or "") < whole / 2


def test_a_link_to_a_finding_holds_while_the_policy_is_edited(one_policy_report: ValidationReport) -> None:
    (result,) = one_policy_report.policies
    moved = tuple(
        replace(
            found,
            evidence=tuple(replace(each, start=each.start + 7, end=each.end + 7) for each in found.evidence),
        )
        for found in result.findings
    )
    edited = replace(
        one_policy_report, policies=(replace(result, findings=moved, policy="https://example.org/2"),)
    )
    ids = [
        [each.attributes["id"] for each in page(made).css(".finding")] for made in (one_policy_report, edited)
    ]
    assert ids[0] == ids[1]


def test_findings_of_the_baseline_are_marked(one_policy_report: ValidationReport) -> None:
    mark = fingerprints(one_policy_report)[0][1]
    known = Baseline("known.json", {mark: BaselineEntry(mark, "care:clash", "harbour.html")})
    tree = page(one_policy_report, ReportContext(baseline=known))
    assert "1 of 9 findings known from known.json, 8 new." in one(tree, "header").text()
    messages = [each.text() for each in tree.css(".message")]
    assert [message.startswith("(known)") for message in messages] == [False, True, *[False] * 7]


def test_the_page_names_its_language_its_title_and_its_headings(hand_report: ValidationReport) -> None:
    tree = page(hand_report)
    assert one(tree, "html").attributes["lang"] == "en"
    assert one(tree, "title").text() == (
        "Validation report: 3 errors, 9 warnings, 0 infos; 5 policies checked, 4 have findings"
    )
    levels = [int(str(node.tag)[1]) for node in tree.css("h1, h2, h3, h4")]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(
        tree.css(f'label[for="{node.attributes["id"]}"]') for node in tree.css("input[type=search], select")
    )
    assert not tree.css("th:not([scope])")


def test_a_clean_report(clean_report: ValidationReport) -> None:
    tree = page(clean_report)
    assert not tree.css(".finding, #filters, #rules")
    assert "nothing found" in one(tree, ".policy > summary").text()
