"""On which condition a verb holds, and how firmly it is stated, on sentences invented for these tests."""

from __future__ import annotations

from itertools import pairwise

import pytest

from privagraph.loaders.extraction.clauses import condition_of, modality_at
from privagraph.loaders.extraction.conditions import find_conditions
from privagraph.loaders.facts import Modality

# A sentence with the verb in square brackets, and the condition that limits it.
CONDITIONS = [
    # Fronted, with and without a comma.
    ("When you rent a boat we [collect] your name.", "When you rent a boat"),
    ("When you rent a boat, we [collect] your name.", "When you rent a boat"),
    ("If you ring us we [log] your number.", "If you ring us"),
    ("Once you join the club your name is [stored].", "Once you join the club"),
    (
        "Whenever you moor at our pier, the harbour master [records] the time.",
        "Whenever you moor at our pier",
    ),
    ("Where you have agreed to it, your photograph is [shown] to members.", "Where you have agreed to it"),
    ("Should you win a prize, we will [publish] your name.", "Should you win a prize"),
    ("In case of an accident, we [tell] your family.", "In case of an accident"),
    ("In the event of a storm, we [share] the crew list.", "In the event of a storm"),
    (
        "In the event that the pier is sold, we may [transfer] your file.",
        "In the event that the pier is sold",
    ),
    ("To the extent permitted by law, we [share] crew lists.", "To the extent permitted by law"),
    ("To the extent that the law allows it, we [share] crew lists.", "To the extent that the law allows it"),
    ("With your consent, we [send] you letters.", "With your consent"),
    ("With your explicit prior consent we [send] you letters.", "With your explicit prior consent"),
    ("Subject to your consent, we [send] you letters.", "Subject to your consent"),
    ("Upon your request, we [send] you letters.", "Upon your request"),
    ("As required by law, we [keep] receipts.", "As required by law"),
    ("Where required by law, we [keep] receipts.", "Where required by law"),
    ("Where applicable, we [keep] receipts.", "Where applicable"),
    ("If you are located in California, we [offer] a form.", "If you are located in California"),
    ("If you are a resident of Ruritania we [offer] a form.", "If you are a resident of Ruritania"),
    ("For residents of Ruritania, we [offer] a form.", "For residents of Ruritania"),
    ("For users located in Ruritania, we [offer] a form.", "For users located in Ruritania"),
    ("If you are in the EEA, we [rely] on consent.", "If you are in the EEA"),
    ("Depending on the boat, we [ask] for a licence.", "Depending on the boat"),
    ("Only if you agree do we [share] your log book.", "Only if you agree"),
    ("Only with your consent do we [share] your log book.", "Only with your consent"),
    ("Unless you object, we [send] you letters.", "Unless you object"),
    ("Until you object, we [send] you letters.", "Until you object"),
    ("For example, when you moor, we [record] the time.", "when you moor"),
    ("Please note that if you moor here, we [record] the time.", "if you moor here"),
    ("Mooring: if you moor here, we [record] the time.", "if you moor here"),
    ("In addition, where you pay by card, the bank [checks] it.", "where you pay by card"),
    ("(a) if you moor here, we [record] the time;", "if you moor here"),
    ("When using our pier, we [record] the time.", "When using our pier"),
    (
        "When you choose to moor, fish or swim here, we [record] the time.",
        "When you choose to moor, fish or swim here",
    ),
    ("If you fish, and if you agree, we [record] the catch.", "If you fish, and if you agree"),
    # Trailing.
    ("We [collect] your name when you rent a boat.", "when you rent a boat"),
    ("Your name is [collected] if you rent a boat.", "if you rent a boat"),
    ("We [share] crew lists only if a judge orders it.", "only if a judge orders it"),
    ("We [share] crew lists only with your consent.", "only with your consent"),
    (
        "We [share] crew lists where we are legally required to do so.",
        "where we are legally required to do so",
    ),
    ("We [share] crew lists when required by law.", "when required by law"),
    ("We [share] crew lists as required by law or a court order.", "as required by law or a court order"),
    ("We [share] crew lists to the extent necessary.", "to the extent necessary"),
    ("We [share] crew lists to the extent that the law allows it.", "to the extent that the law allows it"),
    ("We [share] crew lists provided that you have agreed.", "provided that you have agreed"),
    ("We [share] crew lists in the event of a storm.", "in the event of a storm"),
    ("We [share] crew lists in the case of a storm.", "in the case of a storm"),
    ("We [share] crew lists subject to your prior consent.", "subject to your prior consent"),
    ("We [share] crew lists unless you tell us not to.", "unless you tell us not to"),
    ("We [share] crew lists at your request.", "at your request"),
    ("We [share] crew lists at your direction.", "at your direction"),
    ("We [share] crew lists with the consent of their parents.", "with the consent of their parents"),
    ("We [share] pupils' names with verifiable parental consent.", "with verifiable parental consent"),
    ("We [share] crew lists upon receipt of a subpoena.", "upon receipt of a subpoena"),
    ("We [share] crew lists as long as you agree.", "as long as you agree"),
    ("We [share] crew lists after obtaining your consent.", "after obtaining your consent"),
    ("We do not [share] crew lists except as required by law.", "except as required by law"),
    ("We do not [share] crew lists except where you have agreed.", "except where you have agreed"),
    ("We do not [share] crew lists other than with the coast guard.", "other than with the coast guard"),
    ("We do not [share] crew lists until you have agreed.", "until you have agreed"),
    (
        "We do not [share] crew lists without your express written permission.",
        "without your express written permission",
    ),
    ("We do not [share] crew lists without first asking you.", "without first asking you"),
    ("We do not [share] crew lists with anyone but the coast guard.", "but the coast guard"),
    # In the middle, and in brackets.
    ("We may, if you agree, [share] crew lists.", "if you agree"),
    ("We may, with your consent, [share] crew lists.", "with your consent"),
    ("We [share] crew lists (if you agree) with the club.", "if you agree"),
    ("We [share] crew lists (with your consent) with the club.", "with your consent"),
    ("We [share], where necessary, crew lists with the club.", "where necessary"),
    ("We will not, without your consent, [share] crew lists.", "without your consent"),
    # Conditions of another clause, and what is none.
    ("We [keep] crew lists, and if you ask us we erase them.", None),
    ("We do not [sell] crew lists and if we learn of a sale, we will stop it.", None),
    ("We [keep] crew lists. If you ask us, we erase them.", None),
    ("We [keep] crew lists; if you ask us, we erase them.", None),
    ("We [ask] whether you can swim.", None),
    ("We [know] when you moor.", None),
    ("We [record] where you moor.", None),
    ("We [note] the place where you moored.", None),
    ("We [check] if the boat is yours.", None),
    ("We [keep] crew lists in harbours where we have offices.", None),
    ("We [keep] crew lists as long as necessary.", None),
]

