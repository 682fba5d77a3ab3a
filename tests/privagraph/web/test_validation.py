"""The page of validation: what is found is shown while it is found, and filters, groups and downloads agree."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from selectolax.lexbor import LexborHTMLParser

from privagraph.graph import KnowledgeGraph
from privagraph.shapes.results import ValidationReport
from privagraph.shapes.rules import DEFAULT_PROFILES
from privagraph.web import Settings, checks, create_app
from privagraph.web.checks import Checks


@pytest.fixture(scope="module")
def report(graph_folder: Path) -> ValidationReport:
    """What is found without the page."""
    with KnowledgeGraph.open(graph_folder) as graph:
        return graph.validate()


@pytest.fixture(scope="module")
def whole(client: TestClient) -> Response:
    """The page when all is checked."""
    until = time.monotonic() + 90
    while True:
        answer = client.get("/validation")
        assert answer.status_code == 200
        if "data-job" not in answer.text:
            return answer
        assert time.monotonic() < until, answer.text
        time.sleep(0.3)


@pytest.fixture(scope="module")
def keys(report: ValidationReport) -> list[str]:
    """The keys of the policies, in the order of the report."""
    return [each.policy.rpartition("/")[2] for each in report.policies]


def tree(answer: Response) -> LexborHTMLParser:
    return LexborHTMLParser(answer.text)


def said(answer: Response) -> str:
    """The first words of the page."""
    found = tree(answer).css_first("#said")
    assert found is not None
    return " ".join(found.text().split())


def findings(answer: Response) -> list[str]:
    """The ids of the findings that are shown."""
    return [each.attributes["id"] or "" for each in tree(answer).css(".finding")]


def test_all_that_is_found_is_shown(report: ValidationReport, whole: Response) -> None:
    shown = findings(whole)
    assert len(shown) == len(report.findings) == len(set(shown))
    assert said(whole).endswith(
        f"{len(report.policies)} policies checked, {len(report.policies)} have findings."
    )
    text = " ".join(tree(whole).text().split())
    for finding in report.findings:
        assert " ".join(finding.message.split()) in text
        assert finding.rule.remedy in text
    for rule in {finding.rule for finding in report.findings}:
        links = {each.attributes["href"] for each in tree(whole).css(".sources a")}
        assert [each for each in rule.sources if each.startswith("http") and each not in links] == []


def test_words_lead_to_their_place(report: ValidationReport, whole: Response, keys: list[str]) -> None:
    links = {each.attributes["href"] for each in tree(whole).css(".finding .place a")}
    expected = {
        f"/policies/{key}?at={words.start}-{words.end}#at"
        for key, result in zip(keys, report.policies, strict=True)
        for finding in result.findings
        for words in finding.evidence
    }
    assert expected
    assert links == expected


def test_the_matrix_has_each_item(report: ValidationReport, whole: Response) -> None:
    cells = tree(whole).css(".matrix tbody td")
    assert len(cells) == sum(len(result.items) for result in report.policies)
    wanted = sum(str(item.status) == "missing" for result in report.policies for item in result.items)
    assert sum("missing" in each.text() for each in cells) == wanted
    for link in tree(whole).css(".matrix td a"):
        assert tree(whole).css_first(f'[id="{(link.attributes["href"] or "")[1:]}"]') is not None


def test_one_policy_shows_at_once(client: TestClient, report: ValidationReport, keys: list[str]) -> None:
    answer = client.get("/validation", params={"policy": keys[1]})
    assert len(findings(answer)) == len(report.policies[1].findings)
    assert "All policies" in tree(answer).text()


def test_one_policy_that_was_not_checked(client: TestClient, keys: list[str]) -> None:
    answer = client.get("/validation", params={"policy": keys[0], "profile": "clarity"})
    assert "data-job" not in answer.text  # the page waits for few policies, with its top sent before
    assert "1 policy checked" in said(answer)
    assert answer.text.count("<h1>") == answer.text.count("</html>") == 1


@pytest.mark.parametrize(
    "choice",
    [
        {"severity": "error"},
        {"severity": ["warning", "info"]},
        {"rule": "gdpr:right-portability"},
        {"q": "COMPLAIN"},
        {"q": "complain", "severity": "info", "rule": "gdpr:right-portability"},
        {"q": "no such words anywhere"},
    ],
)
def test_filters(
    client: TestClient, report: ValidationReport, whole: Response, choice: dict[str, str | list[str]]
) -> None:
    wanted = [
        finding
        for finding in report.findings
        if finding.severity in choice.get("severity", ["error", "warning", "info"])
        and finding.rule.name in choice.get("rule", finding.rule.name)
        and (
            str(choice.get("q", "")).casefold()
            in f"{finding.message} {finding.rule.title} {finding.rule.remedy} "
            f"{' '.join(f'{words.before}{words.quote}{words.after}' for words in finding.evidence)}".casefold()
        )
    ]
    answer = client.get("/validation", params=choice)
    assert len(findings(answer)) == len(wanted)
    assert set(findings(answer)) <= set(findings(whole))  # a link to a finding stays the same
    assert f"of {len(report.policies)} checked policies" in said(answer)
    table = client.get("/validation/report", params={**choice, "form": "csv"}).text
    assert {row["fingerprint"][:16] for row in csv.DictReader(io.StringIO(table))} == {
        each.removeprefix("finding-") for each in findings(answer)
    }
    if not wanted:
        assert "Nothing that fits was found." in tree(answer).text()


def test_policies_by_name(client: TestClient, report: ValidationReport, keys: list[str]) -> None:
    name = report.policies[1].sources[0]
    answer = client.get("/validation", params={"find": name.upper()})
    assert len(findings(answer)) == len(report.policies[1].findings)
    assert "No policy has such a name." in said(client.get("/validation", params={"find": "nobody"}))


def test_by_rule(client: TestClient, report: ValidationReport, whole: Response) -> None:
    answer = client.get("/validation", params={"group": "rule"})
    shown = tree(answer)
    assert [each.text() for each in shown.css(".rule > h3 code")] == [
        rule.name for rule, _ in report.by_rule()
    ]
    assert sorted(findings(answer)) == sorted(findings(whole))
    rule, number = report.by_rule()[0]
    alone = client.get("/validation", params={"group": "rule", "rule": rule.name})
    assert len(tree(alone).css(".finding")) == number


@pytest.mark.parametrize(
    ("form", "begins", "media"),
    [
        ("html", "<!doctype html>", "text/html"),
        ("markdown", "## ", "text/markdown"),
        ("json", "{", "application/json"),
        ("csv", "policy,", "text/csv"),
        ("sarif", "{", "application/sarif+json"),
        ("junit", "<?xml", "application/xml"),
        ("turtle", "@prefix", "text/turtle"),
        ("jsonld", "{", "application/ld+json"),
    ],
)
def test_downloads(client: TestClient, whole: Response, form: str, begins: str, media: str) -> None:
    assert f"form={form}" in whole.text
    answer = client.get("/validation/report", params={"form": form})
    assert answer.text.startswith(begins)
    assert answer.headers["content-type"].startswith(media)
    assert answer.headers["content-disposition"].startswith('attachment; filename="validation.')


def test_download_is_the_report(client: TestClient, report: ValidationReport, whole: Response) -> None:
    told = json.loads(client.get("/validation/report", params={"form": "json"}).text)
    assert len(told["policies"]) == len(report.policies)


@pytest.mark.parametrize(
    ("choice", "status", "words"),
    [
        ({"profile": "gpdr"}, 400, "gdpr"),
        ({"severity": "grave"}, 400, "no severity grave"),
        ({"policy": "nobody"}, 404, "no policy nobody"),
        ({"page": "-1"}, 200, "checked"),
        ({"page": "99"}, 200, "checked"),
        ({"rule": "<script>"}, 200, "0 errors"),
    ],
)
@pytest.mark.usefixtures("whole")  # or the page would say how far it has come
def test_odd_choices(client: TestClient, choice: dict[str, str], status: int, words: str) -> None:
    answer = client.get("/validation", params=choice)
    assert answer.status_code == status
    assert words in tree(answer).text()
    assert "<script>" not in answer.text


def test_a_form_has_its_limit(client: TestClient, keys: list[str]) -> None:
    answer = client.post("/validation", data={"tick": ["x" * 1_000] * 2_500})
    assert (answer.status_code, "Tick fewer policies." in answer.text) == (413, True)


def test_no_such_form(client: TestClient) -> None:
    assert client.get("/validation/report", params={"form": "pdf"}).status_code == 400


def test_choice_is_kept_in_links(client: TestClient, keys: list[str]) -> None:
    answer = client.get(
        "/validation", params={"policy": keys[0], "severity": "error", "q": "the", "profile": "gdpr"}
    )
    link = next(each for each in tree(answer).css(".downloads a") if each.text() == "JSON").attributes["href"]
    asked = parse_qs(urlsplit(link or "").query)
    expected = {
        "policy": [keys[0]],
        "severity": ["error"],
        "q": ["the"],
        "profile": ["gdpr"],
        "form": ["json"],
    }
    assert asked == expected


@pytest.fixture
def many(graph_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """An application for which two policies are too many to be checked unasked."""
    monkeypatch.setattr("privagraph.web.pages.validation.AT_ONCE", 1)
    with TestClient(
        create_app(str(graph_folder), settings=Settings(workers=1)),
        base_url="http://127.0.0.1",
        follow_redirects=False,
    ) as made:
        yield made


def test_many_policies_are_checked_when_asked(many: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    first = many.get("/validation")
    number = len(tree(first).css('[name="tick"]'))
    assert f"{number} policies, none checked yet." in said(first)
    assert f"Check all {number}" in tree(first).text()
    assert many.get("/validation/report").status_code == 409
    key = tree(first).css('[name="tick"]')[0].attributes["value"]

    async def never(self: Checks, iri: str, profiles: object) -> None:
        await asyncio.Event().wait()

    with monkeypatch.context() as slow:
        slow.setattr(Checks, "_check", never)
        answer = many.post("/validation", data={"tick": key, "profile": list(DEFAULT_PROFILES)})
        assert (answer.status_code, answer.headers["location"]) == (303, "/validation")
        running = many.get("/validation")
        job = tree(running).css_first("[data-job]")
        assert job is not None
        assert "Checking 1 of 1" in " ".join(job.text().split())
        assert "See how far it is" in running.text
        stopped = many.post(f"/jobs/{job.attributes['data-job']}/stop")
        assert (stopped.status_code, stopped.headers["location"]) == (303, "/validation")
        assert f"{number} policies, none checked yet." in said(many.get("/validation"))
        # it was stopped, and does not begin again by itself
        assert "data-job" not in many.get("/validation", params={"policy": key}).text

    many.post("/validation", data={"all": "yes"})
    until = time.monotonic() + 90
    while f"{number} policies checked" not in said(many.get("/validation")):
        assert time.monotonic() < until
        time.sleep(0.3)


def test_a_policy_that_cannot_be_checked(many: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from privagraph.errors import ProfileError

    async def fail(self: Checks, iri: str, names: object, day: object) -> None:
        raise ProfileError("the shapes cannot be run")

    monkeypatch.setattr(Checks, "_asked", fail)
    key = tree(many.get("/validation")).css('[name="tick"]')[0].attributes["value"]
    answer = many.get("/validation", params={"policy": key})
    assert "cannot be checked: the shapes cannot be run." in tree(answer).text()
    assert "data-job" not in many.get("/validation", params={"policy": key}).text


def test_seconds_are_told_in_words() -> None:
    assert [checks._spoken(seconds) for seconds in (3, 60, 600)] == [
        "less than a minute",
        "about a minute",
        "about 10 minutes",
    ]
