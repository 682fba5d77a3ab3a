"""What keeps a server on this machine to itself: which names it answers to, and what its pages may do.

The server listens on the loopback interface, but a browser there also shows pages from elsewhere. So a request must
call the server by a name that it knows (else a foreign name could be pointed at this machine: DNS rebinding). A page of
another origin may link to what is here, but neither change anything nor have the server work behind its reader's back.
The pages themselves load nothing from elsewhere.

Content security policy: https://www.w3.org/TR/CSP3/. Fetch metadata: https://www.w3.org/TR/fetch-metadata/.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["HEADERS", "Guard"]

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
"""What every answer tells the browser."""
_ASKING = frozenset({"GET", "HEAD", "OPTIONS"})
_OURS = frozenset({"same-origin", "none"})


class Guard:
    """Middleware that refuses strangers and tells browsers what pages may do.

    Args:
        app: The application behind it.
        hosts: The names and addresses that the server answers to; ``*`` for all.
        posted: Paths that only ask although they take POST requests, so that every program may use them.
    """

    def __init__(self, app: ASGIApp, *, hosts: tuple[str, ...], posted: frozenset[str] = frozenset()) -> None:
        self._app, self._hosts, self._posted = app, frozenset(host.lower() for host in hosts), posted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refused = self._refused(scope)
        if refused is not None:
            await PlainTextResponse(refused[1], status_code=refused[0])(scope, receive, with_headers)
            return
        await self._app(scope, receive, with_headers)

    def _refused(self, scope: MutableMapping[str, Any]) -> tuple[int, str] | None:  # ASGI's own type
        """The status and the reason why a request is refused; None where it is not."""
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if "*" not in self._hosts and _name(host) not in self._hosts:
            return 421, (
                f"This server does not answer to the name {host!r}; call it by the address that it printed, "
                "or start it with --allow-host NAME.\n"
            )
        ours = headers.get("sec-fetch-site", "same-origin") in _OURS
        if scope["method"] in _ASKING or scope["path"] in self._posted:
            if ours or headers.get("sec-fetch-dest") == "document":  # a link that somebody follows
                return None
            return (
                403,
                "A page of another site asks this, and this server answers programs and its own pages.\n",
            )
        if not ours or not _same_origin(headers, host):
            return 403, "This request came from a page of another site, and it would change something here.\n"
        return None


def _name(host: str) -> str:
    """A host header without its port."""
    if host.startswith("["):
        return host.partition("]")[0].lower() + "]"
    return host.partition(":")[0].lower()


def _same_origin(headers: Headers, host: str) -> bool:
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == host.lower()
