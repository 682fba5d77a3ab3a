"""Which mentions belong to which verb of a sentence, and which blocks to which line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

CASES = {
    "a subject that is an enumeration": (
        ["[Your name|data], [e-mail|data] and [phone|data] are shared with [couriers|to]."],
        ["Share: Your name, e-mail, phone; to couriers"],
    ),
    "a subject with its kinds": (
        ["All [your data|data], specifically [your name|data] and [your age|data], are stored by us."],
        ["Store: your data, your name, your age"],
    ),
    "an aim before the subject is no part of it": (
        ["To protect [your name|data], [your address|data] is stored in [Iceland|in]."],
        ["Store: your address; in Iceland"],
    ),
    "aims of a statement without data": (
        ["[To count visits|for], we use [cookies|tool] to collect [your clicks|data]."],
        ["Collect: your clicks; for To count visits", "Use: -; for To count visits; tool cookies"],
    ),
    "aims of a statement with data": (
        ["We use [your name|data] [to print badges|for] and to collect [your clicks|data]."],
        ["Use: your name; for to print badges", "Collect: your clicks"],
    ),
    "an aim and a clause aside": (
        ["We use [your name|data] [to assess a merger|for], in which [your letters|data] are sold."],
        ["Use: your name; for to assess a merger"],
    ),
    "data in the next condition": (
        ["We do not collect [your age|data], and if you send [your letters|data], we erase them."],
        ["not Collect: your age", "Erase: your letters (if you send your letters)"],
    ),
    "a basis that names the act": (
        ["[By joining you agree to the collection and use of our letters|on] and [your name|data]."],
        [
            "Collect: your name; on By joining you agree to the collection and use of our letters",
            "Use: your name; on By joining you agree to the collection and use of our letters",
        ],
    ),
    "the first sentence of an item completes its line": (
        ["We use [your age|data] for:", "- [Seating|for]: [to find a chair|for]. We log [its number|data]."],
        ["Use: your age", "Use: your age; for Seating, to find a chair", "Collect: its number"],
    ),
    "recipients in bare words": (
        ["# How we share [your name|data]", "[Couriers|to]: [to deliver|for]."],
        ["Share: your name; for to deliver; to Couriers"],
    ),
    "recipients under a heading without data": (["# How we share", "[Couriers|to]: [to deliver|for]."], []),
    "who gets it": (
        ["# Who receives [your name|data]?", "- [Lupa|to] [for payments|for]"],
        ["Share: your name; for for payments; to Lupa"],
    ),
}


@pytest.mark.parametrize(("lines", "expected"), CASES.values(), ids=CASES.keys())
def test_assignment(stated: Callable[..., list[str]], lines: list[str], expected: list[str]) -> None:
    assert sorted(stated(*lines)) == sorted(expected)
