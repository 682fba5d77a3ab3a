"""The way from a document through a service to a mapped policy, with and without trouble."""

from __future__ import annotations

import json
import pickle
import re
from pathlib import Path

import pytest

from privagraph import KnowledgeGraph
from privagraph.errors import InputError, RejectedDocumentError, ServiceError
from privagraph.loaders.document import Document
from privagraph.loaders.facts import Polarity, Role
from privagraph.loaders.llm import LlmExtractor
from privagraph.loaders.llm.extractor import key_from_environment
from privagraph.loaders.readers import read_bytes
from privagraph.ontology.namespaces import expand

MENTIONS = {
    ("data_category", "your delivery address", "affirmed"),
    ("recipient", "couriers", "affirmed"),
    ("data_category", "your email address", "denied"),
    ("recipient", "advertisers", "denied"),
    ("data_category", "your name", "affirmed"),
    ("data_category", "your payment details", "affirmed"),
    ("retention", "for ten years", "affirmed"),
}


def found(policy) -> set[tuple[str, str, str]]:  # type: ignore[no-untyped-def]
    text = policy.document.text
    return {
        (m.role.value, text[m.start : m.end], m.polarity.value)
        for m in policy.mentions
        if m.role not in (Role.CONTROLLER, Role.CONTACT)
    }


# -- all goes well


def test_a_policy_is_mapped_by_what_the_model_says_and_the_text_bears_out(make, document: Document) -> None:  # type: ignore[no-untyped-def]
    extractor = make()
    policy = extractor.extract(document)
    assert found(policy) == MENTIONS
    assert policy.facts.controller == "Kestrel Kites Ltd"
    assert {m.value for m in policy.mentions if m.role is Role.CONTACT} == {"privacy@kestrel.example"}
    assert policy.document.notes == document.notes
    said = {(practice.processing, practice.polarity) for practice in policy.practices}
    assert (expand("dpv:Share"), Polarity.AFFIRMED) in said
    assert (expand("pg:Sell"), Polarity.DENIED) in said
    assert str(extractor.usage) == "1 request, 5 passages answered, 0 from the cache, 100 tokens in, 20 out"


def test_the_name_tells_model_and_prompt(make, document: Document) -> None:  # type: ignore[no-untyped-def]
    assert re.fullmatch(r"llm/tiny \(prompt [0-9a-f]{8}\)", make().name)
    assert make().name != make(concepts=False).name
    assert make().extract(document).extractor == make().name


def test_passages_are_asked_about_in_batches(make, service, document: Document) -> None:  # type: ignore[no-untyped-def]
    make(batch=2).extract(document)
    assert [len(texts) for texts in service.texts()] == [2, 2, 1]


def test_nothing_is_asked_twice(make, service, document: Document) -> None:  # type: ignore[no-untyped-def]
    first = make().extract(document)
    again = make()
    assert again.extract(document) == first
    assert len(service.asked) == 1
    assert (again.usage.requests, again.usage.asked, again.usage.cached) == (0, 0, 5)


def test_a_changed_sentence_costs_one_question(make, service, document: Document, policy_text: str) -> None:  # type: ignore[no-untyped-def]
    make().extract(document)
    make().extract(
        read_bytes(policy_text.replace("- your name", "- your phone number").encode(), name="new.md")
    )
    assert service.texts()[1] == ["your phone number"]


