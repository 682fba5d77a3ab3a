"""The graph as a dataset: https://www.w3.org/TR/void/, for people and for programs."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response

from privagraph.ontology.namespaces import compact
from privagraph.web.page_error import PageError
from privagraph.web.site import Site, site_of
from privagraph.web.sparql.description import GRAPHS_AT_ONCE, dataset_description
from privagraph.web.sparql.formats import GRAPHS, chosen, names
from privagraph.web.sparql.negotiation import preferred
from privagraph.web.sparql.statistics import Statistics, statistics

__all__ = ["router"]

router = APIRouter()
_PATIENCE = 0.4
"""How many seconds a reader waits for the numbers before the page comes without them."""
_COUNTING: set[asyncio.Future[Statistics]] = set()


@router.api_route("/.well-known/void", methods=["GET", "HEAD"])
async def well_known() -> Response:
    """Where programs look for the description first (https://www.w3.org/TR/void/#well-known)."""
    return RedirectResponse("/void", 302)


@router.api_route("/void", methods=["GET", "HEAD"])
async def void(
    request: Request,
    site: Annotated[Site, Depends(site_of)],
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1,
    format: Annotated[str, Query(max_length=50)] = "",  # noqa: A002  # the name in the address
) -> Response:
    """What the graph holds."""
    counting = asyncio.ensure_future(site.cached_long(statistics))
    _COUNTING.add(counting)  # it goes on when the page has come without it
    counting.add_done_callback(_counted)
    types = ("text/html", *(type_ for each in GRAPHS for type_ in (each.media_type, *each.media_types)))
    if not format and preferred(request.headers.get("accept"), types) == "text/html":
        await asyncio.wait({counting}, timeout=_PATIENCE)
        counted = counting.result() if counting.done() else None
        return _shown(request, site, counted, page)
    found = chosen(GRAPHS, named=format, accept=request.headers.get("accept"))
    if found is None:
        counting.cancel()
        raise PageError(406, "This cannot be had in that format.", f"Ask for {names(GRAPHS)}, or text/html.")
    format_, media_type = found
    body = dataset_description(
        await counting,
        f"{request.url.scheme}://{request.url.netloc}",
        format_,
        titles=[(card.iri, card.name) for card in site.policies],
        name=site.name,
        page=page,
    )
    return Response(body, headers={"Content-Type": format_.content_type(media_type), "Vary": "Accept"})


def _counted(counting: asyncio.Future[Statistics]) -> None:
    _COUNTING.discard(counting)
    if not counting.cancelled():
        counting.exception()  # who waits for it is told; nobody else needs to be


def _shown(request: Request, site: Site, counted: Statistics | None, page: int) -> Response:
    first = (page - 1) * GRAPHS_AT_ONCE
    shown = site.page(
        request,
        "void.html.j2",
        title="About this graph",
        counted=counted,
        cards=site.policies.cards[first : first + GRAPHS_AT_ONCE],
        triples=dict(counted.graphs) if counted else {},
        first=first,
        page=page,
        pages=max(1, -(-len(site.policies) // GRAPHS_AT_ONCE)),
        formats=GRAPHS,
        compact=compact,
    )
    shown.headers["Vary"] = "Accept"
    return shown
