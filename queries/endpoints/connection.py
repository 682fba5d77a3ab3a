"""Requests to a SPARQL server, with patience and with limits.

What is tried again: a connection that is refused or breaks, and the answers 408, 425, 429 and 5xx (but 501 and 505),
with growing pauses or those that ``Retry-After`` asks for (https://www.rfc-editor.org/rfc/rfc9110#field.retry-after).
That is safe for updates too, since each of ours leaves the same behind however often it is made. Redirects are not
followed: a graph, and a password, go to the host that was named and to no other. An answer is read to its end before
anybody sees it, so that none is half of one; a large one waits on the disk.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import TYPE_CHECKING, Self
from urllib.parse import urlencode

from privagraph._version import __version__
from privagraph.errors import QueryError, ServiceError
from privagraph.ontology.pauses import wait_asked_for
from privagraph.queries.endpoints.addresses import Address, authorization
from privagraph.queries.endpoints.failures import REFUSALS, Failure

if TYPE_CHECKING:
    import httpx

__all__ = ["Body", "Connection", "Patience", "Reply"]

_FORM = "application/x-www-form-urlencoded"
_IN_MEMORY = 16_000_000
_TOLD = 4000
"""How much of an error's text is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """Limits for a server, and how long one goes on with it.

    Attributes:
        connect_seconds: The longest time for a connection.
        step_seconds: The longest wait for data; a large question takes its time before the first of them.
        total_seconds: The longest time for one answer.
        largest: The greatest size of an answer in bytes, after decompression.
        attempts: How often something is tried.
        first_pause: The pause after the first failure, in seconds; each further one is twice as long.
        longest_pause: The longest pause, also where the server asks for a longer one.
    """

    connect_seconds: float = 10.0
    step_seconds: float = 600.0
    total_seconds: float = 3600.0
    largest: int = 4_000_000_000
    attempts: int = 7
    first_pause: float = 0.5
    longest_pause: float = 60.0


class Body(SpooledTemporaryFile[bytes]):
    """The bytes of an answer: in memory, or on the disk when there are many; they go when nobody reads them."""

    def __del__(self) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class Reply:
    """A good answer.

    Attributes:
        body: Its bytes, from the first on.
        media_type: What the server says they are, without parameters; empty where it does not say.
        headers: The headers.
    """

    body: Body
    media_type: str
    headers: httpx.Headers


class Connection:
    """Asks one server; several threads may use it at the same time.

    Args:
        address: Where queries go; other addresses can be asked with :meth:`send`.
        patience: Limits; the defaults when None.

    Raises:
        ServiceError: What the environment or a file says of who one is cannot be used.
    """

    def __init__(self, address: Address, *, patience: Patience | None = None) -> None:
        import httpx

        self.address = address
        self._patience = patience = patience or Patience()
        self._secrets: dict[str, tuple[str, str] | str | None] = {address.host: authorization(address)}
        self._reached = False
        self._client = httpx.Client(
            follow_redirects=False,
            timeout=httpx.Timeout(patience.step_seconds, connect=patience.connect_seconds),
            headers={"User-Agent": f"privagraph/{__version__}"},
            trust_env=not address.local,  # proxies and certificates of the environment
        )

    def close(self) -> None:
        """Let go of the server."""
        self._client.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def ask(self, fields: Sequence[tuple[str, str]], *, accept: str) -> Reply:
        """Ask a query, by ``POST`` of a form (https://www.w3.org/TR/sparql11-protocol/#query-via-post-urlencoded).

        Args:
            fields: The query and what goes with it, as names and values.
            accept: The media types that are understood.

        Raises:
            QueryError: The server refuses the query.
            ServiceError: The server cannot be reached, does not answer as one of SPARQL does, or sends too much.
        """
        return self.send("POST", self.address, urlencode(fields).encode(), media_type=_FORM, accept=accept)

    def send(
        self,
        method: str,
        address: Address,
        content: bytes,
        *,
        media_type: str,
        accept: str = "*/*",
        params: Sequence[tuple[str, str]] = (),
    ) -> Reply:
        """Make a request, and make it again where that may help.

        Args:
            method: ``POST`` or ``PUT``.
            address: Where to.
            content: What is sent.
            media_type: What that is.
            accept: The media types that are understood.
            params: What is added to the address.

        Raises:
            QueryError: The server refuses what was sent as wrong.
            ServiceError: The server cannot be reached, refuses, or sends too much.
        """
        headers = {"Content-Type": media_type, "Accept": accept}
        patience = self._patience
        pause, attempt = patience.first_pause, 1
        while True:
            outcome = self._once(method, address, content, headers, params)
            if isinstance(outcome, Reply):
                return outcome
            nobody = outcome.status == 0 and not self._reached  # a wrong address, most likely
            if (
                attempt >= (2 if nobody else patience.attempts)
                or (outcome.wait or 0) > patience.longest_pause
            ):
                raise outcome.error(address)
            time.sleep(pause if outcome.wait is None else outcome.wait)
            pause, attempt = min(pause * 2, patience.longest_pause), attempt + 1

    def _once(
        self,
        method: str,
        address: Address,
        content: bytes,
        headers: dict[str, str],
        params: Sequence[tuple[str, str]],
    ) -> Reply | Failure:
        """One request: its answer, or what may be over in a moment.

        Raises:
            QueryError: See :meth:`send`.
            ServiceError: What failed will fail again.
        """
        import httpx

        secret = self._secret(address)
        own = {**headers, "Authorization": secret} if isinstance(secret, str) else headers
        auth = httpx.BasicAuth(*secret) if isinstance(secret, tuple) else None
        url = httpx.URL(address.url)
        if params:
            url = url.copy_merge_params(list(params))
        deadline = time.monotonic() + self._patience.total_seconds
        try:
            with self._client.stream(method, url, content=content, headers=own, auth=auth) as response:
                self._reached = True
                if response.is_success:
                    body = self._read(response, address, deadline)
                    kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
                    return Reply(body, kind, response.headers)
                return self._refused(response, address)
        except httpx.ReadTimeout as error:
            raise self._too_slow(address, self._patience.step_seconds) from error
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, httpx.LocalProtocolError, UnicodeError) as error:
            raise ServiceError(
                address.service, "is no address that can be used", "check its spelling"
            ) from error
        except (httpx.TransportError, httpx.DecodingError, httpx.StreamError, OSError) as error:
            return Failure(0, self._plainly(str(error) or type(error).__name__, address), None)

    def _secret(self, address: Address) -> tuple[str, str] | str | None:
        if address.host not in self._secrets:
            self._secrets[address.host] = authorization(address)
        return self._secrets[address.host]

    def _read(self, response: httpx.Response, address: Address, deadline: float) -> Body:
        body, size = Body(max_size=_IN_MEMORY), 0
        for chunk in response.iter_bytes():
            size += len(chunk)
            if size > self._patience.largest:
                raise ServiceError(
                    address.service,
                    f"sends more than {self._patience.largest:,} bytes",
                    "ask for less at a time, such as one policy",
                )
            if time.monotonic() > deadline:
                raise self._too_slow(address, self._patience.total_seconds)
            body.write(chunk)
        body.seek(0)
        return body

    def _too_slow(self, address: Address, seconds: float) -> ServiceError:
        return ServiceError(
            address.service,
            f"gives no answer within {seconds:g} seconds",
            "ask for less, or look at what the server is doing",
        )

    def _refused(self, response: httpx.Response, address: Address) -> Failure:
        """What may be over in a moment.

        Raises:
            QueryError: What was sent is wrong.
            ServiceError: It will be refused again.
        """
        status = response.status_code
        data = b""
        for chunk in response.iter_bytes():
            data += chunk
            if len(data) >= _TOLD:
                break
        kind = response.headers.get("content-type", "")
        told = "" if "html" in kind else self._plainly(data[:_TOLD].decode("utf-8", "replace"), address)
        said = f"HTTP {status}{f': {told}' if told else ''}"
        if status in (408, 425, 429) or (status >= 500 and status not in (501, 505)):
            return Failure(status, said, wait_asked_for(response.headers.get("retry-after")))
        if status in (400, 422) and "html" not in kind:
            raise QueryError(f"{address.shown}: the server refuses what it was sent ({said})")
        reason, advice = REFUSALS.get(status, ("refuses", "check the address, and what the server logs"))
        if 300 <= status < 400:
            to = self._plainly(response.headers.get("location", "another address"), address)
            reason, advice = f"sends on to {to}", "give the address that it leads to, if you trust it"
        raise ServiceError(address.service, f"{reason} ({said})", advice)

    def _plainly(self, told: str, address: Address) -> str:
        """Words of the server on one line, not too many of them, and never a secret."""
        line = " ".join("".join(each if each.isprintable() else " " for each in told).split())
        secret = self._secrets.get(address.host)
        hidden = [secret, secret.partition(" ")[2]] if isinstance(secret, str) else [*(secret or ())][1:]
        for each in filter(None, hidden):
            line = line.replace(each, "...")
        return line if len(line) <= 300 else f"{line[:299]}…"
