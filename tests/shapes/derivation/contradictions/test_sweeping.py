from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from privagraph.ontology.layout import Layout
from privagraph.ontology.namespaces import expand
from privagraph.shapes.derivation.contradictions.sweeping import sweeping

if TYPE_CHECKING:
    from conftest import Builder


@pytest.mark.parametrize(
    ("sentence", "processing"),
    [
        ("Your data never leave your phone.", "dpv:Collect"),
        ("No personal data leaves your device.", "dpv:Collect"),
        ("All data stay only on your device.", "dpv:Collect"),
        ("The information that we ask for is not collected by us.", "dpv:Collect"),
        ("The only data that we collect is your score.", "dpv:Collect"),
        ("Third parties have no access to your data.", "dpv:Share"),
        ("No third party gets to see your personal data.", "dpv:Share"),
        ("Your data are not accessible to third parties.", "dpv:Share"),
        ("We do not use any third-party services.", "dpv:Share"),
    ],
)
def test_what_is_promised_sweepingly(built: Builder, sentence: str, processing: str) -> None:
    policy = built.says(sentence).policy()
    (found,) = sweeping(policy, Layout(policy.text))
    assert found.practice.processing == expand(processing)
    assert found.practice.quote == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "We do not use third-party cookies that follow you.",
        "The app does not contain third-party software for measuring.",
        "You never leave your phone at home.",
        "Only the data that we need are kept.",
        "Third parties have no duty to us.",
    ],
)
def test_what_is_no_sweeping_promise(built: Builder, sentence: str) -> None:
    policy = built.says(sentence).policy()
    assert list(sweeping(policy, Layout(policy.text))) == []


def test_what_the_graph_knows_is_not_read_again(built: Builder) -> None:
    said = "Your data=dpv:PersonalData"
    policy = built.says(
        "Your data never leave your phone.", "dpv:Collect", denied=True, data_category=said
    ).policy()
    assert list(sweeping(policy, Layout(policy.text))) == []


def test_the_only_data_are_left_out(built: Builder) -> None:
    said = "your score=pd:School"
    policy = built.says("The only data we collect is your score.", "dpv:Collect", data_category=said).policy()
    (found,) = sweeping(policy, Layout(policy.text))
    assert found.leaves == {expand("pd:School")}
