"""A real model behind a real server, when both are there: llama-cpp-python and a model file of the user's."""

from __future__ import annotations

import importlib.util
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from privagraph.loaders.llm import LlmExtractor
from privagraph.loaders.readers import read_bytes

MODEL = os.environ.get("PRIVAGRAPH_TEST_GGUF", "")
SERVER = ("llama_cpp", "uvicorn", "fastapi", "sse_starlette")
SECONDS = 300.0
POLICY = b"Privacy Policy. We share your delivery address with couriers."

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path(MODEL).is_file(), reason="PRIVAGRAPH_TEST_GGUF names no model file"),
    pytest.mark.skipif(
        any(importlib.util.find_spec(name) is None for name in SERVER),
        reason="llama-cpp-python[server] is not installed",
    ),
]


@pytest.fixture
def url() -> Iterator[str]:
    """The server of llama-cpp-python with the model."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}/v1"
    command = ["-m", "llama_cpp.server", "--model", MODEL, "--port", str(port), "--n_ctx", "4096"]
    with subprocess.Popen(
        [sys.executable, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            deadline = time.monotonic() + SECONDS
            while time.monotonic() < deadline and server.poll() is None:
                try:
                    httpx.get(f"{address}/models", timeout=5).raise_for_status()
                    break
                except httpx.HTTPError:
                    time.sleep(0.2)
            yield address
        finally:
            server.kill()


def test_a_real_model_answers_in_the_form_and_with_words_of_the_text(url: str, tmp_path: Path) -> None:
    document = read_bytes(POLICY, name="kestrel.txt")
    extractor = LlmExtractor(url, "local", cache=tmp_path, concepts=False, timeout=SECONDS)
    policy = extractor.extract(document)
    assert extractor.usage.asked == 1
    assert extractor.usage.tokens_in > 500
    assert extractor.usage.tokens_out > 0
    assert all(document.text[m.start : m.end].strip() for m in policy.mentions)
    again = LlmExtractor(url, "local", cache=tmp_path, concepts=False, max_requests=0)
    assert again.extract(document) == policy
