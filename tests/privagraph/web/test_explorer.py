"""The explorer's page, and what its script asks."""

from __future__ import annotations

import html
import re
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient

EMAIL = "https://w3id.org/dpv/pd#EmailAddress"
GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


def asked(client: TestClient, path: str, **params: Any) -> dict[str, Any]:
    answer = client.get(f"/explorer/{path}?{urlencode(params, doseq=True)}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def keys(client: TestClient) -> list[str]:
    return re.findall(r'<option value="(\w{16})"', client.get("/explorer").text)


def test_the_frame_comes_without_the_picture(client: TestClient) -> None:
    page = client.get("/explorer?view=sharing&hide=data").text
    assert '<option value="sharing" selected>' in page
    assert "/explorer?view=sharing&amp;hide=data&amp;form=tables" in page
    assert len(keys(client)) == 3


def test_the_picture_of_nothing_chosen(client: TestClient) -> None:
    found = asked(client, "scene")
    assert found["begin"]
    assert found["scene"]["view"] == "practices"
    assert sum(node["kind"] == "policy" for node in found["scene"]["nodes"]) == 1


def test_the_pictures_of_policies(client: TestClient) -> None:
    every = keys(client)
    found = asked(client, "scene", policy=every, view="practices")
    assert sum(node["kind"] == "policy" for node in found["scene"]["nodes"]) == 3
    assert set(found["keys"].values()) == set(every)
    assert not found["begin"]


@pytest.mark.parametrize(
    "view", ["flows", "flows-by-data", "sharing", "data", "data-in-policies", "similarity", "full"]
)
def test_every_view_is_drawn(client: TestClient, view: str) -> None:
    found = asked(client, "scene", view=view)
    assert found["scene"]["nodes"]
    assert sum(kind["count"] for kind in found["kinds"]) == len(found["scene"]["edges"])


def test_a_view_of_denials(client: TestClient) -> None:
    found = asked(client, "scene", view="sharing", polarity="denied")
    assert {edge["polarity"] for edge in found["scene"]["edges"]} <= {"denied", ""}
    assert any(edge["polarity"] == "denied" for edge in found["scene"]["edges"])


def test_a_node_and_what_is_around_it(client: TestClient) -> None:
    found = asked(client, "scene", node=EMAIL, each=1)
    assert found["scene"]["title"] == "Around Email Address"
    assert EMAIL in {node["id"] for node in found["scene"]["nodes"]}
    assert any(way["shown"] < way["total"] and way["of"] == "Email Address" for way in found["ways"])


def test_opened_nodes_are_added_to_a_view(client: TestClient) -> None:
    plain = asked(client, "scene", view="practices")
    opened = asked(client, "scene", view="practices", open=EMAIL)
    far = asked(client, "scene", view="practices", far=EMAIL)
    before, after, beyond = ({node["id"] for node in each["scene"]["nodes"]} for each in (plain, opened, far))
    assert before < after < beyond


def test_the_same_address_gives_the_same_picture(client: TestClient) -> None:
    params = {"node": EMAIL, "hops": 2, "most": 30}
    assert asked(client, "scene", **params) == asked(client, "scene", **params)


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ("policy=none", 404, "There is no policy none."),
        ("node=https://example.org/nothing", 400, "says nothing of https://example.org/nothing"),
        ("node=no%20iri", 400, "give a whole IRI"),
        ("open=https://example.org/nothing", 400, "says nothing of"),
        ("view=none", 400, "There is no view none."),
    ],
)
def test_a_wrong_wish_is_told(client: TestClient, query: str, status: int, told: str) -> None:
    answer = client.get(f"/explorer/scene?{query}")
    assert answer.status_code == status
    assert told in answer.json()["error"]


def test_names_are_found(client: TestClient) -> None:
    found = asked(client, "search", q="email")
    concepts = next(kind for kind in found["kinds"] if kind["kind"] == "concept")
    assert concepts["items"][0] == {
        "label": "Email Address",
        "more": "3 policies",
        "policy": "",
        "node": EMAIL,
        "url": f"/explorer?{urlencode({'node': EMAIL})}",
    }


def test_policies_are_found_by_whose_they_are(client: TestClient) -> None:
    found = asked(client, "search", q="kranichfeder")
    policies = next(kind for kind in found["kinds"] if kind["kind"] == "policy")
    assert policies["items"][0]["policy"] in keys(client)


