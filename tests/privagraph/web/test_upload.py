"""Uploads: what is taken and what is not, that a policy is mapped into a copy, and that its words stay words."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from selectolax.lexbor import LexborHTMLParser

from privagraph.queries.store import GraphStore
from privagraph.web import Settings, create_app
from privagraph.web.session import Session
from privagraph.web.uploads import ACCEPTED, clean_name

TEAPOTS = """\
# Privacy policy of Teapot Parade

Teapot Parade Ltd runs this shop for teapots.

We collect your email address and your postal address to deliver the teapots you order.

We share your email address with <script>document.title = "taken"</script> advertisers if you agree.

We keep invoices for ten years. You may ask us to erase your data at any time.
"""
LARGEST = 40_000


@pytest.fixture(scope="module")
def session(graph_folder: Path) -> Iterator[Session]:
    """The session of the application below."""
    with Session.for_graph(graph_folder) as made:
        yield made


@pytest.fixture(scope="module")
def uploader(session: Session) -> Iterator[TestClient]:
    """An application that takes small files."""
    app = create_app(session, settings=Settings(workers=1, upload_bytes=LARGEST))
    with TestClient(app, base_url="http://127.0.0.1", follow_redirects=False) as made:
        yield made


def sent(client: TestClient, name: str, content: str | bytes, **headers: str) -> Response:
    """A file that is posted."""
    return client.post("/upload", files={"file": (name, content)}, headers=headers)


def ended(client: TestClient, answer: Response) -> dict[str, Any]:
    """What a job says at its end."""
    assert answer.status_code == 303, answer.text
    until = time.monotonic() + 90
    while True:
        told: dict[str, Any] = client.get(f"{answer.headers['location']}/progress").json()
        if told["over"]:
            return told
        assert time.monotonic() < until, told
        time.sleep(0.2)


def page(answer: Response) -> LexborHTMLParser:
    return LexborHTMLParser(answer.text)


def main(answer: Response) -> str:
    """What a page says, on one line."""
    found = page(answer).css_first("main")
    assert found is not None
    return " ".join(found.text().split())


def test_a_file_is_mapped_into_a_copy(uploader: TestClient, session: Session, graph_folder: Path) -> None:
    before = {each.name: each.read_bytes() for each in graph_folder.iterdir() if each.suffix == ".sst"}
    with GraphStore.open(graph_folder) as store:
        policies = store.policies()
    answer = sent(uploader, "teapots.md", TEAPOTS)
    told = ended(uploader, answer)
    assert (told["state"], told["done"], told["total"]) == ("done", 5, 5)
    assert told["address"].startswith("/policies/")
    key = told["address"].removeprefix("/policies/")
    shown = main(uploader.get(answer.headers["location"]))
    assert "mentions and" in shown
    assert "copy of the graph that lives until the server stops" in shown
    assert f"privagraph map teapots.md --output {graph_folder}" in shown
    listed = uploader.get("/upload")
    assert f"/policies/{key}" in listed.text
    assert "Teapot Parade Ltd" in main(listed)
    assert "Teapot Parade Ltd" in uploader.get("/").text
    turtle = uploader.get("/upload/policy", params={"policy": key, "form": "ttl"})
    assert turtle.headers["content-type"].startswith("text/turtle")
    assert turtle.headers["content-disposition"] == f'attachment; filename="{key}.ttl"'
    assert '"teapots.md"' in turtle.text
    assert "GRAPH" not in turtle.text
    assert session.has_changed
    with GraphStore.open(graph_folder) as store:
        assert store.policies() == policies
    assert before == {
        each.name: each.read_bytes() for each in graph_folder.iterdir() if each.suffix == ".sst"
    }
    assert not [each for each in session.private.iterdir() if each.is_file()]


def test_words_of_a_policy_stay_words(uploader: TestClient) -> None:
    told = ended(uploader, sent(uploader, "<b>bold</b>.md", TEAPOTS + "\nWe also collect your age.\n"))
    for address in (told["address"], "/upload", "/"):
        answer = uploader.get(address)
        assert answer.status_code == 200
        scripts = page(answer).css("script")
        assert scripts
        assert all("src" in each.attributes and not each.text() for each in scripts)
        assert not page(answer).css("td b, h1 b, main > script")


def test_the_same_again_changes_nothing(uploader: TestClient, session: Session) -> None:
    ended(uploader, sent(uploader, "teapots.md", TEAPOTS))
    folder = session.folder
    answer = sent(uploader, "teapots.md", TEAPOTS)
    assert ended(uploader, answer)["state"] == "done"
    assert session.folder == folder
    assert "holds this very policy already" in main(uploader.get(answer.headers["location"]))


def test_a_text_is_pasted(uploader: TestClient) -> None:
    words = "Privacy policy. We collect your name and email address to answer you. We share them with nobody — naïvely."
    answer = uploader.post("/upload", files={"text": (None, words), "name": (None, "a/b tea")})
    assert ended(uploader, answer)["state"] == "done"
    shown = main(uploader.get("/upload"))
    assert "a b tea.txt" in shown
    answer = uploader.get("/upload")
    key = next(
        link.attributes["href"] or ""
        for row in page(answer).css("tr")
        if "a b tea.txt" in row.text()
        for link in row.css("th a")
    ).removeprefix("/policies/")
    text = uploader.get("/upload/policy", params={"policy": key}).text
    assert "naïvely" in text


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        (
            "photo.png",
            b"\x89PNG\r\n\x1a\n" + b"0" * 40,
            ["photo.png: files that end in .png are not taken", "paste"],
        ),
        ("photo.html", b"\x89PNG\r\n\x1a\n" + b"0" * 40, ["photo.html: a PNG picture"]),
        ("policy", "We collect data.", ["the name does not say what it is", ".html"]),
        ("empty.txt", "", ["the file has no content"]),
        ("data.txt", '{"a": 1}', ["JSON data is not a document"]),
        ("archive.docx", b"PK\x03\x04" + b"0" * 50, ["a damaged or incomplete DOCX file"]),
    ],
)
def test_what_is_not_taken(uploader: TestClient, name: str, content: str | bytes, words: list[str]) -> None:
    answer = sent(uploader, name, content)
    assert answer.status_code == 422
    alert = page(answer).css_first("#wrong")
    assert alert is not None
    assert alert.attributes["role"] == "alert"
    assert [each for each in words if each not in " ".join(alert.text().split())] == []


def test_nothing_is_given(uploader: TestClient) -> None:
    assert "choose a file" in main(uploader.post("/upload", files={"text": (None, " ")})).lower()


def test_too_large(uploader: TestClient) -> None:
    for files in ({"file": ("long.txt", "a " * LARGEST)}, {"text": (None, "a " * LARGEST)}):
        answer = uploader.post("/upload", files=files)
        assert answer.status_code == 413
        assert "larger than 0.04 MB" in main(answer)


def test_too_large_by_a_little(uploader: TestClient) -> None:
    assert sent(uploader, "long.txt", "a" * (LARGEST + 1)).status_code == 413


def test_a_size_that_is_not_told_beforehand(uploader: TestClient) -> None:
    def parts() -> Iterator[bytes]:
        yield b'--x\r\nContent-Disposition: form-data; name="file"; filename="long.txt"\r\n\r\n'
        for _ in range(100):
            yield b"long " * 200
        yield b"\r\n--x--\r\n"

    answer = uploader.post(
        "/upload", content=parts(), headers={"content-type": "multipart/form-data; boundary=x"}
    )
    assert answer.status_code == 413


@pytest.mark.parametrize("body", [b"", b"--x\r\nnonsense", b"--y\r\n\r\n--y--"])
def test_a_broken_form(uploader: TestClient, body: bytes) -> None:
    answer = uploader.post(
        "/upload", content=body, headers={"content-type": "multipart/form-data; boundary=x"}
    )
    assert answer.status_code in (400, 422)
    assert page(answer).css_first("h1") is not None


def test_another_kind_of_form(uploader: TestClient) -> None:
    assert uploader.post("/upload", data={"text": "We collect data."}).status_code == 415


def test_a_page_elsewhere_cannot_upload(uploader: TestClient) -> None:
    answer = sent(uploader, "teapots.md", TEAPOTS, Origin="http://elsewhere.example")
    assert answer.status_code == 403


def test_no_policy(uploader: TestClient, session: Session) -> None:
    folder = session.folder
    cake = (
        "Beat two eggs with sugar and flour. Bake the cake for an hour, and serve it with jam to your guests."
    )
    answer = sent(uploader, "cake.txt", cake)
    assert ended(uploader, answer)["state"] == "failed"
    shown = main(uploader.get(answer.headers["location"]))
    assert "cake.txt could not be mapped" in shown
    assert "Give a privacy policy." in shown
    assert session.folder == folder


def test_stop(uploader: TestClient, session: Session) -> None:
    answers = [sent(uploader, f"{number}.md", TEAPOTS + f"\nCall {number}.\n") for number in range(2)]
    jobs = [answer.headers["location"] for answer in answers]
    waiting = uploader.get(jobs[1])
    assert "1 other upload comes first" in main(waiting)
    assert page(waiting).css_first('noscript meta[http-equiv="refresh"]') or "http-equiv" in waiting.text
    for job in jobs[::-1]:
        assert uploader.post(f"{job}/stop").headers["location"] == job
    assert [uploader.get(f"{job}/progress").json()["state"] for job in jobs] == ["stopped", "stopped"]
    assert "was stopped" in main(uploader.get(jobs[0]))
    assert not [each for each in session.private.iterdir() if each.is_file()]


def test_no_such_job(uploader: TestClient) -> None:
    for address in ("/jobs/999", "/jobs/x", "/jobs/999/progress"):
        assert uploader.get(address).status_code == 404
    assert uploader.post("/jobs/999/stop").status_code == 404


def test_it_takes_too_long(graph_folder: Path) -> None:
    app = create_app(str(graph_folder), settings=Settings(workers=1, upload_seconds=0.05))
    with TestClient(app, base_url="http://127.0.0.1", follow_redirects=False) as client:
        answer = sent(client, "teapots.md", TEAPOTS)
        assert ended(client, answer)["state"] == "failed"
        shown = main(client.get(answer.headers["location"]))
        assert "stopped after 0.05 seconds" in shown
        assert "privagraph map FILE" in shown


def test_an_empty_graph_takes_policies_and_is_gone_afterwards() -> None:
    with Session.for_graph(None) as session:
        app = create_app(session, settings=Settings(workers=1))
        with TestClient(app, base_url="http://127.0.0.1", follow_redirects=False) as client:
            for address in ("/", "/validation", "/compare"):
                assert client.get(address).status_code == 200
            assert ended(client, sent(client, "teapots.md", TEAPOTS))["state"] == "done"
            assert "Teapot Parade Ltd" in client.get("/").text
            private = session.private
            assert private.exists()
        assert not private.exists()


def test_uploads_can_be_refused(graph_folder: Path) -> None:
    app = create_app(str(graph_folder), settings=Settings(workers=1, uploads=False))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        assert client.get("/upload").status_code == 403
        assert sent(client, "teapots.md", TEAPOTS).status_code == 403
        assert "/upload" not in client.get("/").text


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("policy.html", "policy.html"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\policy.docx", "policy.docx"),
        ("/", "policy"),
        ("..", "policy"),
        ("", "policy"),
        (".htaccess", "htaccess"),
        ("a\x00b\nc.txt", "a b c.txt"),
        ("right\u202eto\u200bleft.txt", "righttoleft.txt"),
        ("x" * 300 + ".html", "x" * 115 + ".html"),
        ("policy." + "y" * 300, "." + "y" * 119),
    ],
)
def test_clean_names(given: str, name: str) -> None:
    assert clean_name(given) == name
    assert len(clean_name(given)) <= 120


def test_accepted_kinds_are_those_of_the_readers() -> None:
    assert {".html", ".md", ".txt", ".pdf", ".docx"} <= set(ACCEPTED)
