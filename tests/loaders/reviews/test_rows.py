"""Rows: what people see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from privagraph.loaders.facts import MappedPolicy, Role
from privagraph.loaders.reviews.rows import COLUMNS, findings_of, row_of, versions_of


def cells(review: Any, words: str, kind: str = "") -> dict[str, str]:
    finding = review.finding(words, kind)
    return dict(
        zip(COLUMNS["mentions" if "mention/" in finding.name else "practices"], row_of(finding), strict=True)
    )


def test_a_row_shows_the_words_in_their_sentence(review: Any) -> None:
    row = cells(review, "café club")
    assert row["quote"] == "café club number"
    assert row["context"] == (
        "When you order, we collect your e-mail address and your »café club number« to deliver books."
    )
    assert (row["source"], row["role"], row["concept"], row["confidence"]) == (
        "lantern.html",
        "data_category",
        "",
        "0.55",
    )
    assert row["verdict"] == row["note"] == ""


def test_of_a_sentence_without_end_a_row_shows_what_is_near(policy_builder: Any, reviewing: Any) -> None:
    made = policy_builder("endless.txt")
    made.line(f"We collect {'this and that, ' * 400}your e-mail address{', and so on' * 400}.")
    made.mention("your e-mail address", Role.DATA_CATEGORY)
    context = cells(reviewing(made.build()), "your e-mail address")["context"]
    assert ", »your e-mail address«, and" in context
    assert len(context) < 1300


def test_a_row_of_a_practice_shows_its_arguments(review: Any) -> None:
    row = cells(review, "We do not sell")
    assert (row["processing"], row["polarity"]) == ("pg:Sell", "denied")
    assert row["arguments"] == "data_category: e-mail address; recipient: advertisers"


def test_what_was_decided_stands_in_the_row(review: Any) -> None:
    review.say("couriers", verdict="changed", new_role="source", new_concept="none", note="look: “it”")
    row = cells(review, "couriers")
    assert [row[name] for name in ("verdict", "new_role", "new_concept", "new_polarity", "note")] == [
        "changed",
        "source",
        "none",
        "",
        "look: “it”",
    ]
    assert row["role"] == "recipient", "what was found stays"


def test_policies_of_one_file_name_are_told_apart_by_name_and_date(
    sample_policy: MappedPolicy, other_policy: MappedPolicy, reviewing: Callable[[MappedPolicy], Any]
) -> None:
    def version(text: str, **dates: date | None) -> Any:
        return reviewing(
            replace(
                sample_policy,
                document=replace(sample_policy.document, text=sample_policy.document.text + text),
                facts=replace(sample_policy.facts, **dates),
            )
        ).policy

    other = reviewing(other_policy).policy
    old, new = version("", updated=None), version(" More.", updated=date(2025, 1, 2))
    bare = version(" And more.", updated=None, effective=None)
    assert versions_of([old, other]) == {}
    said = versions_of([old, new, bare, other])
    names = [each.iris.policy.rpartition("/")[2] for each in (old, new, bare)]
    assert list(said.values()) == [
        f"{names[0]}, effective 2024-03-01",
        f"{names[1]}, updated 2025-01-02",
        names[2],
    ]
    row = dict(zip(COLUMNS["mentions"], row_of(next(findings_of(new)), version="v"), strict=True))
    assert row["version"] == "v"