def test_practices_are_found_by_their_words(client: TestClient) -> None:
    client.get("/explorer?form=tables&find=sell")  # waits until they are read
    found = asked(client, "search", q="not sell your location")
    assert found["complete"]
    assert [kind["kind"] for kind in found["kinds"]] == ["practice"]


def test_nothing_looked_for_is_where_to_begin(client: TestClient) -> None:
    (found,) = asked(client, "search")["kinds"]
    assert found["kind"] == "organisation"
    assert found["items"]


def test_what_is_known_of_a_concept(client: TestClient) -> None:
    found = asked(client, "node", iri=EMAIL)
    assert found["curie"] == "pd:EmailAddress"
    assert found["policies"] == 3
    assert {"dpv:hasPersonalData", "skos:broader"} <= {way["name"] for way in found["ways"]}
    urls = [link["url"] for link in found["links"]]
    assert urls[0].startswith("/resource?iri=")
    assert "/questions/recipients-of?concept=pd%3AEmailAddress" in urls


def test_what_is_known_of_a_practice(client: TestClient) -> None:
    scene = asked(client, "scene", view="practices")["scene"]
    practice = next(node for node in scene["nodes"] if node["kind"] == "practice")
    found = asked(client, "node", iri=practice["id"])
    assert "Certainty" in dict(found["facts"])
    assert any("/policies/" in link["url"] and "practice=" in link["url"] for link in found["links"])


def test_nothing_is_known_of_a_stranger(client: TestClient) -> None:
    answer = client.get("/explorer/node?iri=https://example.org/nothing")
    assert answer.status_code == 400
    assert "says nothing of" in answer.json()["error"]


def test_graphml_holds_what_is_seen(client: TestClient) -> None:
    query = {"view": "practices", "hide": "purpose", "without": "dpv:hasRecipient"}
    scene = asked(client, "scene", **query)
    answer = client.get(f"/explorer/picture.graphml?{urlencode(query)}")
    assert answer.headers["content-disposition"] == 'attachment; filename="privagraph-practices.graphml"'
    tree = ElementTree.fromstring(answer.content)
    nodes = {node.get("id") for node in tree.iter(f"{GRAPHML}node")}
    purposes = {node["id"] for node in scene["scene"]["nodes"] if node["group"] == "purpose"}
    assert purposes
    assert not purposes & nodes
    assert nodes < {node["id"] for node in scene["scene"]["nodes"]}
    names = {key.get("attr.name") for key in tree.iter(f"{GRAPHML}key")}
    assert {"label", "kind", "group", "x", "y", "polarity", "quotes"} <= names
    edges = [edge for edge in scene["scene"]["edges"] if edge["property"] != "dpv:hasRecipient"]
    shown = [edge for edge in edges if {edge["source"], edge["target"]} <= nodes]
    assert len(list(tree.iter(f"{GRAPHML}edge"))) == len(shown)
    assert answer.content == client.get(f"/explorer/picture.graphml?{urlencode(query)}").content


def test_pictures_hold_what_is_seen(client: TestClient) -> None:
    svg = client.get("/explorer/picture.svg?view=practices&hide=data")
    assert svg.headers["content-type"] == "image/svg+xml"
    ElementTree.fromstring(svg.content)
    assert "Email Address</" not in svg.text
    png = client.get("/explorer/picture.png?view=practices&hide=data")
    assert png.content.startswith(b"\x89PNG")


def test_there_is_no_picture_in_a_format_that_is_none(client: TestClient) -> None:
    assert client.get("/explorer/picture.exe").status_code == 404


def test_tables_show_the_same_with_the_same_filters(client: TestClient) -> None:
    key = keys(client)[0]
    whole = client.get(f"/explorer?form=tables&policy={key}").text
    fewer = client.get(f"/explorer?form=tables&policy={key}&hide=data&unless=possible").text
    scene = asked(client, "scene", policy=key)["scene"]
    assert f"{len(scene['nodes'])} nodes and {len(scene['edges'])} edges" in whole
    data = [html.escape(node["label"]) for node in scene["nodes"] if node["group"] == "data"]
    assert data
    assert all(label in whole for label in data)
    rows = re.findall(r'<th scope="row"><a [^>]+>([^<]+)</a>', fewer)
    assert not set(rows) & set(data)


def test_words_of_policies_are_no_html(client: TestClient) -> None:
    for key in keys(client):
        page = client.get(f"/explorer?form=tables&policy={key}&view=full").text
        assert "<img src=x" not in page
        assert "<b>data brokers" not in page