# A sentence with the verb in square brackets, and how firmly it is stated.
MODALITIES = [
    ("We [collect] your name.", "asserted"),
    ("We do [collect] your name.", "asserted"),
    ("We will [collect] your name.", "asserted"),
    ("We shall [collect] your name.", "asserted"),
    ("We always [collect] your name.", "asserted"),
    ("Your name is [collected].", "asserted"),
    ("Your name will be [collected].", "asserted"),
    ("We [collect] the name that you may use on board.", "asserted"),
    ("You may moor here, and we [collect] your name.", "asserted"),
    ("If you may moor here, we [collect] your name.", "asserted"),
    ("We may call you; we [log] the call.", "asserted"),
    ("We [collect] data that might tell who you are.", "asserted"),
    ("We may [collect] your name.", "possible"),
    ("We might [collect] your name.", "possible"),
    ("We can [collect] your name.", "possible"),
    ("We could also [collect] your name.", "possible"),
    ("We may from time to time [collect] your name.", "possible"),
    ("From time to time we [collect] your name.", "possible"),
    ("We sometimes [collect] your name.", "possible"),
    ("We occasionally [collect] your name.", "possible"),
    ("In some cases, we [collect] your name.", "possible"),
    ("In certain circumstances we [collect] your name.", "possible"),
    ("Your name may be [collected].", "possible"),
    ("Your name may also be [collected] and [stored] by us.", "possible"),
    ("We may collect, store and [share] your name.", "possible"),
    ("We reserve the right to [collect] your name.", "possible"),
    ("We have the right to [collect] your name.", "possible"),
    ("We are entitled to [collect] your name.", "possible"),
    ("We are allowed to [collect] your name.", "possible"),
    ("We may be required to [disclose] your name.", "possible"),
    ("We may have to [disclose] your name.", "possible"),
    ("It is possible that we [disclose] your name.", "possible"),
    ("It may be necessary to [disclose] your name.", "possible"),
    ("We typically [collect] your name.", "asserted"),
    ("We generally [collect] your name.", "asserted"),
    ("We must [disclose] your name.", "required"),
    ("We are required to [disclose] your name.", "required"),
    ("We are legally required to [disclose] your name.", "required"),
    ("We are obliged to [disclose] your name.", "required"),
    ("We are under a duty to [disclose] your name.", "required"),
    ("We have an obligation to [disclose] your name.", "required"),
    ("We have to [disclose] your name.", "required"),
    ("We need to [collect] your name.", "required"),
    ("The law requires us to [disclose] your name.", "required"),
    ("A court can compel us to [disclose] your name.", "possible"),
    ("Your name must be [collected].", "required"),
]


def _marked(marked: str) -> tuple[str, int, int]:
    """The sentence without its brackets, and the place of the last bracket."""
    start = end = 0
    while "[" in marked:
        start = marked.index("[")
        end = marked.index("]") - 1
        marked = marked.replace("[", "", 1).replace("]", "", 1)
    return marked, start, end


@pytest.mark.parametrize(("marked", "condition"), CONDITIONS)
def test_the_condition_of_a_verb(marked: str, condition: str | None) -> None:
    text, start, end = _marked(marked)
    found = condition_of(text, 0, len(text), start, end)
    assert (None if found is None else text[slice(*found)]) == condition


@pytest.mark.parametrize(("marked", "modality"), MODALITIES)
def test_how_firmly_a_verb_is_stated(marked: str, modality: str) -> None:
    text, start, end = _marked(marked)
    assert modality_at(text, 0, len(text), start, end) is Modality(modality)


def test_conditions_do_not_overlap_and_come_in_order() -> None:
    text = "If you moor, and unless you object, we may, with your consent, log it, except where the law forbids it."
    found = find_conditions(text)
    assert len(found) >= 3
    assert all(before.end <= after.start for before, after in pairwise(found))
