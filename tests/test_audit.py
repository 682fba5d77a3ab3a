"""The audit of dependencies: what is known fails, what is waived does not, and no network is no failure."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import json
import tomllib
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import ModuleType
from typing import Any

import pytest

SCRIPT = Path(__file__).resolve().parent.parent / ".ci" / "audit.py"
TODAY = date(2026, 6, 1)
ADVISORY = "GHSA-aaaa-bbbb-cccc"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    pytest.importorskip("pip_audit", reason="pip-audit is not installed: pip install -e '.[lint]'")
    spec = importlib.util.spec_from_file_location("audit", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class _Advisories(BaseHTTPRequestHandler):
    """A service that speaks OSV's protocol (https://google.github.io/osv.dev/post-v1-query/) and knows one advisory."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        package = asked["package"]["name"]
        said: dict[str, Any] = {}
        if package == "click":
            ranges = [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "99.0"}]}]
            affected = [{"package": {"name": package, "ecosystem": "PyPI"}, "ranges": ranges}]
            said = {"vulns": [{"id": ADVISORY, "summary": "It clicks.", "affected": affected}]}
        body = json.dumps(said).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def service() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Advisories)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1/query"
    server.shutdown()
    thread.join(10)
    server.server_close()


def test_a_known_vulnerability_fails(
    script: ModuleType, service: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--vulnerability-service=osv", f"--osv-url={service}", f"--cache-dir={tmp_path}"]
    assert script.main(options) == 1
    said = capsys.readouterr().out
    version = importlib.metadata.version("click")
    assert f"vulnerable: click {version}: {ADVISORY}, fixed in 99.0\n" in said
    assert ": 1 known vulnerabilities" in said


def test_no_network_is_said_and_no_failure(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--vulnerability-service=osv", "--osv-url=http://127.0.0.1:1/", f"--cache-dir={tmp_path}"]
    assert script.main(options) == 0
    assert capsys.readouterr().out.startswith("NOT AUDITED: the advisories cannot be reached (")


def test_what_else_fails_is_a_failure(script: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert script.main(["--no-such-option"]) == 2
    assert capsys.readouterr().out.startswith("pip-audit fails: ")


def test_what_is_audited_is_what_the_package_needs(script: ModuleType) -> None:
    found = script.installed("privagraph", {"fast"})
    assert {"click", "rdflib", "pyoxigraph", "lxml"} <= set(found)  # lxml comes with python-docx
    assert found["click"] == importlib.metadata.version("click")
    assert not {"privagraph", "pytest", "ruff", "mypy"} & set(found)


def report(*known: str, aliases: tuple[str, ...] = (), skipped: tuple[str, ...] = ()) -> dict[str, Any]:
    vulnerable = [
        {"id": each, "aliases": list(aliases), "fix_versions": [], "description": ""} for each in known
    ]
    dependencies: list[dict[str, Any]] = [{"name": each, "skip_reason": "not found"} for each in skipped]
    return {"dependencies": [*dependencies, {"name": "click", "version": "8.1", "vulns": vulnerable}]}


def waiver(id_: str = ADVISORY, package: str = "click", until: date = TODAY) -> dict[str, Any]:
    return {"id": id_, "package": package, "reason": "not called here", "until": until}


@pytest.mark.parametrize(
    ("found", "waived", "code", "line"),
    [
        (report(), [], 0, "audited 1 packages: 0 known vulnerabilities that are not waived"),
        (report("PYSEC-1"), [], 1, "vulnerable: click 8.1: PYSEC-1, fixed in no version yet"),
        (
            report(ADVISORY),
            [waiver()],
            0,
            f"waived until 2026-06-01: click 8.1: {ADVISORY} (not called here)",
        ),
        (
            report("PYSEC-1", aliases=(ADVISORY,)),
            [waiver()],
            0,
            "waived until 2026-06-01: click 8.1: PYSEC-1 (not called here)",
        ),
        (report(ADVISORY), [waiver(until=date(2026, 5, 31))], 1, "; it was waived until 2026-05-31"),
        (report(ADVISORY), [waiver(package="other")], 1, f"vulnerable: click 8.1: {ADVISORY}"),
        (report(), [waiver()], 0, f"no longer needed in waived.toml: {ADVISORY}"),
        (report(skipped=("odd",)), [], 0, "not audited, since the service does not have them: odd"),
        (
            {"dependencies": [{"name": "odd", "skip_reason": "not found"}]},
            [],
            0,
            "NOT AUDITED: the service has no advisories for any of 1 packages",
        ),
    ],
)
def test_a_report_is_judged(
    script: ModuleType, found: dict[str, Any], waived: list[dict[str, Any]], code: int, line: str
) -> None:
    lines, ended = script.judged(found, waived, TODAY)
    assert ended == code
    assert any(line in each for each in lines), lines


def test_every_waiver_says_why_and_how_long(script: ModuleType) -> None:
    for each in tomllib.loads(script.WAIVED.read_text("utf-8")).get("waived", []):
        assert set(each) == {"id", "package", "reason", "until"}
        assert isinstance(each["until"], date)
        assert len(each["reason"]) > 20
