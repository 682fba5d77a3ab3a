"""What holds of every policy in every script and format: quotes stand at their offsets, and chance has no part."""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from privagraph.errors import InputError
from privagraph.loaders.facts import MappedPolicy

calm = settings(
    deadline=None,
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

# Words that something is found in, and letters that offsets could go wrong over.
FOUND = (
    "We collect your name, e-mail address and location.",
    "We do not sell your photos to advertisers unless you agree.",
    "We share payment data with Brindle & Daughters Ltd in Germany for 30 days to prevent fraud.",
    "You have the right to access, and may write to dpo@tarn.example.",
    "Tarn Harbour GmbH (“we”) runs this service.",
)
SCRIPTS = {
    "right to left": "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 \u202e\u200f\u05d0\u202c",
    "combining": "e\u0301a\u0308\u0323n\u0303 \u0301\u0301\u0301 \u0e01\u0e33 \u0915\u094d\u0937",
    "astral": "\U0001d518\U0001d52b\U0001f512 \U0001f1fa\U0001f1e6 \U00020000",
    "joined": "\U0001f469\u200d\U0001f4bb\u200d \u200d\u200c \u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "invisible": "\ufeff\u00ad\u2060\u200b\u180e\u034f\u061c",
    "lone surrogates": "\ud800 \udfff\udc00 \ud83d",
    "controls": "\x0c\x1b\x1a\x85\x9f\u2028\u2029",
    "noncharacters": "\ufffe\uffff\ufdd0\U0001ffff",
    "letters that grow": "\u0130\u00df\ufb01\u1e9e\u01c5 \u0149",
    "ideographs": "\u540d\u524d\u3068\u4f4f\u6240\u3000\u3002",
}
ENDS = ("\n", "\r\n", "\r", "\n\n", "\r\n\r\n", "\x85", "\u2028", " ")
ENCODINGS = (
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "cp1252",
    "shift_jis",
    "koi8-r",
    "cp037",
)
CELLS = (*FOUND[:3], *SCRIPTS.values(), "Data", "", "\n")
NAMES = ("a.txt", "a.md", "a.html", "a")

pieces = st.lists(
    st.tuples(
        st.one_of(st.sampled_from(FOUND), st.sampled_from(list(SCRIPTS.values())), st.text(max_size=12)),
        st.sampled_from(ENDS),
    ),
    max_size=14,
)


def mapped(
    invariants: ModuleType, text: str, name: str, encoding: str = "utf-8"
) -> MappedPolicy | InputError:
    """What is made of a text, checked at every step."""
    errors = "surrogatepass" if encoding.startswith("utf") else "replace"
    found: MappedPolicy | InputError = invariants.map_whole(text.encode(encoding, errors), name)
    return found


@calm
@given(parts=pieces, name=st.sampled_from(NAMES), encoding=st.sampled_from(ENCODINGS))
@example(parts=[(FOUND[0], "\r"), (SCRIPTS["lone surrogates"], "\x85")], name="a.txt", encoding="utf-8")
def test_quotes_stand_at_their_offsets(
    invariants: ModuleType, parts: list[tuple[str, str]], name: str, encoding: str
) -> None:
    found = mapped(invariants, "".join(words + end for words, end in parts), name, encoding)
    assert isinstance(found, MappedPolicy | InputError)


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_what_is_found_does_not_depend_on_the_script_around_it(
    invariants: ModuleType, script: str, name: str
) -> None:
    def roles(around: str) -> set[tuple[str, str]]:
        lines = [f"{words} {around}." for words in FOUND[:3]]
        text = "\n\n".join(lines)
        if name.endswith("html"):
            text = "<html><body>" + "".join(f"<p>{line}</p>" for line in lines)
        found = mapped(invariants, text, name)
        assert isinstance(found, MappedPolicy)
        return {(each.role.value, found.document.text[each.start : each.end]) for each in found.mentions}

    plain = roles("x")
    assert len(plain) >= 7
    assert roles(SCRIPTS[script]) >= plain


@calm
@given(data=st.binary(max_size=120))
@example(data=bytes(range(255)))
def test_any_words_of_a_policy_in_any_order(invariants: ModuleType, inputs: ModuleType, data: bytes) -> None:
    found = mapped(invariants, inputs.words_of(data), "policy.txt")
    assert isinstance(found, MappedPolicy | InputError)


@calm
@given(
    data=st.binary(max_size=120),
    kind=st.sampled_from(["docx body", "pdf page", "mhtml page", "mhtml", "pdf"]),
)
@example(
    data=b"<w:p><w:pPr><w:pStyle w:val='Heading1'/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>", kind="docx body"
)
@example(data=b"BT /F1 12 Tf (\xff\x00\\) (a) Tj ET /X Do", kind="pdf page")
@example(data=b"=ED=A0=80 =00 =\r\n", kind="mhtml page")
def test_any_bytes_in_the_part_that_is_read(
    invariants: ModuleType, inputs: ModuleType, data: bytes, kind: str
) -> None:
    name, make = inputs.KINDS[kind]
    assert isinstance(invariants.map_whole(make(data), name), MappedPolicy | InputError)


@calm
@given(
    cells=st.lists(
        st.lists(st.sampled_from((*FOUND[:3], *SCRIPTS.values(), "Data", "", "\n")), max_size=3), max_size=4
    ),
    kind=st.sampled_from(["html", "markdown", "text", "docx body"]),
)
def test_any_words_in_tables_of_every_format(
    invariants: ModuleType, inputs: ModuleType, cells: list[list[str]], kind: str
) -> None:
    name, make = inputs.KINDS[kind]
    table = TABLES[kind](cells)
    assert isinstance(
        invariants.map_whole(make(table.encode("utf-8", "replace")), name), MappedPolicy | InputError
    )


def _html(cells: list[list[str]]) -> str:
    return "<table>" + "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in cells
    )


def _markdown(cells: list[list[str]]) -> str:
    rows = [f"|{'|'.join(row)}|" for row in cells]
    return "\n".join((*rows[:1], "|---|---|---|", *rows[1:]))


def _tabs(cells: list[list[str]]) -> str:
    return "\n".join("\t".join(row) for row in cells)


def _word(cells: list[list[str]]) -> str:
    def cell(text: str) -> str:
        kept = "".join(c for c in text if c.isprintable()).replace("&", "&amp;")
        return f"<w:tc><w:p><w:r><w:t>{kept}</w:t></w:r></w:p></w:tc>"

    return "<w:tbl>" + "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in cells) + "</w:tbl>"


TABLES: dict[str, Callable[[list[list[str]]], str]] = {
    "html": _html,
    "markdown": _markdown,
    "text": _tabs,
    "docx body": _word,
}


@calm
@given(data=st.binary(min_size=1, max_size=80))
def test_the_same_input_makes_the_same_graph(invariants: ModuleType, inputs: ModuleType, data: bytes) -> None:
    text = inputs.words_of(data)
    first, second = (mapped(invariants, text, "policy.txt") for _ in range(2))
    if isinstance(first, MappedPolicy):
        assert isinstance(second, MappedPolicy)
        assert first == second
        assert invariants.graph_of(first) == invariants.graph_of(second)
    else:
        assert str(first) == str(second)
