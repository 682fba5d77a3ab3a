"""The SPARQL endpoint: https://www.w3.org/TR/sparql11-protocol/, read-only, each query within its limits."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response

from privagraph.errors import PrivagraphError, QueryLimitError, ServiceError
from privagraph.web import links
from privagraph.web.settings import Settings
from privagraph.web.site import Site, site_of
from privagraph.web.sparql.answering import NotAcceptableError, answered
from privagraph.web.sparql.description import service_description
from privagraph.web.sparql.formats import GRAPHS, ROWS, chosen, names
from privagraph.web.sparql.negotiation import preferred
from privagraph.web.sparql.presence import while_waited_for
from privagraph.web.sparql.protocol import ProtocolError, read_request
from privagraph.web.sparql.statistics import statistics
from privagraph.web.workers import TaskError

__all__ = ["router"]

router = APIRouter()
_METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_BUSY_SECONDS = 5
_HEADERS = {"Vary": "Accept", "Cache-Control": "no-cache"}
_TYPES = tuple(
    dict.fromkeys(type_ for each in (*ROWS, *GRAPHS) for type_ in (each.media_type, *each.media_types))
)


@router.api_route("/sparql", methods=[*_METHODS, "PUT", "PATCH", "DELETE"], include_in_schema=False)
async def sparql(request: Request, site: Annotated[Site, Depends(site_of)]) -> Response:
    """Answer a query, or say what this service is."""
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={"Allow": ", ".join(_METHODS)})
    try:
        if request.method not in _METHODS:
            told = f"Queries are asked by GET or POST, not {request.method}."
            raise ProtocolError(405, told, {"Allow": ", ".join(_METHODS)})
        asked = await read_request(request)
        by_browser = request.method != "POST" and preferred(
            request.headers.get("accept"), (*_TYPES, "text/html")
        )
        if by_browser == "text/html" and (asked is None or not (asked.format or asked.dataset)):
            return RedirectResponse(links.editor_url(asked.text if asked else ""), 303, {"Vary": "Accept"})
        if asked is None:
            return await _service(request, site)
        result = await while_waited_for(
            request, site.run_long(answered, asked, limit=site.settings.answer_bytes)
        )
        return Response(result.body, headers={**_HEADERS, "Content-Type": result.content_type})
    except ProtocolError as error:
        return _refused(error.status, str(error), error.headers)
    except TaskError as error:
        return _refused(500, f"This is a bug of ours: {error}.\n{error.trace}")
    except PrivagraphError as error:
        return _told(error, site)


async def _service(request: Request, site: Site) -> Response:
    """What this service is, in RDF."""
    named = request.query_params.get("format", "")
    found = chosen(GRAPHS, named=named, accept=request.headers.get("accept"))
    if found is None:
        raise ProtocolError(406, f"The description of this service can be had as {names(GRAPHS)}.")
    format_, media_type = found
    address = str(request.url.replace(query="", fragment=""))
    counted = await site.cached_long(statistics)
    body = service_description(counted, address, format_, limits=_limits(site.settings))
    return Response(body, headers={**_HEADERS, "Content-Type": format_.content_type(media_type)})


def _limits(settings: Settings) -> str:
    """The limits of queries, in one sentence."""
    return (
        f"Queries only read. Each may take {settings.seconds:g} seconds and {settings.memory_bytes / 1e9:g} GB "
        f"of memory; its answer may have {settings.answer_bytes / 1e6:g} MB."
    )


def _told(error: PrivagraphError, site: Site) -> Response:
    """What went wrong with a query, by its kind."""
    if isinstance(error, NotAcceptableError):
        return _refused(406, f"{error}.")
    if isinstance(error, ServiceError):
        return _refused(503, f"{error}.", {"Retry-After": str(_BUSY_SECONDS)})
    if isinstance(error, QueryLimitError):
        if error.limit == "size":
            return _refused(422, f"{error}.")
        return _refused(503, f"{error}.", {"Retry-After": str(max(1, round(site.settings.seconds)))})
    return _refused(400, f"{error}.")


def _refused(status: int, reason: str, headers: dict[str, str] | None = None) -> Response:
    return PlainTextResponse(f"{reason}\n", status, {**_HEADERS, **(headers or {})})
