"""Denied practices: pronouns, elided subjects and turned-round clauses, on sentences invented for these tests.

Data stands in square brackets with its role, as :func:`conftest.read` takes it; a case lists the denied practices that
its lines state, and nothing else that is denied.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

Stated = Callable[..., list[str]]

LETTERS = "[your letters|data]"

DENIED = [
    # A pronoun object after another verb of the same sentence.
    ("We look after {} and never share it with [anyone|to].", ["not Share: {}; to anyone"]),
    ("We take good care of {} but never trade them.", ["not Sell: {}"]),
    ("We guard {} and never ever publish them.", ["not Disseminate: {}"]),
    ("We guard {} and do not sell or rent them.", ["not Sell: {}"]),
    ("We print {} and will not, under any circumstances, sell them.", ["not Sell: {}"]),
    ("We print {} without sharing them with [museums|to].", ["not Share: {}; to museums"]),
    ("We keep {} and promise not to sell them.", ["not Sell: {}"]),
    ("We keep {} and have no intention of selling them.", ["not Sell: {}"]),
    ("Although we keep {}, we do not share them.", ["not Share: {}"]),
    ("We keep {}, but they're never shared.", ["not Share: {}"]),
    ("We keep {}, and they won't be sold.", ["not Sell: {}"]),
    ("We look at {} once; after that they are not passed to [anyone|to].", ["not Share: {}; to anyone"]),
    # A pronoun in a sentence of its own.
    ("We keep {}. We never sell them.", ["not Sell: {}"]),
    ("We keep {}. They are not passed on.", ["not Share: {}"]),
    ("We keep {}. They aren't passed on.", ["not Share: {}"]),
    ("We keep {}. They're never sold.", ["not Sell: {}"]),
    ("We keep {}. None of this is shared with [anyone|to].", ["not Share: {}; to anyone"]),
    ("We keep {}. Not one of them is sold.", ["not Sell: {}"]),
    ("We keep {}. Nor do we sell them.", ["not Sell: {}"]),
    ("We keep {}. Neither are they sold.", ["not Sell: {}"]),
    ("We keep {}. At no time are they sold.", ["not Sell: {}"]),
    ("We keep {}. Under no circumstances will these be sold.", ["not Sell: {}"]),
    ("We keep {}. Be assured that they will not be sold.", ["not Sell: {}"]),
    ("We keep {}. We promise that we will never sell them.", ["not Sell: {}"]),
    ("We keep {}. They are yours. We never sell them.", ["not Sell: {}"]),
    # A relative clause, or words in brackets, beside the data.
    ("We keep {}, which are never sold.", ["not Sell: {}"]),
    ("We keep {}, which we never sell.", ["not Sell: {}"]),
    ("We keep {} (which we never sell).", ["not Sell: {}"]),
    ("We keep {} (never sold).", ["not Sell: {}"]),
    ("We keep {} (these are not shared with [anyone|to]).", ["not Share: {}; to anyone"]),
    ("We keep {} – never sold, never lent.", ["not Sell: {}", "not Share: {}"]),
    ("We keep {}, none of which is sold.", ["not Sell: {}"]),
    (
        "We keep [your name|data] and [your age|data], neither of which is shared.",
        ["not Share: your name, your age"],
    ),
    ("We keep [your name|data] and [your age|data], which we never sell.", ["not Sell: your name, your age"]),
    ("[Your name|data], which will never be sold, is kept by us.", ["not Sell: Your name"]),
    (
        "[Your name|data], never shared with [anyone|to], is kept in a safe.",
        ["not Share: Your name; to anyone"],
    ),
    # Passives: contracted, turned round, without a receiver, with an elided subject.
    ("[Your age|data] isn't sold.", ["not Sell: Your age"]),
    ("[Your letters|data] aren't shared with [museums|to].", ["not Share: Your letters; to museums"]),
    ("In no case is [your age|data] disclosed to [museums|to].", ["not Disclose: your age; to museums"]),
    ("At no point are {} copied or given to [anyone|to].", ["not Share: {}; to anyone"]),
    ("Never will [your age|data] be sold.", ["not Sell: your age"]),
    ("[Your age|data] is shared with no one.", ["not Share: Your age"]),
    ("[Your age|data] is given to nobody.", ["not Share: Your age"]),
    ("[Your age|data] is sold to no third party.", ["not Sell: Your age"]),
    ("[Your age|data] is kept private and is not sold.", ["not Sell: Your age"]),
    ("[Your letters|data] are ours to guard and are never sold.", ["not Sell: Your letters"]),
    (
        "[Your age|data] shall not be disclosed, nor shall it be sold.",
        ["not Disclose: Your age", "not Sell: Your age"],
    ),
    (
        "[Your letters|data] are safe here - they will not be handed to [museums|to].",
        ["not Share: Your letters; to museums"],
    ),
    ("The [letters|data] that we keep are never sold.", ["not Sell: letters"]),
    ("[Letters|data] that we receive from [schools|from] are never sold.", ["not Sell: Letters"]),
    ("We haven't sold {} in the past year.", ["not Sell: {}"]),
    # Further words for handing over.
    ("We do not lend {} to [museums|to].", ["not Share: {}; to museums"]),
    ("We do not hand over {} to [museums|to].", ["not Share: {}; to museums"]),
    ("We do not hand {} over to [museums|to].", ["not Share: {}; to museums"]),
    ("We will never turn {} over to [museums|to].", ["not Share: {}; to museums"]),
    ("[Your letters|data] are not for sale.", ["not Sell: Your letters"]),
    # Nouns, and what others are not let to do.
    ("The sale of {} does not take place.", ["not Sell: {}"]),
    ("Disclosure of {} to [museums|to] does not take place.", ["not Disclose: {}; to museums"]),
    ("We do not engage in the sale of {}.", ["not Sell: {}"]),
    ("We do not allow [museums|to] to access {}.", ["not Access: {}; to museums"]),
    ("We do not permit [advertisers|to] to collect {}.", ["not Collect by others: {}; to advertisers"]),
    ("[Museums|to] have no access to {}.", ["not Access by others: {}; to Museums"]),
    # One half of a sentence is denied.
    (
        "We do not sell [your age|data] and [your name|data] is shared with [museums|to].",
        ["not Sell: your age"],
    ),
    ("We do not sell [your age|data] and your name is shared with [museums|to].", ["not Sell: your age"]),
    ("We collect [your age|data] and [your name|data] is never sold.", ["not Sell: your name"]),
    ("We do not sell [your age|data], we share it with [museums|to] only.", ["not Sell: your age"]),
    (
        "We do not collect [your age|data] and if we learn that we did, we will erase [your age|data].",
        ["not Collect: your age"],
    ),
    (
        "We do not knowingly keep [letters of children|data], and if we find one, we will delete [it|data].",
        ["not Store: letters of children"],
    ),
]

NOT_DENIED = [
    "Never share [your password|data] with [anyone|to].",
    "Keep [your password|data] safe and never share it.",
    "Keep [your password|data] safe and do not share it with [anyone|to].",
    "Always guard [your key|data] and never lend it.",
    "You should keep [your password|data] safe and never share it with [anyone|to].",
    "Please guard [your key|data] and never hand it over.",
    "If you never share [your photos|data], we cannot print them.",
    "Do you sell [my letters|data]?",
    "Our partners promise that they never sell [your letters|data].",
    "We work with [museums|to], who do not sell [your letters|data].",
    "[Museums|to] are not allowed to use [your letters|data].",
    "We are not responsible if [museums|to] sell [your letters|data].",
    "We cannot promise that [your letters|data] are never disclosed.",
    "You can ask us not to sell [your letters|data].",
    "You have the right to tell us not to share [your letters|data].",
    "Not only do we keep [your letters|data], we also share them with [museums|to].",
    "There is no need to give us [your name|data].",
    "We do not need [your name|data] to [seat you|for].",
    "We are not liable for disclosure of [your letters|data].",
    "We are not in any way responsible for the disclosure of [your letters|data] by [museums|to].",
]

STATED = {
    "a modal stays in its relative clause": (
        "[Your name|data], which may be shared with [museums|to], is kept.",
        ["may Share: Your name; to museums", "Store: Your name"],
    ),
    "a duty stays in its relative clause": (
        "[Your name|data], which must be shared with [museums|to], is kept.",
        ["must Share: Your name; to museums", "Store: Your name"],
    ),
    "a denial beside the data": (
        "[Your name|data], never shared with [anyone|to], is kept.",
        ["not Share: Your name; to anyone", "Store: Your name"],
    ),
    "what is needed is collected": (
        "We need [your name|data] to [seat you|for].",
        ["Collect: your name; for seat you"],
    ),
    "consent is needed": ("We need your consent to [seat you|for].", []),
    "what must be known": ("We need to hand over [your name|data].", ["must Share: your name"]),
    "what is kept is stored": ("The [letters|data] that we keep are stored in a safe.", ["Store: letters"]),
    "information that": (
        "We may use the [information|data] that we collect to [seat you|for].",
        ["may Use: information; for seat you"],
    ),
    "information that is shared": (
        "[Information|data] that we collect is shared with [museums|to].",
        ["Share: Information; to museums"],
    ),
    "no liability": ("We shall not be held liable for disclosure of [your letters|data].", []),
    "consent taken back": ("Withdrawing consent for the collection of [your letters|data] is easy.", []),
    "consent that may be taken back": (
        "You may withdraw your consent to the use of [your letters|data].",
        [],
    ),
    "the other hand": ("On the other hand, [your letters|data] are kept.", ["Store: your letters"]),
    "turning into": ("We turn [your letters|data] into books.", []),
}


@pytest.mark.parametrize(("line", "expected"), DENIED, ids=[line for line, _ in DENIED])
def test_denied(stated: Stated, line: str, expected: list[str]) -> None:
    denied = [words for words in stated(line.format(LETTERS)) if words.startswith("not ")]
    assert sorted(denied) == sorted(words.format("your letters") for words in expected)


@pytest.mark.parametrize("line", NOT_DENIED)
def test_nothing_is_denied(stated: Stated, line: str) -> None:
    assert [words for words in stated(line) if words.startswith("not ")] == []


@pytest.mark.parametrize(("line", "expected"), STATED.values(), ids=STATED.keys())
def test_stated(stated: Stated, line: str, expected: list[str]) -> None:
    assert sorted(stated(line)) == sorted(expected)
