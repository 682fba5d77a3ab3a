"""The pages of named and free questions, without a browser."""

from __future__ import annotations

import csv
import io
import json
import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from privagraph.queries.catalogue import Query, catalogue

PLAIN = [query for query in catalogue() if not any(param.required for param in query.params)]
NEEDY = [query for query in catalogue() if any(param.required for param in query.params)]


def text_of(html: str) -> str:
    """What a page says, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def whole(client: TestClient, address: str) -> str:
    """A page with its answer in it."""
    answer = client.get(address + ("&" if "?" in address else "?") + "whole=1")
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("query", catalogue(), ids=lambda query: query.id)
def test_every_question_has_a_page_with_a_form(client: TestClient, query: Query) -> None:
    page = whole(client, f"/questions/{query.id}")
    assert query.title in unescape(page)
    for param in query.params:
        assert f'name="{param.name}"' in page
    if query in NEEDY:
        assert "This question needs a value" in page
    else:
        assert re.search(r"\d rows?\b|No rows|Rows \d", text_of(page))


def test_parameters_do_not_take_the_names_of_options() -> None:
    taken = {param.name for query in catalogue() for param in query.params}
    assert taken.isdisjoint({"on", "versions", "page", "whole"})


def test_the_list_has_every_question_once(client: TestClient) -> None:
    page = client.get("/questions").text
    listed = re.findall(r'<li data-words.*?href="/questions/([a-z0-9-]+)"', page)
    assert sorted(listed) == [query.id for query in catalogue()]


@pytest.mark.parametrize(
    ("asked", "found"),
    [("q=retention", "retention-of-data"), ("tag=children", "age-limits"), ("q=SELL", "sale")],
)
def test_the_list_can_be_searched_without_a_script(client: TestClient, asked: str, found: str) -> None:
    page = client.get(f"/questions?{asked}").text
    assert f'href="/questions/{found}"' in page
    assert 'href="/questions/policies"' not in page


def test_a_search_that_finds_nothing_says_so(client: TestClient) -> None:
    assert "No question has these words" in client.get("/questions?q=weather").text


def test_words_lead_to_their_place_in_the_policy(client: TestClient) -> None:
    page = whole(client, "/questions/practices")
    places = re.findall(r'href="(/policies/[^"?]+\?at=\d+-\d+#at)"', unescape(page))
    rows = page.count("<tr>") - 1
    assert rows > 10
    assert len(places) >= rows


def test_iris_are_shown_by_their_labels(client: TestClient) -> None:
    page = whole(client, "/questions/recipients")
    assert re.search(r'<a href="/resource\?iri=[^"]+" title="dpv:\w+">[A-Z][a-z]', page)
    assert "recipient_label" not in page.partition('<h2 id="how">')[0]


def test_words_of_a_policy_stay_words(client: TestClient) -> None:
    page = whole(client, "/questions/data-collected?policy=" + hostile(client))
    assert "&lt;script&gt;" in page
    assert "<script>" not in page.partition("<main")[2]
    assert "<img src=x" not in page


def hostile(client: TestClient) -> str:
    """The key of the policy that is full of HTML."""
    found = client.get("/suggest/policies?q=hostile.txt").json()
    assert len(found) == 1
    return str(found[0]["value"])


def test_a_policy_can_be_given_by_key_file_or_company(client: TestClient) -> None:
    key = hostile(client)
    shown = {
        text_of(
            whole(client, f"/questions/denials?policy={name}")
            .partition('id="answer"')[2]
            .partition("Save")[0]
        )
        for name in (key, "hostile.txt")
    }
    assert len({re.sub(r"in \d.\d s", "", each) for each in shown}) == 1


@pytest.mark.parametrize("given", ["pd:IPAddress", "ip address", "IP Address", "IPAddress"])
def test_a_concept_can_be_given_by_name_or_label(client: TestClient, given: str) -> None:
    page = whole(client, f"/questions/recipients-of?concept={given}")
    assert "VALUES ?concept { pd:IPAddress }" in unescape(page)
    assert "Google Analytics" in page


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("recipients-of?concept=flubber", "The vocabulary has no concept “flubber”"),
        ("recipients-of?concept=email+adress", "did you mean Email Address"),
        ("low-confidence?below=much", "“much” is no whole number"),
        ("stale-policies?before=yesterday", "“yesterday” is no day"),
        ("denials?on=soon", "“soon” is no day"),
        ("denials?policy=nobody.txt", "holds no policy 'nobody.txt'"),
        ("same-controller?controller=Nobody", "Nobody"),
    ],
)
def test_a_value_that_does_not_fit_is_told(client: TestClient, address: str, told: str) -> None:
    assert told in unescape(whole(client, f"/questions/{address}"))


def test_an_organisation_can_be_given_by_name(client: TestClient) -> None:
    found = client.get("/suggest/organisations?q=admob").json()
    assert [each["label"] for each in found] == ["AdMob"]
    page = unescape(whole(client, "/questions/facts-about?iri=AdMob"))
    assert "is looked up in the graph by its name" in page
    assert re.search(r"\d rows|Rows 1", text_of(page))


def test_the_rows_come_page_by_page(client: TestClient) -> None:
    first, second = (whole(client, f"/questions/mentions?page={number}") for number in (1, 2))
    assert "Rows 1–100 of" in first
    assert "Rows 101–" in second
    assert 'rel="next" href="/questions/mentions?page=2"' in first
    assert "Rows 1–100 of" in whole(client, "/questions/mentions?page=first")
    assert "The answer has no page 99" in whole(client, "/questions/mentions?page=99")


def test_the_answer_alone_can_be_fetched(client: TestClient) -> None:
    answer = client.get("/questions/denials/answer")
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "<table>" in answer.text


@pytest.mark.parametrize("kind", ["csv", "tsv", "json", "xml", "md", "parquet"])
def test_the_answer_can_be_saved(client: TestClient, kind: str) -> None:
    answer = client.get(f"/questions/denials/answer.{kind}")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="denials.{kind}"'
    assert len(answer.content) > 100
    if kind == "csv":
        rows = list(csv.DictReader(io.StringIO(answer.text)))
        assert rows[0]["polarity" if "polarity" in rows[0] else "source"]
    if kind == "json":
        assert json.loads(answer.text)["head"]["vars"]


def test_a_file_has_all_rows(client: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/questions/mentions/answer.csv").text)))
    assert f"of {len(rows)} " in text_of(whole(client, "/questions/mentions"))


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/questions/nothing", 404),
        ("/questions/nothing/answer", 404),
        ("/questions/denials/answer.exe", 404),
        ("/questions/recipients-of/answer", 400),
        ("/questions/recipients-of/answer.csv", 400),
    ],
)
def test_what_is_not_there_is_told(client: TestClient, address: str, status: int) -> None:
    assert client.get(address).status_code == status


def test_a_free_question_is_understood(client: TestClient) -> None:
    page = whole(client, "/questions?ask=How+long+do+they+keep+payment+details?")
    assert "retention" in page
    assert "from “payment details”" in page
    assert re.search(r'class="button primary" href="/questions/retention[a-z-]*\?concept=', page)


def test_a_free_question_that_nothing_answers_is_refused(client: TestClient) -> None:
    page = whole(client, "/questions?ask=Will+it+rain+tomorrow?")
    assert "No question of the list is near enough" in page
    assert "The nearest questions" in page


def test_a_free_question_on_two_policies_leads_to_the_comparison(client: TestClient) -> None:
    page = whole(client, "/questions?ask=Compare+woerterwald.html+and+hostile.txt")
    assert "Compare these policies" in page
    assert re.search(r'href="/compare\?policy=\w+&amp;policy=\w+"', page)


def test_a_free_question_is_escaped(client: TestClient) -> None:
    page = whole(client, "/questions?ask=<script>alert(1)</script>")
    assert "<script>alert" not in page


@pytest.mark.parametrize(
    ("address", "first"),
    [
        ("concepts?q=e-mail&question=recipients-of&param=concept", "pd:EmailAddress"),
        ("concepts?q=market&question=purposes-across-policies&param=purpose", "dpv:Marketing"),
        ("terms?q=pd%3AEmailA", "pd:EmailAddress"),
        ("terms?q=has+purpose", "dpv:hasPurpose"),
        ("files?q=hostile", "hostile.txt"),
    ],
)
def test_suggestions(client: TestClient, address: str, first: str) -> None:
    found = client.get(f"/suggest/{address}").json()
    assert found[0]["value"] == first
    assert len(found) <= 20
