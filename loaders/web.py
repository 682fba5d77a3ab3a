"""One page from the web, fetched with care.

A program that fetches whatever address it is given can be turned against the network it runs in. So every address, and
every address that a redirect leads to, is resolved first, all of its IP addresses are checked, and the connection is
made to an IP address that was checked, with the host's name kept for TLS and for the ``Host`` header. A name that
resolves differently a moment later (DNS rebinding) therefore changes nothing.

One GET for each hop, at most five redirects, a limit on size, on the time of each step and on the whole. No cookies, no
proxies from the environment, no scripts.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from privagraph.errors import AddressNotAllowedError, RejectedDocumentError, UnreadableSourceError

if TYPE_CHECKING:
    import httpx

__all__ = ["Page", "WebOptions", "closed_after", "fetch"]

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_HEADERS = {
    "User-Agent": "privagraph (reads privacy policies)",
    "Accept": "text/html,application/xhtml+xml,application/pdf,text/markdown,text/plain,*/*;q=0.5",
    "Accept-Language": "en",
    "Accept-Encoding": "gzip, deflate",
}
_WALL_HEADERS = ("cf-mitigated", "x-datadome", "x-amzn-waf-action")


@dataclass(frozen=True, slots=True, kw_only=True)
class WebOptions:
    """Limits and permissions for addresses.

    Attributes:
        allow_private: Whether private, loopback and other special addresses may be fetched.
        largest: The greatest size of a page in bytes, after decompression.
        step_seconds: The longest time for connecting and for each wait for data.
        total_seconds: The longest time for everything, redirects included.
        redirects: The greatest number of redirects.
    """

    allow_private: bool = False
    largest: int = 10_000_000
    step_seconds: float = 10.0
    total_seconds: float = 30.0
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Page:
    """A fetched page.

    Attributes:
        data: Its bytes, decompressed.
        url: Its address after redirects.
        media_type: What the server says it is, without parameters, or None.
        charset: The encoding that the server names, or None.
    """

    data: bytes
    url: str
    media_type: str | None
    charset: str | None


def fetch(address: str, *, options: WebOptions | None = None) -> Page:
    """Fetch one page.

    Args:
        address: An ``http`` or ``https`` address.
        options: Limits and permissions; the defaults when None.

    Returns:
        The page.

    Raises:
        AddressNotAllowedError: The address, or one that it redirects to, is not on the public web.
        UnreadableSourceError: It does not answer, answers with an error, redirects in circles, or takes too long.
        RejectedDocumentError: The page is too large, or the site answers programs with a challenge.
    """
    import httpx

    options = options or WebOptions()
    deadline = time.monotonic() + options.total_seconds
    url = address
    with (
        httpx.Client(
            trust_env=False, follow_redirects=False, timeout=options.step_seconds, headers=_HEADERS
        ) as client,
        closed_after(options.total_seconds, client),
    ):
        for _ in range(options.redirects + 1):
            target = _checked(url, address, options)
            try:
                with client.stream(
                    "GET",
                    target.request_url,
                    headers={"Host": target.host_header},
                    extensions={"sni_hostname": target.host},
                ) as response:
                    if response.status_code in _REDIRECTS and "location" in response.headers:
                        url = urljoin(url, response.headers["location"])
                        continue
                    return _page(response, url, address, options, deadline)
            except httpx.TimeoutException as exc:
                raise _too_slow(address, options.step_seconds) from exc
            except (
                httpx.TransportError,
                httpx.DecodingError,
                httpx.StreamError,
                OSError,
                RuntimeError,
            ) as exc:
                raise _failed(exc, address, options, deadline) from exc
            except (httpx.InvalidURL, UnicodeError, ValueError) as exc:
                raise _bad_address(url, address) from exc
    raise UnreadableSourceError(
        address,
        f"redirects more than {options.redirects} times",
        "open it in a browser and give the address it ends at",
    )


@contextmanager
def closed_after(seconds: float, client: httpx.Client) -> Iterator[None]:
    """Close a client's connections when the time is up: a server that sends a byte now and then never times out.

    Args:
        seconds: The longest time.
        client: The client; what it is doing then fails.
    """
    timer = threading.Timer(seconds, client.close)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _failed(error: Exception, address: str, options: WebOptions, deadline: float) -> UnreadableSourceError:
    """The error for a page that does not come through."""
    import httpx

    if time.monotonic() >= deadline:
        return _too_slow(address, options.total_seconds)
    if isinstance(error, httpx.DecodingError):
        reason, advice = "sends data that does not decompress", "save the page and give the file"
    else:
        reason, advice = (
            f"cannot be fetched ({_plainly(error)})",
            "check the address, or save the page and give the file",
        )
    return UnreadableSourceError(address, reason, advice)


def _page(response: httpx.Response, url: str, address: str, options: WebOptions, deadline: float) -> Page:
    """The page that a final response carries."""
    if response.status_code in (403, 429, 503) or any(header in response.headers for header in _WALL_HEADERS):
        if response.status_code != 200:
            raise RejectedDocumentError(
                address,
                "bot-wall",
                f"the site refuses programs (HTTP {response.status_code})",
                "open the page in a browser, save it, and give the file",
            )
    elif response.status_code >= 400:
        raise UnreadableSourceError(
            address, f"answers with HTTP {response.status_code}", "check the address in a browser"
        )
    elif response.status_code != 200:
        raise UnreadableSourceError(
            address, f"answers with HTTP {response.status_code} and no page", "check the address in a browser"
        )
    announced = response.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > options.largest:
        raise _too_large(address, options)
    data = bytearray()
    for chunk in response.iter_bytes():
        data += chunk
        if len(data) > options.largest:
            raise _too_large(address, options)
        if time.monotonic() > deadline:
            raise _too_slow(address, options.total_seconds)
    kind = response.headers.get("content-type", "").split(";")[0].strip().lower()
    return Page(data=bytes(data), url=url, media_type=kind or None, charset=response.charset_encoding)


@dataclass(frozen=True, slots=True)
class _Target:
    """Where to connect: an address whose host is a checked IP address, and the names to send."""

    request_url: str
    host: str
    host_header: str


def _checked(url: str, address: str, options: WebOptions) -> _Target:
    """Resolve the host of an address and check all that it resolves to."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as exc:
        raise _bad_address(url, address) from exc
    if parts.scheme.lower() not in ("http", "https"):
        led = "" if url == address else f" redirects to {url}, which"
        raise AddressNotAllowedError(
            address, f"{led} is no http or https address".strip(), "give an http or https address, or a file"
        )
    if not host:
        raise _bad_address(url, address)
    port = port or (443 if parts.scheme.lower() == "https" else 80)
    numbers = _resolve(host, port, address)
    if not options.allow_private:
        for number in numbers:
            if not _is_public(number):
                what = "points" if url == address else f"redirects to {url}, which points"
                raise AddressNotAllowedError(
                    address,
                    f"{what} to {number}, which is not on the public web",
                    "give --allow-private-addresses if that is meant, or save the page and give the file",
                )
    number = numbers[0]
    literal = f"[{number}]" if ":" in number else number
    try:
        name = host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError as exc:
        raise _bad_address(url, address) from exc
    written = f"[{name}]" if ":" in name else name
    standard = port == (443 if parts.scheme.lower() == "https" else 80)
    path = parts.path or "/"
    query = f"?{parts.query}" if parts.query else ""
    return _Target(
        request_url=f"{parts.scheme.lower()}://{literal}:{port}{path}{query}",
        host=name,
        host_header=written if standard else f"{written}:{port}",
    )


