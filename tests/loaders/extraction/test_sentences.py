from __future__ import annotations

import pytest

from privagraph.loaders.extraction.sentences import sentences


def quotes(document, *lines):
    made = document(*lines)
    return [made.text[s.start : s.end] for s in sentences(made)]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("We collect data. We keep it.", ["We collect data.", "We keep it."]),
        (
            "We rely on Art. 6 (1) lit. f GDPR. You may object.",
            ["We rely on Art. 6 (1) lit. f GDPR.", "You may object."],
        ),
        (
            "Acme Inc. collects e.g. your name. It is kept.",
            ["Acme Inc. collects e.g. your name.", "It is kept."],
        ),
        (
            "Visit https://www.Acme.example/ for more. Bye.",
            ["Visit https://www.Acme.example/ for more.", "Bye."],
        ),
        ("1. Scope of this notice", ["1. Scope of this notice"]),
        ("Version 2.0 applies. (a) Nothing else.", ["Version 2.0 applies.", "(a) Nothing else."]),
        ("私たちはデータを集めます。共有しません。", ["私たちはデータを集めます。", "共有しません。"]),
    ],
)
def test_sentences_of_a_paragraph(document, line, expected):
    assert quotes(document, line) == expected


def test_a_sentence_never_crosses_blocks(document):
    made = document("# Data we collect", "We collect", "your name")
    assert [s.block for s in sentences(made)] == [0, 1, 2]


def test_offsets_count_code_points(document):
    made = document("🍎 Äpfel GmbH – we use e\u0301tudes. 数据 stays here. Fin.")
    assert [made.text[s.start : s.end] for s in sentences(made)] == [
        "🍎 Äpfel GmbH – we use e\u0301tudes.",
        "数据 stays here.",
        "Fin.",
    ]


def test_a_lone_surrogate_shifts_nothing(document):
    made = document("Odd \ud800 sign here. Next one.")
    assert [made.text[s.start : s.end] for s in sentences(made)] == ["Odd \ud800 sign here.", "Next one."]
