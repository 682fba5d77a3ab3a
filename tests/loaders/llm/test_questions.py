"""Which passages are asked about, with what around them, and how the question is put."""

from __future__ import annotations

import json

from privagraph.loaders.document import Document
from privagraph.loaders.extraction.sentences import sentences
from privagraph.loaders.facts import Role
from privagraph.loaders.llm.prompt import ASKED, Prompt, prompt
from privagraph.loaders.llm.questions import Question, batches, questions
from privagraph.loaders.readers import read_bytes

TABLE = """# Privacy

| Data | Purpose |
|---|---|
| Your name | to greet you |
| 1 | 2 |
"""


def asked(document: Document) -> tuple[Question, ...]:
    return questions(document, sentences(document))


def test_passages_go_with_what_they_stand_under(document: Document) -> None:
    found = asked(document)
    assert [question.text.split(",")[0] for question in found] == [
        "Kestrel Kites Ltd runs this shop. You can reach us at privacy@kestrel.example.",
        "We share your delivery address with couriers. We do not sell your email address to advertisers.",
        "When you order we collect:",
        "your name",
        "your payment details",
    ]
    assert all(document.text[question.start : question.end] == question.text for question in found)
    assert dict(found[3].context) == {
        "heading": "Privacy Policy of Kestrel Kites Ltd > What we collect",
        "list_intro": "When you order we collect:",
    }


def test_cells_go_with_their_headers_and_headers_are_not_asked_about() -> None:
    found = asked(read_bytes(TABLE.encode(), name="table.md"))
    assert [question.text for question in found] == ["Your name", "to greet you"]
    assert dict(found[1].context)["column"] == "Purpose"
    assert dict(found[1].context).get("row", "Your name") == "Your name"


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    sentence = "We collect the names and the addresses of all who order a kite in our shop. "
    document = read_bytes((sentence * 100).encode(), name="long.txt")
    found = asked(document)
    assert len(found) > 2
    assert all(question.text.startswith("We") and question.text.endswith("shop.") for question in found)
    assert " ".join(question.text for question in found) == document.text.strip()
    assert max(len(question.text) for question in found) <= 2400


def test_batches_are_bounded_in_number_and_length() -> None:
    short, long = Question(0, 5, "short"), Question(0, 5000, "x" * 5000)
    assert [len(batch) for batch in batches([short] * 5, 2)] == [2, 2, 1]
    assert [len(batch) for batch in batches([long] * 3 + [short], 9)] == [1, 1, 2]
    assert list(batches([], 3)) == []


def test_the_prompt_tells_all_roles_but_those_that_rules_read() -> None:
    assert set(Role) - set(ASKED) == {Role.CONTROLLER, Role.CONTACT, Role.DPO}
    for role in ASKED:
        assert f"- {role}: " in prompt().system
    assert "pd:EmailAddress" in prompt().system
    assert "pd:EmailAddress" not in prompt(concepts=False).system
    assert prompt().digest != prompt(concepts=False).digest


def test_passages_are_numbered_and_quoted_as_they_are() -> None:
    question = Question(7, 20, 'say "hi" 🏠', (("heading", "H"),))
    system, user = prompt().messages([question, question])
    assert system == {"role": "system", "content": prompt().system}
    assert json.loads(user["content"]) == {
        "passages": [{"id": number, "heading": "H", "text": 'say "hi" 🏠'} for number in (1, 2)]
    }


def test_the_schema_is_strict_everywhere() -> None:
    waiting, objects = [Prompt.schema()], 0
    while waiting:
        node = waiting.pop()
        if node["type"] == "object":
            objects += 1
            assert node["additionalProperties"] is False
            assert node["required"] == list(node["properties"])
            waiting += node["properties"].values()
        elif node["type"] == "array":
            waiting.append(node["items"])
    assert objects == 3
