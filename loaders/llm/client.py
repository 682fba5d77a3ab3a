"""One question to a language model behind the OpenAI-compatible chat interface, with patience and with limits.

The interface is ``POST {url}/chat/completions`` with ``response_format`` of type ``json_schema``, which hosted
services, Ollama, vLLM and the server of llama.cpp have in common
(https://platform.openai.com/docs/api-reference/chat/create). Where a server knows only an older way to ask for JSON, or
refuses one of the sampling parameters, the question is asked again in the way that it knows.

The client is httpx, which the package needs anyway to fetch pages. The ``openai`` package, which is built on httpx,
would bring a model of the whole interface for this one endpoint; its retries could not be counted against the user's
budget; and its typed answers would have to be checked again, for compatible servers are compatible in the main only.

What is retried: a connection that breaks, and the answers 408, 425, 429, 500, 502, 503, 504 and 529, with growing
pauses or those that ``Retry-After`` asks for. A time-out is not: a model that needed too long will need too long again.
Redirects are not followed, so that the text goes to the host that was named and to no other.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from privagraph._version import __version__
from privagraph.errors import InputError, ServiceError
from privagraph.loaders.web import closed_after
from privagraph.ontology.pauses import wait_asked_for

if TYPE_CHECKING:
    import httpx

__all__ = ["ChatClient", "NoReply", "Reply", "endpoint"]

_OBJECTS = frozenset({400, 422, 500})
"""What servers answer to a question that has something in it which they do not know; some call that their own fault."""
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504, 529})
_REFUSED = {
    401: ("does not accept the key", "set PRIVAGRAPH_LLM_KEY to a key of this service"),
    402: ("asks for payment", "look at your account with the service"),
    403: ("refuses access", "set PRIVAGRAPH_LLM_KEY to a key that may use this model"),
    404: ("has no such address or model", "check --llm-url, which mostly ends in /v1, and --model"),
    405: ("does not take questions at this address", "check --llm-url, which mostly ends in /v1"),
    407: ("is behind a proxy that asks for a password", "check the proxy settings"),
}
_ATTEMPTS = 4
_LONGEST_PAUSE = 120.0
_LARGEST = 20_000_000
_CONNECT = 10.0
"""The longest time for a connection, in seconds: a model may think long, but a server that is there answers soon."""
_SAMPLING = ("temperature", "seed", "max_tokens")


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model said.

    Attributes:
        content: Its words; empty when it said none.
        tokens_in: Tokens of the question, 0 where the service does not tell.
        tokens_out: Tokens of the answer, 0 where the service does not tell.
    """

    content: str
    tokens_in: int = 0
    tokens_out: int = 0


@dataclass(frozen=True, slots=True)
class NoReply:
    """A question that got no answer, though another one may.

    Attributes:
        reason: Why, in one clause.
    """

    reason: str


