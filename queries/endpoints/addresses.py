"""Addresses of SPARQL servers, and who one is to them.

A password never stands in an address: addresses are shown in messages, kept in the history of a shell and listed with
the processes of a machine. It comes from the environment (:data:`AUTHORIZATION`, a whole header) or from the file
``~/.netrc`` (``NETRC`` names another one), as for curl.
"""

from __future__ import annotations

import netrc
import os
import re
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from privagraph.errors import GraphError, ServiceError

__all__ = [
    "AUTHORIZATION",
    "Address",
    "address_of",
    "authorization",
    "is_address",
    "looks_like_address",
    "update_address",
]

AUTHORIZATION = "PRIVAGRAPH_AUTHORIZATION"
"""The environment variable that holds the whole header ``Authorization``, such as ``Bearer`` and a token."""
_SCHEMES = ("http", "https")
_HOST_AND_PORT = re.compile(r"(?:[\w.-]+|\[[0-9a-fA-F:.]+\]):[0-9]{1,5}(?:/\S*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Address:
    """An address that can be asked.

    Attributes:
        url: The whole of it.
        shown: The same for messages, without what stands behind a question mark, which may be a key.
        service: Its host and port.
        host: Its host.
        local: Whether it is on this machine.
    """

    url: str
    shown: str
    service: str
    host: str
    local: bool


def is_address(name: str) -> bool:
    """Whether the name of a graph is the address of a server.

    Args:
        name: What a user named.

    Example:
        >>> is_address("https://sparql.example/query"), is_address("graph.trig")
        (True, False)
    """
    return name.lower().startswith(("http:", "https:"))


def looks_like_address(name: str) -> bool:
    """Whether somebody who wrote this meant a server, though it is no address that can be asked.

    Args:
        name: What a user named, where there is no such file.

    Example:
        >>> looks_like_address("localhost:7878/query"), looks_like_address("graph")
        (True, False)
    """
    scheme, separator, rest = name.partition("://")
    return bool(_HOST_AND_PORT.fullmatch(name) or (separator and rest and scheme.isalnum()))


def address_of(url: str) -> Address:
    """An address, checked.

    Args:
        url: What the user gave.

    Raises:
        GraphError: It is no http or https address, or holds a user name or password.

    Example:
        >>> address_of("http://localhost:3030/policies/query?timeout=9").shown
        'http://localhost:3030/policies/query'
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        parts, host = urlsplit(""), None
    if not host or parts.scheme.lower() not in _SCHEMES or any(each <= " " for each in url):
        shown = url if "@" not in url else "the address"
        raise GraphError(
            shown,
            "no address of a server",
            f"give the whole address: http://{url}"
            if _HOST_AND_PORT.fullmatch(url)
            else "give one such as http://localhost:7878/query",
        )
    if parts.username is not None or parts.password is not None:
        raise GraphError(
            f"{parts.scheme}://...@{host}",
            "an address with a user name or password in it is not taken",
            f"set {AUTHORIZATION} in the environment, or put them into ~/.netrc",
        )
    scheme = parts.scheme.lower()
    whole = urlunsplit((scheme, parts.netloc, parts.path or "/", parts.query, ""))
    shown = urlunsplit((scheme, parts.netloc, parts.path or "/", "", ""))
    return Address(whole, shown, parts.netloc, host, _is_local(host))


def update_address(endpoint: Address) -> Address:
    """Where a server most likely takes updates, by where it takes queries.

    ``.../query`` goes with ``.../update`` (Oxigraph, Fuseki, Stardog), ``/repositories/NAME`` with
    ``/repositories/NAME/statements`` (GraphDB, RDF4J); others take both at one address.

    Args:
        endpoint: Where it takes queries.

    Example:
        >>> update_address(address_of("http://localhost:7878/query")).url
        'http://localhost:7878/update'
        >>> update_address(address_of("http://localhost:7200/repositories/policies")).url
        'http://localhost:7200/repositories/policies/statements'
    """
    parts = urlsplit(endpoint.url)
    path = parts.path.rstrip("/")
    if path.endswith("/query"):
        path = f"{path.removesuffix('/query')}/update"
    elif path.rpartition("/")[0].endswith("/repositories"):
        path = f"{path}/statements"
    else:
        return endpoint
    return address_of(urlunsplit((parts.scheme, parts.netloc, path, parts.query, "")))


def authorization(address: Address) -> tuple[str, str] | str | None:
    """Who one is to a server.

    Args:
        address: Where one asks.

    Returns:
        A whole header, or a name and a password, or None where neither the environment nor a file says.

    Raises:
        ServiceError: What is said there cannot be used.
    """
    told = os.environ.get(AUTHORIZATION, "").strip()
    if told:
        if not (told.isascii() and told.isprintable() and " " in told):
            raise ServiceError(
                address.service,
                f"{AUTHORIZATION} is no header",
                "set it to a scheme and what that asks for, such as `Bearer` and a token",
            )
        return told
    named = os.environ.get("NETRC")
    path = Path(named) if named else Path.home() / ".netrc"
    try:
        found = netrc.netrc(path).authenticators(address.host)
    except FileNotFoundError:
        return None
    except (netrc.NetrcParseError, OSError, UnicodeError) as error:
        # the parser's message may quote the file, and so a password
        why = "others may read it" if "permission" in str(error).lower() else "it is not of that form"
        raise ServiceError(
            address.service, f"{path} cannot be used ({why})", "repair it, or set its permissions to 600"
        ) from None
    if found is None:
        return None
    login, account, password = found
    return login or account or "", password or ""


def _is_local(host: str) -> bool:
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