def test_another_model_or_prompt_is_asked_anew(make, service, document: Document, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    make().extract(document)
    make(concepts=False).extract(document)
    LlmExtractor(service.url, "other", cache=tmp_path / "answers").extract(document)
    assert len(service.asked) == 3


def test_words_that_a_policy_repeats_are_asked_about_once(make, service) -> None:  # type: ignore[no-untyped-def]
    words = "We share your delivery address."
    policy = make().extract(read_bytes(f"# Us\n\n{words}\n\n{words}\n".encode(), name="p.md"))
    assert service.texts() == [[words]]
    assert len([m for m in policy.mentions if m.role is Role.DATA_CATEGORY]) == 2


def test_a_damaged_answer_is_asked_for_again(make, service, document: Document, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    first = make().extract(document)
    files = sorted(tmp_path.rglob("*.json"))
    files[0].write_text('{"key": ')
    kept = json.loads(files[1].read_text())
    files[1].write_text(json.dumps({**kept, "answer": [{"role": "purpose"}]}))
    assert make().extract(document) == first
    assert len(service.passages()) == 2


def test_an_extractor_goes_to_another_process(make, document: Document) -> None:  # type: ignore[no-untyped-def]
    extractor = make()
    copy = pickle.loads(pickle.dumps(extractor))  # our own bytes
    assert copy.name == extractor.name
    assert copy.extract(document) == extractor.extract(document)


# -- trouble


@pytest.mark.parametrize(
    "content",
    [
        "I cannot help with that.",
        '{"passages": [{"id": 1, "mentions": [{"role": "pur',
        '{"passages": [{"id": 1, "mentions": "none"}]}',
        None,
    ],
    ids=["words", "cut", "form", "refused"],
)
def test_a_bad_answer_is_asked_for_by_passage(content: str | None, make, service, document: Document) -> None:  # type: ignore[no-untyped-def]
    service.script.append(service.says(content))
    policy = make().extract(document)
    assert found(policy) == MENTIONS
    assert [len(texts) for texts in service.texts()] == [5, 1, 1, 1, 1, 1]
    assert policy.document.notes == document.notes


def test_a_passage_without_a_usable_answer_is_skipped_and_told(make, service, document: Document) -> None:  # type: ignore[no-untyped-def]
    service.script += [service.says("no"), service.says("no")]
    extractor = make()
    policy = extractor.extract(document)
    assert found(policy) == MENTIONS
    assert extractor.usage.skipped == 1
    assert policy.document.notes[-1] == (
        "Language model: 1 passage without a usable answer (it is not in the form that was asked for)."
    )
    make().extract(document)
    assert len(service.passages()) == 1  # only that one is asked about when it is run again


def test_quotes_that_are_not_there_are_dropped_and_told(make, service, claim, document: Document) -> None:  # type: ignore[no-untyped-def]
    said = [
        claim("data_category", "your shoe size"),
        claim("kite", "your name"),
        claim("data_category", "your name", "pd:" + "Nothing"),
    ]
    service.script.append(
        service.says(
            json.dumps({"passages": [{"id": n, "mentions": said if n == 4 else []} for n in range(1, 6)]})
        )
    )
    policy = make().extract(document)
    assert found(policy) == {("data_category", "your name", "affirmed")}
    assert policy.document.notes[-1] == (
        "Language model: 1 quote that is not in the text; 1 unknown role; "
        "1 concept outside the vocabulary or of another kind."
    )
    for mention in policy.mentions:
        assert 0 <= mention.start < mention.end <= len(document.text)


def test_a_batch_that_takes_too_long_is_asked_for_by_passage(make, service, document: Document) -> None:  # type: ignore[no-untyped-def]
    service.script.append(service.waits(30))
    assert found(make(timeout=3.0).extract(document)) == MENTIONS
    assert len(service.asked) == 6


def test_a_policy_without_any_answer_is_left_out(make, service) -> None:  # type: ignore[no-untyped-def]
    service.always = service.fails(400, "too many tokens")
    with pytest.raises(RejectedDocumentError, match="too many tokens") as caught:
        make().extract(read_bytes(b"We share your name.", name="short.txt"))
    assert caught.value.code == "no-answer"


def test_a_service_out_of_order_ends_the_run(make, service, document: Document) -> None:  # type: ignore[no-untyped-def]
    service.always = service.fails(400, "broken")
    with pytest.raises(
        ServiceError, match="5 questions in a row had no answer, the last because: HTTP 400: broken"
    ):
        make().extract(document)
    assert len(service.asked) == 5


def test_a_model_that_never_answers_in_form_ends_the_run(make, service, document: Document) -> None:  # type: ignore[no-untyped-def]
    service.always = service.says("hm")
    extractor = make()
    for _ in range(4):
        with pytest.raises(RejectedDocumentError, match="form"):
            extractor.extract(document)
    with pytest.raises(ServiceError, match="25 answers in a row of tiny"):
        extractor.extract(document)


# -- the budget


def test_a_policy_beyond_the_budget_is_left_out_and_goes_on_later(make, service, document: Document) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(RejectedDocumentError, match="budget of 2 requests is spent") as caught:
        make(batch=1, max_requests=2).extract(document)
    assert caught.value.code == "budget"
    assert found(make(batch=1, max_requests=3).extract(document)) == MENTIONS
    assert len(service.asked) == 5


def test_a_budget_of_none_is_enough_for_what_is_kept(make, service, document: Document) -> None:  # type: ignore[no-untyped-def]
    make().extract(document)
    assert found(make(max_requests=0).extract(document)) == MENTIONS
    assert len(service.asked) == 1


def test_what_is_tried_again_counts(make, service, document: Document) -> None:  # type: ignore[no-untyped-def]
    service.always = service.fails(503)
    with pytest.raises(RejectedDocumentError, match="budget"):
        make(max_requests=3).extract(document)
    assert len(service.asked) == 3


# -- options


@pytest.mark.parametrize(
    "options", [{"timeout": 0}, {"timeout": float("nan")}, {"batch": 0}, {"max_requests": -1}]
)
def test_limits_out_of_range_are_refused(options: dict[str, float], make) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError, match="out of range"):
        make(**options)


def test_a_model_without_a_name_is_refused() -> None:
    with pytest.raises(InputError, match="names no model"):
        LlmExtractor("http://localhost/v1", " ")


@pytest.mark.parametrize(
    ("url", "ours", "openai", "key"),
    [
        ("https://api.openai.com/v1", "", "o", "o"),
        ("https://api.openai.com/v1", "p", "o", "p"),
        ("http://localhost:11434/v1", "", "o", None),
        ("https://api.openai.com.example.org/v1", "", "o", None),
        ("http://localhost:11434/v1", " p\n", "", "p"),
    ],
)
def test_a_key_goes_to_its_own_service_alone(
    url: str, ours: str, openai: str, key: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRIVAGRAPH_LLM_KEY", ours)
    monkeypatch.setenv("OPENAI_API_KEY", openai)
    assert key_from_environment(url) == key


def test_the_key_is_never_shown(make) -> None:  # type: ignore[no-untyped-def]
    extractor = make(api_key="k-123")
    assert "k-123" not in repr(extractor) + extractor.name + extractor.destination


@pytest.mark.parametrize(
    ("url", "way"),
    [
        ("http://localhost:11434/v1", "localhost:11434 (on this machine)"),
        ("https://api.example.org/v1", "api.example.org (encrypted)"),
        ("http://192.0.2.7:8000/v1", "192.0.2.7:8000 (NOT encrypted)"),
    ],
)
def test_where_the_text_goes_is_told(url: str, way: str, tmp_path: Path) -> None:
    told = LlmExtractor(url, "tiny", cache=tmp_path).destination
    assert told.startswith(f"passages of the policies are sent to {way}, model tiny; ")
    assert str(tmp_path) in told


# -- from the outside


def test_the_graph_tells_which_model_was_asked(make, policy_text: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "kestrel.md").write_text(policy_text)
    with KnowledgeGraph.map(tmp_path / "kestrel.md", extractor=make()) as graph:
        (row,) = graph.query("SELECT ?extractor { ?mapping pg:extractor ?extractor }")
        assert row["extractor"] == make().name
        assert graph.validate(["structure"]).conforms
