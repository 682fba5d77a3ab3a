"""``privagraph map --extractor llm``: what it says before it sends, and how it ends."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from privagraph.cli import cli
from privagraph.queries.store import GraphStore

POLICY = """Privacy Policy of Kestrel Kites Ltd

We share your delivery address with couriers. We do not sell your email address to advertisers at all.
"""


class Service(ThreadingHTTPServer):
    """Says of every passage that its words "your delivery address" are data; or fails with ``status``."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.keys: list[str | None] = []
        self.status = 200


class _Handler(BaseHTTPRequestHandler):
    server: Service

    def do_POST(self) -> None:
        self.server.keys.append(self.headers["Authorization"])
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        passages = json.loads(asked["messages"][1]["content"])["passages"]
        said = {
            "role": "data_category",
            "quote": "your delivery address",
            "concept": None,
            "polarity": "affirmed",
        }
        answer = {"passages": [{"id": each["id"], "mentions": [said]} for each in passages]}
        body = json.dumps(
            {
                "choices": [{"message": {"content": json.dumps(answer)}}],
                "usage": {"prompt_tokens": 1234, "completion_tokens": 56},
            }
        ).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the name that it has
        pass


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    monkeypatch.delenv("PRIVAGRAPH_LLM_KEY", raising=False)
    running = Service()
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield running
    running.shutdown()
    running.server_close()
    thread.join(5)


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "kestrel.txt"
    path.write_text(POLICY)
    return path


def run(policy: Path, *arguments: str | Path) -> Result:
    output = policy.with_name("graph.nq")
    return CliRunner().invoke(cli, ["map", str(policy), "--output", str(output), *map(str, arguments)])


def asking(service: Service, policy: Path) -> list[str]:
    url = f"http://127.0.0.1:{service.server_port}/v1"
    cache = str(policy.with_name("answers"))
    return ["--extractor", "llm", "--llm-url", url, "--model", "tiny", "--llm-cache", cache]


def test_where_the_text_goes_is_said_first_and_the_cost_last(service: Service, policy: Path) -> None:
    result = run(policy, *asking(service, policy))
    assert result.exit_code == 0
    assert result.stdout == ""
    first, *middle, last = result.stderr.splitlines()
    assert first == (
        f"passages of the policies are sent to 127.0.0.1:{service.server_port} (on this machine), model tiny; "
        f"answers are kept in {policy.with_name('answers')}"
    )
    assert last == "language model: 1 request, 1 passage answered, 0 from the cache, 1,234 tokens in, 56 out"
    assert any(line.startswith("mapped 1 policy from 1 source: ") for line in middle)
    with GraphStore.open(policy.with_name("graph.nq")) as store:
        assert len(store.policies()) == 1


def test_a_second_run_sends_nothing_and_writes_the_same(service: Service, policy: Path) -> None:
    run(policy, *asking(service, policy))
    written = policy.with_name("graph.nq").read_bytes()
    result = run(policy, *asking(service, policy), "--llm-max-requests", "0")
    assert "no requests, no passages answered, 1 from the cache" in result.stderr
    assert policy.with_name("graph.nq").read_bytes() == written
    assert len(service.keys) == 1


def test_the_key_comes_from_the_environment(
    service: Service, policy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRIVAGRAPH_LLM_KEY", "k-123")
    result = run(policy, *asking(service, policy), "--llm-short", "--llm-batch", "1", "--llm-timeout", "9")
    assert service.keys == ["Bearer k-123"]
    assert "k-123" not in result.output
    assert "k-123" not in policy.with_name("graph.nq").read_text()


def test_quiet_says_nothing(service: Service, policy: Path) -> None:
    assert run(policy, *asking(service, policy), "--quiet").output == ""


def test_a_service_that_refuses_ends_the_run_with_one_line(service: Service, policy: Path) -> None:
    service.status = 401
    result = run(policy, *asking(service, policy), "--quiet")
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert "does not accept the key (HTTP 401" in line
    assert line.endswith("set PRIVAGRAPH_LLM_KEY to a key of this service")
    assert not policy.with_name("graph.nq").exists()


def test_a_budget_that_does_not_suffice_leaves_the_policy_out(service: Service, policy: Path) -> None:
    result = run(policy, *asking(service, policy), "--llm-max-requests", "0")
    assert result.exit_code == 2
    assert "kestrel.txt: the budget of 0 requests is spent" in result.stderr
    assert "[budget]" in result.stderr
    assert service.keys == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--extractor", "llm"], "--extractor llm needs --llm-url and --model"),
        (["--extractor", "llm", "--model", "m"], "--extractor llm needs --llm-url:"),
        (["--extractor", "llm", "--llm-url", "http://localhost/v1"], "--extractor llm needs --model:"),
        (["--model", "m"], "--model: for a language model, add --extractor llm"),
        (["--llm-short", "--llm-cache", "x"], "--llm-short, --llm-cache: for a language model"),
        (["--extractor", "llm", "--model", "m", "--llm-url", "localhost"], "no address of a service"),
        (["--extractor", "llm", "--model", "m", "--llm-url", "http://a:b@h/"], "PRIVAGRAPH_LLM_KEY"),
        (["--extractor", "gpt"], "'gpt' is not one of"),
    ],
)
def test_what_is_missing_or_idle_is_told(arguments: list[str], said: str, policy: Path) -> None:
    result = run(policy, *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert not policy.with_name("graph.nq").exists()