def endpoint(url: str) -> str:
    """The address that questions are sent to.

    Args:
        url: The address of a service, such as ``http://localhost:11434/v1``.

    Raises:
        InputError: It is no http or https address, or holds a password.

    Example:
        >>> endpoint("http://localhost:11434/v1/")
        'http://localhost:11434/v1/chat/completions'
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if not host or parts.scheme.lower() not in ("http", "https"):
        raise InputError(
            url or "--llm-url", "is no address of a service", "give one such as http://localhost:11434/v1"
        )
    if parts.username is not None or parts.password is not None:
        raise InputError(
            f"{parts.scheme}://...@{host}",
            "an address with a user name or password in it is not taken",
            "set PRIVAGRAPH_LLM_KEY in the environment instead",
        )
    path = parts.path.rstrip("/")
    path = path if path.endswith("/chat/completions") else f"{path}/chat/completions"
    return urlunsplit((parts.scheme.lower(), parts.netloc, path, parts.query, ""))


class ChatClient:
    """Asks one model of one service; holds no connection, so that it can be copied to other processes.

    Args:
        url: The address of the service.
        model: The model's name there.
        api_key: The key, or None for a service that needs none.
        timeout: The longest time for one answer, in seconds.
        pause: The first pause before a question is asked again, in seconds; each further one is twice as long.

    Raises:
        InputError: The address is none.
    """

    def __init__(
        self,
        url: str,
        model: str,
        *,
        api_key: str | None = None,
        timeout: float = 120.0,
        pause: float = 1.0,
    ) -> None:
        self.address = endpoint(url)
        self.service = urlsplit(self.address).netloc
        self.timeout = timeout
        self._model = model
        self._key = api_key
        self._pause = pause
        self._left_out: set[str] = set()
        self._plain_json = False

    def ask(
        self,
        messages: list[dict[str, str]],
        schema: dict[str, Any],
        *,
        longest: int,
        before_each: Callable[[], None],
    ) -> Reply | NoReply:
        """Ask once; see the module for what is tried again.

        Args:
            messages: The conversation, in the form of the interface.
            schema: JSON schema of the answer.
            longest: The most tokens of the answer.
            before_each: Is called before every request; what it raises ends the question.

        Returns:
            The reply, or why there is none though the service serves.

        Raises:
            ServiceError: The service cannot be used, for this question or another.
        """
        pause, attempt = self._pause, 1
        while True:
            before_each()
            outcome = self._once(self._body(messages, schema, longest))
            if isinstance(outcome, Reply | NoReply):
                return outcome
            status, told, wait = outcome
            if status in _OBJECTS and self._adapted(told):
                continue
            if status in (400, 422):
                return NoReply(f"HTTP {status}: {told}")
            if attempt >= _ATTEMPTS:
                if status == 0 or status == 429:
                    raise self._unusable(status, told)
                return NoReply(f"HTTP {status}: {told}")
            if wait is not None and wait > _LONGEST_PAUSE:
                raise ServiceError(
                    self.service,
                    f"asks to wait {wait:.0f} seconds",
                    "run the same command later; answers that came are kept",
                )
            time.sleep(pause if wait is None else wait)
            pause, attempt = min(pause * 2, _LONGEST_PAUSE), attempt + 1

    def _unusable(self, status: int, told: str) -> ServiceError:
        if status == 429:
            return ServiceError(
                self.service,
                f"takes no more questions for now: {told}",
                "run the same command later; answers that came are kept",
            )
        return ServiceError(
            self.service, f"cannot be reached ({told})", "check that the service runs, and --llm-url"
        )

    def _body(self, messages: list[dict[str, str]], schema: dict[str, Any], longest: int) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": self._model,
            "messages": messages,
            "temperature": 0,
            "seed": 1,
            "max_tokens": longest,
            "response_format": {"type": "json_object", "schema": schema}
            if self._plain_json
            else {
                "type": "json_schema",
                "json_schema": {"name": "mentions", "strict": True, "schema": schema},
            },
        }
        return {name: value for name, value in body.items() if name not in self._left_out}

    def _adapted(self, told: str) -> bool:
        """Whether a refusal named something that can be asked for differently, from now on."""
        for name in _SAMPLING:
            if name in told and name not in self._left_out:
                self._left_out.add(name)
                return True
        if not self._plain_json and ("response_format" in told or "json_schema" in told):
            self._plain_json = True
            return True
        return False

    def _once(self, body: dict[str, Any]) -> Reply | NoReply | tuple[int, str, float | None]:
        """One request: the reply, or the status, what was told, and the pause that is asked for."""
        import httpx

        headers = {"User-Agent": f"privagraph/{__version__}"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        deadline = time.monotonic() + self.timeout
        limits = httpx.Timeout(self.timeout, connect=min(self.timeout, _CONNECT))
        try:
            with (
                httpx.Client(
                    follow_redirects=False,
                    timeout=limits,
                    headers=headers,
                    verify=self.address.startswith("https:"),  # to read all certificates takes its time
                ) as client,
                closed_after(self.timeout, client),
                client.stream("POST", self.address, json=body) as response,
            ):
                data = _read(response, deadline)
                if data is None:
                    return NoReply("the answer does not end")
                return self._outcome(response, data)
        except httpx.ConnectTimeout as error:
            return 0, self._plainly(str(error) or "it does not answer"), None
        except httpx.TimeoutException:
            return NoReply(f"no answer within {self.timeout:g} seconds")
        except (httpx.TransportError, httpx.DecodingError, httpx.StreamError, OSError, RuntimeError) as error:
            if time.monotonic() >= deadline:
                return NoReply(f"no answer within {self.timeout:g} seconds")
            return 0, self._plainly(str(error) or type(error).__name__), None
        except (httpx.InvalidURL, UnicodeError) as error:
            raise ServiceError(self.service, "is no address that can be used", "check --llm-url") from error

    def _outcome(
        self, response: httpx.Response, data: bytes
    ) -> Reply | NoReply | tuple[int, str, float | None]:
        status = response.status_code
        if status == 200:
            return _reply(data)
        told = self._plainly(_told(data))
        if status in _REFUSED or 300 <= status < 400:
            reason, advice = _REFUSED.get(
                status, ("sends questions on to another address", "give that address with --llm-url")
            )
            raise ServiceError(self.service, f"{reason} (HTTP {status}{f': {told}' if told else ''})", advice)
        if status in (400, 422) or status in _AGAIN:
            return status, told, wait_asked_for(response.headers.get("retry-after"))
        return NoReply(f"HTTP {status}: {told}")

    def _plainly(self, told: str) -> str:
        """Words of the service on one line, not too many of them, and never the key."""
        line = " ".join(told.split())
        if self._key:
            line = line.replace(self._key, "...")
        return line if len(line) <= 400 else f"{line[:399]}…"


def _read(response: httpx.Response, deadline: float) -> bytes | None:
    """The body, or None when it is too large or takes too long."""
    data = bytearray()
    for chunk in response.iter_bytes():
        data += chunk
        if len(data) > _LARGEST or time.monotonic() > deadline:
            return None
    return bytes(data)


def _reply(data: bytes) -> Reply | NoReply:
    """What a good answer holds; servers differ, so nothing is taken for granted."""
    try:
        said = json.loads(data)
        message = said["choices"][0]["message"]
        content = message.get("content")
        usage = said.get("usage")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return NoReply("the answer is not of the chat interface")
    counts = usage if isinstance(usage, dict) else {}
    return Reply(
        content if isinstance(content, str) else "",
        _natural(counts.get("prompt_tokens")),
        _natural(counts.get("completion_tokens")),
    )


def _natural(number: object) -> int:
    return number if isinstance(number, int) and not isinstance(number, bool) and number >= 0 else 0


def _told(data: bytes) -> str:
    """What a server says of an error: the message where it has one, else its bytes."""
    text = data[:4000].decode("utf-8", "replace")
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        return text
    error = said.get("error", said) if isinstance(said, dict) else said
    if isinstance(error, dict):
        error = error.get("message", error)
    return error if isinstance(error, str) else text
