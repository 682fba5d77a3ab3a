from __future__ import annotations

from typing import TYPE_CHECKING

from privagraph.ontology.layout import Layout
from privagraph.shapes.derivation.contradictions import clashes as module
from privagraph.shapes.derivation.contradictions.clashes import broken_promises

if TYPE_CHECKING:
    import pytest
    from conftest import Builder


def promise(built: Builder, number: int) -> None:
    built.says(
        f"In year {number} we share no data, and never your personal data.",
        "dpv:Share",
        denied=True,
        data_category="your personal data=dpv:PersonalData",
    )


def practice(built: Builder, number: int) -> None:
    built.says(
        f"In town {number} banks get your name.",
        "dpv:Share",
        data_category="your name=pd:Name",
        recipient="banks=dpv:ThirdParty",
    )


def test_the_surest_practice_is_named_and_the_others_are_counted(built: Builder) -> None:
    built.says("We never share data.", "dpv:Share", denied=True, data_category="data=dpv:PersonalData")
    built.says(
        "We may tell banks your age.",
        "dpv:Share",
        data_category="your age=pd:Age",
        recipient="banks=dpv:ThirdParty",
        modality="possible",
    )
    practice(built, 1)
    policy = built.policy()
    (found,) = broken_promises(policy, Layout(policy.text))
    assert policy.text[found.spans[1].start : found.spans[1].end] == "In town 1 banks get your name."
    assert found.note == "Another passage says the like."
    assert found.about == ("urn:practice:0", "urn:practice:2")


def test_the_cost_grows_with_the_text_and_not_with_its_square(
    built: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []
    compared = module.compared
    monkeypatch.setattr(module, "compared", lambda *pair: calls.append(1) or compared(*pair))
    for number in range(60):
        promise(built, number)
        practice(built, number)
    policy = built.policy()
    assert len(list(broken_promises(policy, Layout(policy.text)))) == 60
    assert len(calls) <= 60 * 4


def test_a_promise_over_and_over_is_compared_a_few_times(
    built: Builder, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[int] = []
    compared = module.compared
    monkeypatch.setattr(module, "compared", lambda *pair: calls.append(1) or compared(*pair))
    for number in range(20):
        built.says("We never share data.", "dpv:Share", denied=True, data_category="data=dpv:PersonalData")
        built.says(
            f"We tell bank {number} your age.",
            "dpv:Share",
            data_category="your age=pd:Age",
            recipient=f"bank {number}=dpv:ThirdParty",
        )
    policy = built.policy()
    (found,) = broken_promises(policy, Layout(policy.text))
    assert found.note == "19 other passages say the like."
    assert len(calls) <= 20 * 4
