"""The page that compares policies: the same as the command, with the words a click away."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from selectolax.lexbor import LexborHTMLParser

from privagraph.errors import QueryLimitError
from privagraph.graph import KnowledgeGraph
from privagraph.queries.comparison import Comparison
from privagraph.queries.differences import PolicyDiff
from privagraph.web import Settings, create_app
from privagraph.web.site import Site


@pytest.fixture(scope="module")
def compared(graph_folder: Path) -> tuple[Comparison, PolicyDiff, list[str]]:
    """What is told without the page, and the keys of the policies."""
    with KnowledgeGraph.open(graph_folder) as graph:
        iris = [policy.iri for policy in graph.policies]
        return graph.compare(*iris), graph.diff(*iris[:2]), [each.rpartition("/")[2] for each in iris]


@pytest.fixture(scope="module")
def whole(client: TestClient, compared: tuple[Comparison, PolicyDiff, list[str]]) -> Response:
    """The page with all policies."""
    return client.get("/compare", params={"policy": compared[2]})


def tree(answer: Response) -> LexborHTMLParser:
    return LexborHTMLParser(answer.text)


def test_choice(client: TestClient, compared: tuple[Comparison, PolicyDiff, list[str]]) -> None:
    answer = client.get("/compare")
    boxes = tree(answer).css('[name="policy"]')
    assert {each.attributes["value"] for each in boxes} == set(compared[2])
    assert tree(answer).css_first("details#chooser[open]") is not None
    one = client.get("/compare", params={"policy": compared[2][0]})
    assert one.status_code == 200
    assert "choose at least one more" in tree(one).text()
    assert [each.attributes["value"] for each in tree(one).css("[checked]")] == compared[2][:1]


def test_search(client: TestClient, compared: tuple[Comparison, PolicyDiff, list[str]]) -> None:
    found = client.get("/compare", params={"find": "HOSTILE.txt", "list": "yes", "policy": compared[2]})
    assert not tree(found).css(".compared")
    assert len(tree(found).css('[name="policy"][checked]')) == len(compared[2])  # what is ticked stays
    alone = client.get("/compare", params={"find": "HOSTILE.txt"})
    assert len(tree(alone).css('[name="policy"]')) == 1
    assert "No policy has such a name." in tree(client.get("/compare", params={"find": "nobody"})).text()


def test_matrix(whole: Response, compared: tuple[Comparison, PolicyDiff, list[str]]) -> None:
    comparison, _, keys = compared
    rows = [row for topic in comparison for each in topic.rows for row in (each, *each.below)]
    shown = tree(whole).css(".compared tbody tr:not(:first-child)")
    assert len(shown) == len(rows)
    links = {each.attributes["href"] for each in tree(whole).css(".compared q a")}
    places = {
        f"/policies/{key}?at={words.span.start}-{words.span.end}#at"
        for row in rows
        for key, cell in zip(keys, row.cells, strict=True)
        for words in cell.words
        if words.span is not None
    }
    assert links
    assert links <= places
    heads = [each.attributes["href"] for each in tree(whole).css(".compared thead a")]
    assert heads == [f"/policies/{key}" for key in keys]


@pytest.mark.parametrize("state", ["only", "every"])
def test_what_is_shown_is_in_the_address(
    client: TestClient, compared: tuple[Comparison, PolicyDiff, list[str]], state: str
) -> None:
    answer = client.get("/compare", params={"policy": compared[2], state: "yes"})
    assert tree(answer).css_first(f".compared.{state}") is not None
    assert [each.attributes["name"] for each in tree(answer).css("#tools [checked]")] == [state]


def test_changes(client: TestClient, compared: tuple[Comparison, PolicyDiff, list[str]]) -> None:
    _, diff, keys = compared
    answer = client.get("/compare", params={"policy": keys[:2], "as": "diff"})
    assert len(tree(answer).css("article.change")) == len(diff.changes) > 0
    links = [each.attributes["href"] for each in tree(answer).css("article.change .is blockquote a")]
    assert links == [
        f"/policies/{keys[1]}?at={change.new.span.start}-{change.new.span.end}#at"
        for change in diff.changes
        if change.new is not None
    ]
    swapped = f"/compare?policy={keys[1]}&policy={keys[0]}&as=diff"
    assert swapped in [each.attributes["href"] for each in tree(answer).css("a")]


def test_words_of_a_policy_stay_words(client: TestClient, whole: Response) -> None:
    assert "<script>document" not in whole.text
    assert all(not each.text() for each in tree(whole).css("script"))
    assert not tree(whole).css(".compared img, .compared b")


@pytest.mark.parametrize("as_", ["", "diff"])
@pytest.mark.parametrize(
    ("form", "media"), [("html", "text/html"), ("markdown", "text/markdown"), ("csv", "text/csv")]
)
def test_downloads(
    client: TestClient, compared: tuple[Comparison, PolicyDiff, list[str]], form: str, media: str, as_: str
) -> None:
    answer = client.get("/compare/file", params={"policy": compared[2][1:], "form": form, "as": as_})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(media)
    assert "attachment" in answer.headers["content-disposition"]
    assert "Kranichfeder" in answer.text


def test_download_is_the_comparison(
    client: TestClient, compared: tuple[Comparison, PolicyDiff, list[str]]
) -> None:
    told = json.loads(client.get("/compare/file", params={"policy": compared[2], "form": "json"}).text)
    assert [each["name"] for each in told["topics"]] == [topic.name for topic in compared[0]]


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("policy=nobody", 404, "There is no policy nobody."),
        ("policy={0}&policy={1}&policy={2}&as=diff", 400, "told of two policies"),
        ("policy={0}&policy={0}", 200, "choose at least one more"),
        ("policy=&policy=", 200, "Choose policies"),
    ],
)
def test_odd_choices(
    client: TestClient,
    compared: tuple[Comparison, PolicyDiff, list[str]],
    query: str,
    status: int,
    words: str,
) -> None:
    answer = client.get(f"/compare?{query.format(*compared[2])}")
    assert answer.status_code == status
    assert words in tree(answer).text()


@pytest.mark.parametrize("query", ["", "policy={0}", "policy={0}&policy={1}&form=pdf"])
def test_no_file(client: TestClient, compared: tuple[Comparison, PolicyDiff, list[str]], query: str) -> None:
    assert client.get(f"/compare/file?{query.format(*compared[2])}").status_code == 400


@pytest.fixture
def slow(graph_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """An application whose comparisons take longer than the page waits, and may fail."""

    async def cached(self: Site, task: object, cards: tuple[object, ...], as_diff: bool) -> str:
        await asyncio.sleep(0.05)
        if as_diff:
            raise QueryLimitError("time", "stopped <after> a while", "ask for less")
        return "<p>made late</p>"

    monkeypatch.setattr("privagraph.web.pages.compare._PATIENCE", 0.001)
    with TestClient(
        create_app(str(graph_folder), settings=Settings(workers=1)), base_url="http://127.0.0.1"
    ) as made:
        monkeypatch.setattr(Site, "cached", cached)
        yield made


@pytest.mark.parametrize(
    ("as_", "words"), [("", "<p>made late</p>"), ("diff", "stopped &lt;after&gt; a while; ask for less.")]
)
def test_the_top_is_sent_before_the_comparison(
    slow: TestClient, compared: tuple[Comparison, PolicyDiff, list[str]], as_: str, words: str
) -> None:
    with slow.stream("GET", "/compare", params={"policy": compared[2][:2], "as": as_}) as answer:
        assert "content-length" not in answer.headers
        text = "".join(answer.iter_text())
    assert words in text
    assert text.index("<h1>") < text.index(words) < text.index("</html>")
    assert text.count("</html>") == 1
