"""References to sections, services, recipients and helpful data, from words to practices."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from privagraph.loaders.extraction import references

CASES = {
    "a section by its number": (
        [
            "# 2. What we log",
            "We log [your clicks|data].",
            "# 3. Use",
            "We use the data listed in section 2 [to mend|for].",
        ],
        ["Collect: your clicks", "Use: your clicks; for to mend"],
    ),
    "a section by its title": (
        [
            "# What we log",
            "We log [your clicks|data].",
            "# Use",
            "We use the data described under “What we log” [to mend|for].",
        ],
        ["Collect: your clicks", "Use: your clicks; for to mend"],
    ),
    "a section that is not there": (
        [
            "# 2. What we log",
            "We log [your clicks|data].",
            "# 3. Use",
            "We use the data listed in section 7 [to mend|for].",
        ],
        ["Collect: your clicks", "Use: -; for to mend"],
    ),
    "data that helps": (
        ["We collect [your age|data]. This information helps us [to seat you|for]."],
        ["Collect: your age", "Use: your age; for to seat you"],
    ),
    "the data collected": (
        ["We collect [your age|data]. The data collected is used [to seat you|for]."],
        ["Collect: your age", "Use: your age; for to seat you"],
    ),
    "collected data of a kind of its own": (
        ["We collect [your age|data]. [The collected lost-property data|data] is used [to seat you|for]."],
        ["Collect: your age", "Use: The collected lost-property data; for to seat you"],
    ),
    "a purpose that has a name before it": (
        ["Nordlicht collects [your age|data]. Nordlicht's purpose in collecting it is [to seat you|for]."],
        ["Collect: your age", "Collect: your age; for to seat you"],
    ),
    "a service serves the purpose it is used for": (
        ["We use [Lupa|to/lupa] [to count visits|for]. [Lupa|to/lupa] collects [your address|data]."],
        ["Collect by lupa: your address; for to count visits; to Lupa"],
    ),
    "another service does not": (
        ["We use [Lupa|to/lupa] [to count visits|for]. [Otter|to/otter] collects [your address|data]."],
        ["Collect by otter: your address; to Otter"],
    ),
    "recipients that are named in the next sentence": (
        ["We share [your name|data] with [affiliates|to]. Our affiliates include [Lupa|to] and [Otter|to]."],
        ["Share: your name; to affiliates, Lupa, Otter"],
    ),
    "no recipients of a denial": (
        ["We do not share [your name|data] with [affiliates|to]. Our affiliates include [Lupa|to]."],
        ["not Share: your name; to affiliates"],
    ),
    "these partners in another paragraph": (
        ["We work with [printers|to] and [couriers|to].", "We share [your name|data] with these partners."],
        ["Share: your name; to printers, couriers"],
    ),
    "the same third parties": (
        ["We hire [printers|to]. We share [your name|data] with [the aforementioned third parties|to]."],
        ["Share: your name; to printers, the aforementioned third parties"],
    ),
    "features that act": (
        ["We embed [widgets of Lupa|to]. These features collect [your clicks|data]."],
        ["Collect by others: your clicks; to widgets of Lupa"],
    ),
    "they": (
        ["We share [your name|data] with [printers|to]. They may use it [to print|for]."],
        ["Share: your name; to printers", "may Use by others: your name; for to print; to printers"],
    ),
    "others than those named before": (
        ["We embed [widgets of Lupa|to]. Teachers collect [your clicks|data]."],
        ["Collect by others: your clicks"],
    ),
}


@pytest.mark.parametrize(("lines", "expected"), CASES.values(), ids=CASES.keys())
def test_references(stated: Callable[..., list[str]], lines: list[str], expected: list[str]) -> None:
    assert sorted(stated(*lines)) == sorted(expected)


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("We use the information listed in section 2.1 to pay you.", "2.1"),
        ("The data described in the section “Cookies” is kept.", None),
        ("The data described in “Cookies” is kept.", "Cookies"),
        ("The categories of data set out in Part B are sold.", "B"),
        ("See section 2 for more.", None),
        ("We keep your data in part because we must.", None),
    ],
)
def test_section_named(sentence: str, named: str | None) -> None:
    assert references.section_named(sentence) == named


def test_references_far_back_cost_no_more_than_the_text(
    stated: Callable[..., list[str]],
) -> None:
    lines = [
        "We log [your clicks|data].",
        *["# Next", "Hello."] * 60,
        "We use the data listed above [to mend|for].",
    ]
    assert stated(*lines) == ["Collect: your clicks", "Use: -; for to mend"]
