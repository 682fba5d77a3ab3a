from __future__ import annotations

from collections.abc import Callable

from privagraph.loaders.document import Document
from privagraph.loaders.readers import read_bytes

Outline = Callable[..., list[str]]


def test_everything_at_once(outline: Outline) -> None:
    text = """---
title: "Mill Privacy"
lang: en
---

# Privacy at the **Mill** {#top}

Last updated: 3 May 2024

We grind for [many farms](https://farms.example) and keep *little*:

1. About the farm:
   - its name
   - its `field-number`

     More on fields here.
2. About the grain

| Data | Purpose |
|------|---------|
| Name | Bill<br>Letters |
| Field | ~~None~~ Taxes |

**Your rights**

Ask us:
Mill Ltd
12 Mill Lane
Leeds LS1 4AP

<details><summary>More</summary>
<p>We use no cookies at <b>all</b>.</p>
</details>

Old style heading
-----------------
• one thing
• two things

> Quoted words.

    code block
"""
    assert outline(text, "mill.md") == [
        "# Privacy at the Mill",
        "Last updated: 3 May 2024",
        "We grind for many farms and keep little:",
        "- 1. About the farm:".replace("1. ", ""),
        "  - its name",
        "  - its field-number",
        "More on fields here.",
        "- About the grain",
        "[0.0.0] Data",
        "[0.0.1] Purpose",
        "[0.1.0] Name < Data",
        "[0.1.1] Bill < Name < Purpose",
        "[0.1.1] Letters < Name < Purpose",
        "[0.2.0] Field < Data",
        "[0.2.1] None Taxes < Field < Purpose",
        "## Your rights",
        "Ask us:",
        "Mill Ltd / 12 Mill Lane / Leeds LS1 4AP",
        "## More",
        "We use no cookies at all.",
        "## Old style heading",
        "- one thing",
        "- two things",
        "Quoted words.",
        "code block",
    ]


def test_front_matter_gives_the_title_and_stays_out_of_the_text() -> None:
    document = read_bytes(
        b"---\ntitle: Mill Privacy\n---\n\nWe keep the names of the farms that we grind for.\n", name="a.md"
    )
    assert document.title == "Mill Privacy"
    assert document.text == "We keep the names of the farms that we grind for."
    assert any("front matter" in note for note in document.notes)


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert "Mill" in read_bytes(b"---\n\nMill\n\n---\n\nWe keep names.\n", name="a.md").text


def test_items_know_what_introduces_them(intros: Callable[[Document], dict[str, str | None]]) -> None:
    document = read_bytes(b"We keep:\n\n* names\n    * first names\n\n## Shared\n\n* bills\n", name="a.md")
    assert intros(document) == {"names": "We keep:", "first names": "names", "bills": "Shared"}


def test_lists_deeper_than_the_parser_goes_lose_nothing() -> None:
    text = "\n".join("  " * depth + f"- item{depth} of the long list" for depth in range(200))
    document = read_bytes(text.encode(), name="a.md")
    assert "item199" in document.text
    assert any("nests too deeply" in note for note in document.notes)


def test_thousands_of_brackets_are_only_brackets() -> None:
    document = read_bytes(("We keep names. " + "[" * 20_000).encode(), name="a.md")
    assert document.text.startswith("We keep names. [[[")