def _resolve(host: str, port: int, address: str) -> list[str]:
    """All IP addresses of a host, without repetition, in the resolver's order."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as exc:
        raise UnreadableSourceError(
            address, f"the host {host} cannot be found", "check the address and the network"
        ) from exc
    return list(dict.fromkeys(str(entry[4][0]).split("%")[0] for entry in found))


def _is_public(number: str) -> bool:
    """Whether an IP address is one of the public web: global, and not one in disguise that stands for another."""
    ip = ipaddress.ip_address(number)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return _is_public(str(inner))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def _bad_address(url: str, address: str) -> UnreadableSourceError:
    """The error for words that are no address."""
    led = "is no address that can be read" if url == address else f"redirects to {url!r}, which is no address"
    return UnreadableSourceError(address, led, "give an address such as https://example.org/privacy")


def _too_slow(address: str, seconds: float) -> UnreadableSourceError:
    """The error for a page that takes too long."""
    return UnreadableSourceError(
        address, f"takes longer than {seconds:g} seconds", "try again, or save the page and give the file"
    )


def _too_large(address: str, options: WebOptions) -> RejectedDocumentError:
    """The error for a page that is too large."""
    return RejectedDocumentError(
        address,
        "too-large",
        f"more than {options.largest / 1e6:g} MB",
        "save the policy's text alone and give the file",
    )


def _plainly(error: Exception) -> str:
    """What a transport error says, in few words."""
    return str(error).strip() or type(error).__name__
