from __future__ import annotations

import pytest

from privagraph.loaders.extraction.passages import passages
from privagraph.loaders.extraction.retention import find_retention
from privagraph.loaders.extraction.sentences import sentences
from privagraph.loaders.extraction.statements import find_statements
from privagraph.loaders.facts import Role


def run(finder, document, *lines):
    made = document(*lines)
    return [
        (m, made.text[m.start : m.end])
        for passage in passages(made, sentences(made))
        for m in finder(passage)
    ]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("We do not knowingly collect data from children under 13.", Role.CHILD_RULE),
        ("We ask a parent for consent before a child registers.", Role.CHILD_RULE),
        ("You must be 14 or older to fly with us.", Role.CHILD_RULE),
        ("Only people who are sixteen years old or over may register.", Role.CHILD_RULE),
        ("The app may be used by people aged 16 or over.", Role.CHILD_RULE),
        ("Anyone 13 and above may register.", Role.CHILD_RULE),
        ("We may change this privacy notice at any time.", Role.POLICY_CHANGE),
        ("When this statement is updated, we will post the new one.", Role.POLICY_CHANGE),
        ("We do not respond to Do Not Track signals.", Role.DNT),
        ("In case of a data breach we will notify you within 72 hours.", Role.BREACH_NOTICE),
        (
            "If you do not provide this information, you may not be able to use the app.",
            Role.MANDATORY_PROVISION,
        ),
        ("Providing your e-mail address is mandatory information.", Role.MANDATORY_PROVISION),
        ("We do not use automated decision-making.", Role.AUTOMATED_DECISION),
        ("We act as a data processor for the school.", Role.PROCESSOR_ROLE),
        ("We process student records on behalf of schools.", Role.PROCESSOR_ROLE),
        ("This notice applies to users in Canada.", Role.JURISDICTION),
    ],
)
def test_what_a_sentence_states(document, line, role):
    assert role in {mention.role for mention, _ in run(find_statements, document, line)}


@pytest.mark.parametrize(
    "line",
    [
        "We collect your name.",
        "Last updated: 5 May 2021",
        "Our minor changes to the app's colours were well received.",
        "Tracking is off.",
    ],
)
def test_nothing_is_stated(document, line):
    assert [
        (m.role, words) for m, words in run(find_statements, document, line) if m.role is not Role.CHILD_RULE
    ] == []


@pytest.mark.parametrize(
    "line",
    [
        "A family discount is provided for groups of 16 or over.",
        "We use parcels of 12 or above.",
        "Orders of 15 or over are provided free.",
    ],
)
def test_a_number_that_is_no_age(document, line):
    assert run(find_statements, document, line) == []


@pytest.mark.parametrize(
    ("line", "value", "concept"),
    [
        ("We keep your data for 24 months after your last login.", "P24M", "TemporalDuration"),
        ("Logs are deleted after thirty (30) days.", "P30D", "TemporalDuration"),
        ("We retain data for as long as your account is open.", None, "UntilEventDuration"),
        ("We store your photos until you delete them.", None, "UntilEventDuration"),
        ("We will keep it indefinitely.", None, "IndeterminateDuration"),
    ],
)
def test_a_retention_period(document, line, value, concept):
    ((mention, words),) = run(find_retention, document, line)
    assert (mention.value, (mention.concept or "").rpartition("#")[2]) == (value, concept)
    assert words in line


@pytest.mark.parametrize(
    "line",
    [
        "We respond to each request within 30 days.",
        "You must be 13 years of age.",
        "You may delete your account at any time.",
        "Children under 16 years of age may not store photos here.",
    ],
)
def test_no_retention_period(document, line):
    assert run(find_retention, document, line) == []
