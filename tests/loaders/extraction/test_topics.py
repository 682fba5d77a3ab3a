from __future__ import annotations

import pytest

from privagraph.loaders.extraction.passages import Topic, passages, topics_of
from privagraph.loaders.extraction.sentences import sentences


@pytest.mark.parametrize(
    ("heading", "topic"),
    [
        ("What information do we collect?", Topic.COLLECTION),
        ("How we use your data", Topic.USE),
        ("With whom do we share it?", Topic.SHARING),
        ("How long do you keep my records?", Topic.RETENTION),
        ("Your rights", Topic.RIGHTS),
        ("Security", Topic.SECURITY),
        ("Children under 13", Topic.CHILDREN),
        ("International transfers", Topic.TRANSFER),
        ("Cookies and similar technologies", Topic.TRACKING),
        ("Contact us", Topic.CONTACT),
        ("Changes to this policy", Topic.CHANGES),
        ("Links to other websites", Topic.LINKS),
        ("Definitions", Topic.DEFINITIONS),
        ("Legal bases", Topic.LEGAL_BASIS),
    ],
)
def test_topic_of_a_heading(heading, topic):
    assert topic in topics_of(heading)


def test_a_heading_about_nothing_has_no_topic():
    assert topics_of("Welcome") == frozenset()


def test_a_passage_carries_heading_and_intro(document):
    made = document(
        "# How we use your data", "We use it for these purposes:", "- to bill you", "- to help you"
    )
    found = passages(made, sentences(made))
    assert [p.intro for p in found] == [
        "",
        "",
        "We use it for these purposes:",
        "We use it for these purposes:",
    ]
    assert {p.heading for p in found} == {"How we use your data"}
    assert all(Topic.USE in p.topics for p in found)


def test_a_topic_is_inherited_through_a_heading_without_one(document):
    from dataclasses import replace

    made = document("# How long we keep data", "# Invoices", "Ten years.")
    nested = replace(
        made, blocks=(made.blocks[0], replace(made.blocks[1], heading=0, level=2), made.blocks[2])
    )
    last = passages(nested, sentences(nested))[-1]
    assert last.heading == "How long we keep data"
