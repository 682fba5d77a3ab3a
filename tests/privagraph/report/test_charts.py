"""The pictures of a report: what flows where, and which recipients policies share."""

from __future__ import annotations

import pytest

from privagraph.report import Report
from privagraph.report.flows import Strand, flow_chart
from privagraph.report.shared import shared_chart
from privagraph.report.values import Recipient, Ref, Thing


def strand(data: str, purpose: str, recipient: str, number: int) -> Strand:
    return Strand((data, purpose, recipient), 1.0, f"practice-{number}", Ref(str(number), f"p-{number}"))


def test_every_band_and_bar_leads_to_a_row_with_words(report: Report) -> None:
    for chart in (report.chart, *(each.chart for each in report.policies)):
        assert chart is not None
        rows = {row.id: row for row in chart.rows}
        for shape in (*chart.nodes, *chart.links):
            assert rows[shape.target].refs
        assert len(rows) == len(chart.links)


def test_what_a_policy_denies_does_not_flow(report: Report) -> None:
    (merle,) = [each for each in report.policies if each.file == "merle.txt"]
    assert merle.chart is not None
    assert not any("Google" in node.full for node in merle.chart.nodes)


def test_small_flows_become_other_and_are_named_below() -> None:
    found = [strand(f"data {number:02}", "one purpose", "one recipient", number) for number in range(14)]
    chart = flow_chart([*found, strand("data 00", "one purpose", "one recipient", 99)], name="f", title="t")
    assert chart is not None
    left = [node.full for node in chart.nodes if node.anchor == "end"]
    assert len(left) == 9
    assert "Other data: 6 statements" in left
    assert "data 00: 2 statements" in left
    assert chart.notes[0].startswith("“Other data” stands for 6: data 08, data 09")


def test_no_strands_make_no_picture() -> None:
    assert flow_chart([], name="f", title="t") is None


def recipient(label: str, *, named: bool = True) -> Recipient:
    return Recipient(Thing(label, "", (Ref("1", f"words-{label}"),)), (), named, (), (), ())


def test_only_recipients_of_several_policies_are_drawn() -> None:
    chart = shared_chart(
        [
            (
                "p1",
                "One",
                [recipient("Stork Post"), recipient("Only One"), recipient("Couriers", named=False)],
            ),
            ("p2", "Two", [recipient("Stork Post"), recipient("Couriers", named=False)]),
            ("p3", "Three", []),
        ]
    )
    assert chart is not None
    assert [row.cells for row in chart.rows] == [
        ("Stork Post", "organisation", "One, Two"),
        ("Couriers", "kind of recipient", "One, Two"),
    ]
    assert [node.full for node in chart.nodes if node.anchor == "end"] == ["One: 2 shared", "Two: 2 shared"]
    assert {link.target for link in chart.links} == {"words-Stork Post", "words-Couriers"}


@pytest.mark.parametrize("policies", [[], [("p1", "One", [recipient("Stork Post")])]])
def test_nothing_shared_is_no_picture(policies: list[tuple[str, str, list[Recipient]]]) -> None:
    assert shared_chart(policies) is None


def test_many_recipients_and_policies_are_capped_with_a_note() -> None:
    chart = shared_chart(
        [
            (f"p{number}", f"Policy {number}", [recipient(f"R{each:02}") for each in range(40)])
            for number in range(30)
        ]
    )
    assert chart is not None
    assert len(chart.rows) == 28
    assert chart.notes[0] == "12 more recipients that policies share are not drawn."
    assert "24 policies" in chart.notes[1]
