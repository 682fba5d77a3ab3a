"""The page: every link leads somewhere, nothing is loaded, and what a policy says never becomes markup."""

from __future__ import annotations

import re
from typing import Any

from lxml import html
from markupsafe import escape

from privagraph.queries.store import GraphStore
from privagraph.report import Report
from privagraph.report.gathering import gathered
from privagraph.report.html import html_pieces


def ids(page: Any) -> list[str]:
    return [str(each) for each in page.xpath("//@id")]


def words_at(page: Any, target: str) -> str:
    """The passage that an anchor stands in."""
    (found,) = page.xpath(f"//*[@id='{target}']/ancestor-or-self::li[parent::ol]")
    return " ".join(found.xpath(".//blockquote")[0].text_content().split())


def test_every_link_inside_the_page_leads_to_one_place(page: Any, single: Report) -> None:
    for each in (page, html.fromstring("".join(html_pieces(single)))):
        known = ids(each)
        assert len(known) == len(set(known))
        links = {str(link)[1:] for link in each.xpath("//a/@href") if link.startswith("#")}
        assert links - set(known) == set()
        assert len(links) > 50


def test_links_lead_somewhere_where_policies_are_counted_alone(
    report_store: GraphStore, report: Report
) -> None:
    small = gathered(report_store, [each.iri for each in report.policies], None, room=1)
    page = html.fromstring("".join(html_pieces(small)))
    links = {str(link)[1:] for link in page.xpath("//a/@href") if link.startswith("#")}
    assert links - set(ids(page)) == set()
    assert len(page.xpath("//section[@class='policy']")) == 1
    assert "2 policies of 3 are counted here" in " ".join(page.text_content().split())


def test_the_page_loads_nothing_and_runs_its_own_script_alone(page: Any) -> None:
    assert page.xpath("//*[@src]") == []
    assert [str(each) for each in page.xpath("//link/@href")] == ["data:,"]
    assert page.xpath("//@style") == []
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert len(page.xpath("//script")) == len(page.xpath("//style")) == 1


def test_what_a_policy_says_never_becomes_markup(page: Any, report: Report) -> None:
    text = "".join(html_pieces(report))
    assert text.count("<script") == 1
    assert not re.search(r"<(img|u>|b>evil|i>more)", text)
    assert str(escape("<img src=x onerror=alert(1)> | Partners")) in text
    for element in page.iter():
        assert not any(str(name).startswith("on") for name in element.attrib)
    assert not [link for link in page.xpath("//a/@href") if link.startswith("javascript")]


def test_words_keep_their_direction_to_themselves(page: Any) -> None:
    (passage,) = {each for each in page.xpath("//ol//blockquote") if "עברית" in each.text_content()}
    assert passage.get("dir") == "auto"
    assert "👩‍👩‍👧‍👦 photos" in passage.text_content()


def test_key_figures_are_links(page: Any, report: Report) -> None:
    figures = page.xpath("//ul[contains(@class, 'figures')]/li/a")
    shown = {each.xpath("./span")[0].text: each.xpath("./b")[0].text for each in figures}
    assert shown["policies"] == "3"
    assert shown["statements of what is done"] == str(report.totals.practices)
    assert shown["errors found"] == str(report.totals.severities["error"])


def test_a_cell_of_the_matrix_leads_to_its_sentence(page: Any) -> None:
    (row,) = [
        each
        for each in page.xpath("//table[@class='matrix']/tbody/tr")
        if "Postal" not in each.text_content() and "Email address" in each.xpath("./th")[0].text_content()
    ]
    link = row.xpath("./td//a[@class='ref']")[0]
    assert words_at(page, link.get("href")[1:]).startswith("When you order, we collect your e-mail address")


def test_denials_stand_apart_from_what_is_done(page: Any, report: Report) -> None:
    (policy,) = [each for each in report.policies if each.file == "lantern.html"]
    cards = page.xpath(f"//h3[@id='{policy.id}-denials']/following-sibling::ul[1]/li")
    assert [card.xpath("./blockquote")[0].text for card in cards] == [
        "We do not sell your e-mail address to advertisers."
    ]
    done = page.xpath(f"//section[@id='{policy.id}']//table[contains(@class, 'ledger') or @class='matrix']")
    assert done
    assert not any("Sell" in each.text_content() for each in done)


def test_concepts_are_explained_once(page: Any) -> None:
    entry = page.xpath("//div[@id='concept-pd-EmailAddress']")
    assert len(entry) == 1
    assert "Email" in entry[0].xpath("./dt")[0].text
    assert entry[0].xpath(".//a[@href='https://w3id.org/dpv/pd#EmailAddress']")
    assert "pd:EmailAddress" not in page.xpath("//section[@class='policy']")[0].text_content()


def test_findings_lead_to_a_remedy_and_to_words(page: Any, report: Report) -> None:
    groups = page.xpath("//div[contains(@class, 'finding')]")
    assert len(groups) == sum(len(each.findings) for each in report.policies)
    assert all("What to do" in each.text_content() for each in groups)
    assert any(each.xpath(".//a[@class='ref']") for each in groups)


def test_a_passage_says_what_was_read_from_it(page: Any) -> None:
    (passage,) = [each for each in page.xpath("//ol/li") if "Switzerland" in each.text_content()][:1]
    said = " ".join(passage.text_content().split())
    for part in (
        "Disclose affirmed",
        "couriers Third parties",
        "recipient",
        "Switzerland Switzerland",
        "90 %",
    ):
        assert part in said, said
    assert re.search(r"characters \d+–\d+", said)


def test_the_same_report_has_the_same_bytes(report: Report) -> None:
    assert "".join(html_pieces(report)) == "".join(html_pieces(report))


def test_one_policy_has_no_comparison_and_says_that_nothing_was_checked(single: Report) -> None:
    page = html.fromstring("".join(html_pieces(single)))
    assert page.xpath("//*[@id='compare']") == []
    assert "no rules were checked" in page.text_content()
    assert page.xpath("//*[contains(@id, '-findings')]") == []
    assert {"practices", "denials", "recipients", "places", "kept", "rights", "clashes", "words"} <= {
        each.rpartition("-")[2] for each in ids(page)
    }
