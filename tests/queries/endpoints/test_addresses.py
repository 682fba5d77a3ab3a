from __future__ import annotations

from pathlib import Path

import pytest

from privagraph.errors import GraphError, ServiceError
from privagraph.queries.endpoints.addresses import (
    AUTHORIZATION,
    address_of,
    authorization,
    is_address,
    looks_like_address,
    update_address,
)
from privagraph.queries.outputs import GraphOutput
from privagraph.queries.store import GraphStore


@pytest.mark.parametrize(
    ("name", "is_one"),
    [("http://a.example/q", True), ("HTTPS://a.example", True), ("graph", False), ("ftp://a.example", False)],
)
def test_an_address_is_told_from_a_file(name: str, is_one: bool) -> None:
    assert is_address(name) is is_one


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("127.0.0.1:7878/query", "give the whole address: http://127.0.0.1:7878/query"),
        ("[::1]:7878", "give the whole address: http://[::1]:7878"),
        ("ftp://a.example/graph", "give one such as http://localhost:7878/query"),
    ],
)
@pytest.mark.parametrize("writable", [False, True])
def test_whoever_means_a_server_is_told_how_to_name_it(
    name: str, advice: str, writable: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert looks_like_address(name)
    with pytest.raises(GraphError, match="no address of a server") as told:
        GraphStore.open(name, writable=writable)
    assert told.value.advice == advice
    with pytest.raises(GraphError, match="looks like an address") as told:
        GraphOutput(name)
    assert "privagraph load" in told.value.advice
    assert list(tmp_path.iterdir()) == []


def test_a_folder_may_be_called_like_a_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("localhost:7878").mkdir()
    with GraphStore.open("localhost:7878", writable=True) as store:
        assert store.policies() == []


@pytest.mark.parametrize("name", ["graph", "C:\\graphs\\12", "c:", "a/b:12", "run-12:30:00.trig"])
def test_names_of_files_are_not_taken_for_servers(name: str) -> None:
    assert not looks_like_address(name)


def test_what_may_be_a_key_is_not_shown() -> None:
    address = address_of("HTTPS://sparql.example:8443/query?key=hidden#part")
    assert address.url == "https://sparql.example:8443/query?key=hidden"
    assert address.shown == "https://sparql.example:8443/query"
    assert (address.service, address.host, address.local) == ("sparql.example:8443", "sparql.example", False)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "db.localhost"])
def test_this_machine_is_known_by_its_names(host: str) -> None:
    assert address_of(f"http://{host}:7878/query").local


@pytest.mark.parametrize(
    "url", ["http://", "http:query", "https://a.example:port/", "http://a b/", "http://[::1"]
)
def test_what_is_no_address_is_said(url: str) -> None:
    with pytest.raises(GraphError, match="no address of a server; give one such as http://localhost"):
        address_of(url)


@pytest.mark.parametrize("secret", ["ann:hidden@", "hidden@", ":hidden@"])
def test_a_password_in_an_address_is_refused_and_not_repeated(secret: str) -> None:
    with pytest.raises(
        GraphError, match=f"set {AUTHORIZATION} in the environment, or put them into ~/.netrc"
    ) as caught:
        address_of(f"https://{secret}sparql.example/query")
    assert "hidden" not in str(caught.value)
    assert "sparql.example" in str(caught.value)


@pytest.mark.parametrize(
    ("query", "update"),
    [
        ("http://a.example/query", "http://a.example/update"),
        ("http://a.example/ds/query/?key=1", "http://a.example/ds/update?key=1"),
        ("http://a.example/repositories/p", "http://a.example/repositories/p/statements"),
        ("http://a.example/sparql", "http://a.example/sparql"),
        ("http://a.example/repositories", "http://a.example/repositories"),
    ],
)
def test_where_updates_go(query: str, update: str) -> None:
    assert update_address(address_of(query)).url == update


def test_the_environment_says_who_one_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(AUTHORIZATION, " Bearer abc ")
    assert authorization(address_of("https://a.example/q")) == "Bearer abc"


@pytest.mark.parametrize("told", ["abc", "Bearer a\nX-Other: b", "Bearer ü"])
def test_a_header_that_is_none_is_said_and_not_repeated(told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(AUTHORIZATION, told)
    with pytest.raises(ServiceError, match=f"a.example: {AUTHORIZATION} is no header") as caught:
        authorization(address_of("https://a.example/q"))
    assert told not in str(caught.value)


def test_a_netrc_file_says_who_one_is_at_which_host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "netrc"
    place.write_text("machine a.example login ann password hidden\n")
    place.chmod(0o600)
    monkeypatch.setenv("NETRC", str(place))
    assert authorization(address_of("https://a.example/q")) == ("ann", "hidden")
    assert authorization(address_of("https://b.example/q")) is None


def test_a_netrc_file_that_is_none_is_said_and_not_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "netrc"
    place.write_text("login hidden machine\n")
    place.chmod(0o600)
    monkeypatch.setenv("NETRC", str(place))
    with pytest.raises(ServiceError, match="netrc cannot be used") as caught:
        authorization(address_of("https://a.example/q"))
    assert "hidden" not in str(caught.value)
