"""What a report gathers from a graph."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from privagraph.errors import GraphError
from privagraph.loaders.extraction import LexiconExtractor
from privagraph.mapping import map_policies
from privagraph.queries.answers import run
from privagraph.queries.catalogue import load
from privagraph.queries.store import GraphStore
from privagraph.report import PolicyPart, Report, report_on
from privagraph.report.gathering import gathered


def part(report: Report, file: str) -> PolicyPart:
    (found,) = [each for each in report.policies if each.file == file]
    return found


def kinds_of_data(policy: PolicyPart) -> set[str]:
    """The concepts of data that the policy's statements name."""
    deeds = [deed for ledger in policy.ledgers for deed in ledger.deeds]
    return {each.concept for deed in deeds for each in deed.data if each.concept}


def test_the_card_says_who_when_and_which_file(report: Report) -> None:
    card = {line.term: line for line in part(report, "lantern.html").card}
    assert card["Whose policy"].things[0].label == "Lantern Books Ltd"
    assert card["Contact"].things[0].label == "privacy@lantern.example"
    assert [each.label for each in card["Data protection officer"].things] == [
        "data protection officer",
        "dpo@lantern.example",
    ]
    assert card["In force from"].things[0].label == "1 March 2024"
    assert card["In force from"].things[0].refs[0].words.startswith("In force since 1 March 2024")
    assert card["Language"].things[0].label == "English (en)"
    assert card["Hash of the text"].things[0].label.startswith("sha256:")


def test_statements_have_data_purposes_recipients_and_conditions(report: Report) -> None:
    deeds = {each.ref.words: each for ledger in part(report, "merle.txt").ledgers for each in ledger.deeds}
    (deed,) = [each for words, each in deeds.items() if "authorities" in words]
    assert (deed.verb.label, deed.modality) == ("Disclose", "required")
    assert [each.label for each in deed.data] == ["records"]
    assert [each.label for each in deed.recipients] == ["Authority"]
    assert deed.condition == "where the law of the canton demands it"
    assert dict(deed.more)["legal basis"][0].label == "Legal obligation"


def test_recipients_transfers_retention_and_rights(report: Report) -> None:
    lantern = part(report, "lantern.html")
    named = [each for each in lantern.recipients if each.named]
    assert [each.thing.label for each in named] == ["Google Analytics"]
    assert [each.label for each in named[0].data] == ["Browsing behaviour"]
    assert [each.label for each in named[0].verbs] == ["may use"]
    (place,) = lantern.places
    assert (place.thing.label, place.outside, place.is_country) == ("Switzerland", True, True)
    assert place.safeguards
    assert place.data[0].label == "Physical address"
    (period,) = lantern.kept
    assert (period.how_long, period.words) == ("10 years", "ten years")
    assert [each.thing.label for each in lantern.rights] == ["Right of Access"]


def test_who_only_is_denied_data_is_no_recipient(report: Report) -> None:
    merle = part(report, "merle.txt")
    assert "Google Analytics" not in [each.thing.label for each in merle.recipients]
    assert [each.words for each in merle.denials] == [
        "Naïve as it sounds, we share nothing with Google Analytics."
    ]


def test_phrases_without_a_concept_are_counted_and_lead_to_their_words(report: Report) -> None:
    merle = part(report, "merle.txt")
    assert [(each.phrase, each.role, len(each.refs)) for each in merle.unfitted] == [
        ("records", "data category", 1)
    ]
    assert merle.numbers.unfitted == 1


def test_totals_count_what_several_name_once(report_store: GraphStore, report: Report) -> None:
    assert report.totals.practices == sum(each.numbers.practices for each in report.policies)
    kinds = {concept for policy in report.policies for concept in kinds_of_data(policy)}
    assert report.totals.data == len(kinds)
    twice = gathered(report_store, [each.iri for each in report.policies] * 2, None).totals
    assert (twice.data, twice.named) == (report.totals.data, report.totals.named)
    assert twice.practices == 2 * report.totals.practices
    assert report.totals.named == len(
        {each.thing.label for policy in report.policies for each in policy.recipients if each.named}
    )


def test_anchors_are_made_of_content_and_stay_the_same(report: Report, single: Report) -> None:
    lantern = part(report, "lantern.html")
    assert lantern.id == single.policies[0].id == f"p{lantern.iri.rpartition('/')[2][:8]}"
    assert {each.id for each in single.policies[0].passages} <= {each.id for each in lantern.passages}


def test_policies_that_do_not_fit_are_counted_alone(report_store: GraphStore, report: Report) -> None:
    iris = [each.iri for each in report.policies]
    small = gathered(report_store, iris, None, room=1)
    assert [each.is_shown for each in small.policies] == [True, False, False]
    assert [each.numbers.practices for each in small.policies] == [
        each.numbers.practices for each in report.policies
    ]
    assert small.chart is not None
    assert report.chart is not None
    assert [row.number for row in small.chart.rows] == [row.number for row in report.chart.rows]
    assert all(ref.target for row in small.chart.rows for ref in row.refs)


def test_more_than_twenty_policies_are_counted_instead_of_laid_side_by_side(
    report_store: GraphStore, report: Report
) -> None:
    many = gathered(report_store, [each.iri for each in report.policies] * 7, None)
    assert many.sides is None
    bars = {name: found for name, found, _ in many.bars}
    contact = next(each for each in bars["Personal data"] if each.label == "Contact details")
    assert contact.stated == 7
    assert contact.share == 33
    assert contact.refs


def test_an_empty_graph_is_no_report() -> None:
    with GraphStore.in_memory() as store, pytest.raises(GraphError, match="holds no policy to report on"):
        report_on(store)


def test_it_is_told_when_a_policy_was_collected(tmp_path: Path) -> None:
    record = {
        "id": "mill",
        "text": "Privacy Policy of Mill Ltd. We collect your e-mail address to send you our newsletter.",
        "date": "2021-07-03",
    }
    (tmp_path / "crawl.jsonl").write_text(json.dumps(record) + "\n")
    map_policies([tmp_path / "crawl.jsonl"], tmp_path / "graph", extractor=LexiconExtractor())
    with GraphStore.open(tmp_path / "graph") as store:
        (row,) = run(store, load("provenance"))
        (policy,) = report_on(store, profiles=[]).policies
    assert row["collected"] == date(2021, 7, 3)
    (file,) = [line for line in policy.card if line.term == "File"]
    assert file.things[0].note == "text/plain, collected 2021-07-03"
