"""Fixtures for all tests of the page: a graph, a client without a network, and a server on a loopback port.

The graph holds the two example policies and a third, whose words are HTML that must never run.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient

from privagraph.mapping import map_policies
from privagraph.web import create_app

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
HOSTILE = """\
Privacy policy of <script>document.title = "taken"</script> & Sons Ltd

<script>document.title = "taken"</script> & Sons Ltd runs this site.

We share your email address with <img src=x onerror="document.title='taken'"> advertisers to show you ads.

We do not sell your "location data" to </script><b>data brokers</b>.

We keep your payment details for six years. You can ask us to erase your data at any time.
"""
"""A policy whose words are HTML; its file is ``hostile.txt``."""


@contextmanager
def _serving(app: FastAPI) -> Iterator[str]:
    """Serve an application on a free port of the loopback interface; hands out its address, without a final slash."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    try:
        until = time.monotonic() + 60
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            assert time.monotonic() < until, "the server took more than a minute to start"
            time.sleep(0.05)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(30)
        listening.close()


@pytest.fixture(scope="session")
def serving() -> Callable[[FastAPI], AbstractContextManager[str]]:
    """Serves an application of one's own, in a ``with`` statement that hands out its address."""
    return _serving


@pytest.fixture(scope="session")
def graph_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the example policies and :data:`HOSTILE`; only for reading."""
    place = tmp_path_factory.mktemp("web")
    (place / "hostile.txt").write_text(HOSTILE, "utf-8")
    map_policies([EXAMPLES, place / "hostile.txt"], place / "graph")
    return place / "graph"


@pytest.fixture(scope="session")
def client(graph_folder: Path) -> Iterator[TestClient]:
    """A client that asks the application without any network."""
    with TestClient(create_app(str(graph_folder)), base_url="http://127.0.0.1") as made:
        yield made


@pytest.fixture(scope="session")
def server(graph_folder: Path) -> Iterator[str]:
    """The address of a server on this machine, without a final slash."""
    with _serving(create_app(str(graph_folder))) as address:
        yield address
