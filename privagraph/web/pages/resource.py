"""Linked data: each node of the graph at an address of this server, for people and for programs.

A node's IRI names the thing; what this server can send is a page about it. So the address that looks like the IRI leads
on to that page (303), and the page comes in the format that is asked for: https://www.w3.org/TR/cooluris/#r303gendocument.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response

from privagraph.ontology.namespaces import BASE, PREFIXES, VOCABULARY_GRAPH, compact
from privagraph.web import links
from privagraph.web.linked.data import resource_data
from privagraph.web.linked.view import found_among, resource_view
from privagraph.web.page_error import PageError
from privagraph.web.site import Site, site_of
from privagraph.web.sparql.formats import GRAPHS, chosen, names
from privagraph.web.sparql.negotiation import preferred

__all__ = ["router"]

router = APIRouter()
_LONGEST = 4_000
_TYPES = ("text/html", *(type_ for each in GRAPHS for type_ in (each.media_type, *each.media_types)))


@router.api_route("/id/{rest:path}", methods=["GET", "HEAD"])
async def local(
    request: Request,
    site: Annotated[Site, Depends(site_of)],
    rest: str,
    format: Annotated[str, Query(max_length=50)] = "",  # noqa: A002  # the name in the address
) -> Response:
    """The address of a node that looks like its IRI: leads to the page about it."""
    raw = request.scope.get("raw_path", b"").decode("ascii", "replace").partition("?")[0].removeprefix("/id/")
    bases = dict.fromkeys((BASE, *(card.iri.rpartition("policy/")[0] for card in site.policies)))
    candidates = dict.fromkeys(base + each for each in (raw, rest) for base in bases if base and each)
    iri = await site.run(found_among, tuple(candidates))
    if iri is None:
        raise PageError(404, f"Nothing in this graph is called {rest!r}.", "The overview lists the policies.")
    address = links.resource_url(iri) + (f"&format={format}" if format.isalnum() else "")
    return RedirectResponse(address, 303, {"Vary": "Accept"})


@router.api_route("/resource", methods=["GET", "HEAD"])
async def resource(
    request: Request,
    site: Annotated[Site, Depends(site_of)],
    iri: Annotated[str, Query(max_length=_LONGEST)] = "",
    format: Annotated[str, Query(max_length=50)] = "",  # noqa: A002  # the name in the address
) -> Response:
    """The page about a node."""
    asked = _whole(iri.strip().removeprefix("<").removesuffix(">"))
    accept = request.headers.get("accept")
    if not format and preferred(accept, _TYPES) == "text/html":
        return await _shown(request, site, asked)
    found = chosen(GRAPHS, named=format, accept=accept)
    if found is None:
        raise PageError(406, "This cannot be had in that format.", f"Ask for {names(GRAPHS)}, or text/html.")
    format_, media_type = found
    body = await site.run(resource_data, asked, format_.name, limit=site.settings.answer_bytes)
    if body is None:
        raise _unknown(asked)
    return Response(body, headers={"Content-Type": format_.content_type(media_type), "Vary": "Accept"})


async def _shown(request: Request, site: Site, iri: str) -> Response:
    view = await site.cached(resource_view, iri)
    if view is None:
        raise _unknown(iri)
    card = site.policies.by_iri.get(view.told.policy or "") if view.told else None
    shown = site.page(
        request,
        "resource.html.j2",
        title=view.label,
        view=view,
        card=card,
        curie=compact(iri),
        formats=GRAPHS,
        described=f"DESCRIBE <{iri}>",
        asking_for_policies="SELECT ?policy (COUNT(*) AS ?mentions) { GRAPH ?policy { ?mention pg:concept "
        f"<{iri}> }} }} GROUP BY ?policy ORDER BY DESC(?mentions)",
        asking_for_values=lambda step: f"SELECT ?value {{ <{iri}> <{step}> ?value }}",
        asking_for_nodes=lambda step: f"SELECT ?node {{ ?node <{step}> <{iri}> }}",
        is_term=compact(iri) != iri and not iri.startswith(VOCABULARY_GRAPH),
    )
    shown.headers["Vary"] = "Accept"
    return shown


def _whole(name: str) -> str:
    """The IRI of a short form; any other name as it is."""
    prefix, _, local_name = name.partition(":")
    return PREFIXES[prefix] + local_name if prefix in PREFIXES and not local_name.startswith("//") else name


def _unknown(iri: str) -> PageError:
    if not iri:
        return PageError(400, "No IRI was asked for.", "Add one to the address: /resource?iri=…")
    return PageError(
        404,
        f"Neither the graph nor the vocabulary knows {iri}.",
        "The overview lists the policies of the graph.",
    )
