"""What a request to the endpoint asks for: https://www.w3.org/TR/sparql11-protocol/#query-operation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from privagraph.web.sparql.formats import GRAPHS, ROWS

if TYPE_CHECKING:
    from fastapi import Request

__all__ = ["QUERY_BYTES", "Asked", "ProtocolError", "read_request"]

QUERY_BYTES = 1_000_000
"""How long a request may be."""
_FORM, _QUERY = "application/x-www-form-urlencoded", "application/sparql-query"
_FIELDS = 1_000
_READ_ONLY = "This endpoint only reads: it takes no SPARQL Update. `privagraph map` is what writes a graph."


class ProtocolError(Exception):
    """A request that cannot be answered as it is.

    Attributes:
        status: The HTTP status.
        headers: Headers that go with it.
    """

    def __init__(self, status: int, reason: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(reason)
        self.status, self.headers = status, dict(headers or {})


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked.

    Attributes:
        text: The query.
        default_graphs: IRIs of the graphs that are the default graph together.
        named_graphs: IRIs of the graphs that ``GRAPH`` sees.
        format: The format that the client names; empty where it leaves it to ``Accept``.
        accept: The value of the header ``Accept``; None where there is none.
        base: What relative IRIs are relative to: the address of the endpoint.
        safe_cells: Whether no cell of CSV and TSV may be run by a spreadsheet (``cells=safe``, as the pages ask for).
            Else these two are as the W3C has them, for programs.
    """

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str = ""
    accept: str | None = None
    base: str | None = field(default=None, kw_only=True)
    safe_cells: bool = field(default=False, kw_only=True)

    @property
    def dataset(self) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        """The graphs to ask, where the request says which."""
        graphs = (self.default_graphs, self.named_graphs)
        return graphs if any(graphs) else None


async def read_request(request: Request) -> Asked | None:
    """Read a request by GET, HEAD or POST.

    Args:
        request: The request.

    Returns:
        What it asks; None where it has no query and wants to know what this service is.

    Raises:
        ProtocolError: It is none that the protocol knows, or too long.
    """
    if len(request.scope["query_string"]) > QUERY_BYTES:
        raise ProtocolError(414, f"The address is longer than {QUERY_BYTES:,} bytes; post the query.")
    parameters = _parameters(request.scope["query_string"])
    if request.method == "POST":
        kind = _content_type(request)
        body = await _body(request)
        if kind == _FORM:
            parameters += _parameters(body)
        else:
            parameters.append(("query", _decoded(body)))
    return _asked(parameters, request)


def _asked(parameters: list[tuple[str, str]], request: Request) -> Asked | None:
    def every(name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for key, value in parameters if key == name and value))

    if any(key in ("update", "using-graph-uri", "using-named-graph-uri") for key, _ in parameters):
        raise ProtocolError(403, _READ_ONLY)
    texts = [value for key, value in parameters if key == "query"]
    if len(texts) > 1:
        raise ProtocolError(400, f"One query at a time: this request has {len(texts)}.")
    if not texts and request.method == "POST":
        raise ProtocolError(400, "There is no query: the form has no field of the name query.")
    named = every("format")
    known = {name for each in (*ROWS, *GRAPHS) for name in each.names}
    if named and "/" not in named[-1] and named[-1].lower() not in known:
        every_name = ", ".join(dict.fromkeys(each.name for each in (*ROWS, *GRAPHS)))
        raise ProtocolError(400, f"There is no format {named[-1]!r}; use one of {every_name}.")
    if not texts:
        return None
    return Asked(
        texts[0],
        every("default-graph-uri"),
        every("named-graph-uri"),
        named[-1] if named else "",
        request.headers.get("accept"),
        base=str(request.url.replace(query="", fragment="")),
        safe_cells="safe" in every("cells"),
    )


def _content_type(request: Request) -> str:
    """The media type of the body, one of the two that hold a query."""
    kind, *parameters = (each.strip().lower() for each in request.headers.get("content-type", "").split(";"))
    if kind == "application/sparql-update":
        raise ProtocolError(403, _READ_ONLY)
    if kind not in (_FORM, _QUERY):
        given = f"not {kind}" if kind else "and there is no Content-Type"
        raise ProtocolError(
            415, f"A query is posted as {_FORM} or {_QUERY}, {given}.", {"Accept-Post": f"{_FORM}, {_QUERY}"}
        )
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "charset" and value.strip(' "') not in ("utf-8", "utf8", "us-ascii"):
            raise ProtocolError(415, f"Queries are UTF-8, not {value.strip()}.")
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise ProtocolError(
            415, "The query is compressed; send it as it is.", {"Accept-Encoding": "identity"}
        )
    return kind


async def _body(request: Request) -> bytes:
    """The body, as long as it is not too long."""
    parts, size = [], 0
    async for part in request.stream():
        parts.append(part)
        size += len(part)
        if size > QUERY_BYTES:
            raise ProtocolError(
                413, f"The request is longer than {QUERY_BYTES:,} bytes.", {"Connection": "close"}
            )
    return b"".join(parts)


def _parameters(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_FIELDS
        )
    except UnicodeDecodeError:
        raise ProtocolError(400, "The parameters are not percent-encoded UTF-8.") from None
    except ValueError:
        raise ProtocolError(400, f"The request has more than {_FIELDS:,} parameters.") from None


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProtocolError(400, f"The query is not UTF-8 (byte {error.start:,}).") from None
