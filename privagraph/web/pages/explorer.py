"""The explorer: the graph as a picture that is searched, filtered and opened node by node."""

from __future__ import annotations

import asyncio
from dataclasses import asdict
from typing import Annotated, Any, cast

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from privagraph.errors import PrivagraphError
from privagraph.queries.drawing.looks import LOOKS
from privagraph.web.exploring.choice import EACH, MODALITIES, MOST, VIEW_TITLES, Choice, chosen
from privagraph.web.exploring.details import Details, details
from privagraph.web.exploring.drawn import Drawn, drawn
from privagraph.web.exploring.exports import MEDIA, Format, exported
from privagraph.web.exploring.names import Found, Name, Names, node_names, practice_names, search
from privagraph.web.exploring.questions import questions_of
from privagraph.web.exploring.shown import edge_kinds, shown
from privagraph.web.files import file_response
from privagraph.web.links import explorer_url, policy_url, question_url, resource_url
from privagraph.web.page_error import PageError
from privagraph.web.site import Site, site_of
from privagraph.web.sparql.presence import while_waited_for
from privagraph.web.workers import TaskError

__all__ = ["router"]

router = APIRouter()

_SEARCH_SECONDS = 0.2
"""How long a search waits for the words of practices; what is not read by then is searched the next time."""
_KINDS = {
    "policy": "Policies",
    "organisation": "Organisations",
    "concept": "Concepts",
    "practice": "Practices, by their words",
}
_BEGINNINGS = 12


@router.get("/explorer")
async def explorer(request: Request, site: Annotated[Site, Depends(site_of)]) -> HTMLResponse:
    """The frame of the explorer, which fetches its picture; or the same as tables, for which no script is needed."""
    choice = chosen(request.query_params, site.policies)
    values = {
        "choice": choice,
        "views": VIEW_TITLES,
        "most": MOST,
        "each": EACH,
        "modalities": MODALITIES,
        "looks": LOOKS,
        "begin": _beginning(site, choice),
    }
    if request.query_params.get("form") != "tables":
        # so that the search is quick when somebody types
        _kept_going(asyncio.ensure_future(site.cached(node_names)))
        _kept_going(asyncio.ensure_future(site.cached_long(practice_names)))
        return site.page(request, "explorer.html.j2", title="Explorer", **values)
    text = request.query_params.get("find", "").strip()
    found, _ = await _found(site, text, complete=True) if text else ((), True)
    picture = await while_waited_for(request, site.cached_long(drawn, choice.wanted))
    scene = shown(picture.scene, choice.hidden)
    return site.page(
        request,
        "explorer-tables.html.j2",
        title="Explorer: tables",
        scene=scene,
        whole=picture.scene,
        kinds=edge_kinds(picture.scene),
        labels={node.id: node.label for node in scene.nodes},
        ways=[way for way in picture.ways if way.shown < way.total],
        found=[_told_found(site, each) for each in found],
        text=text,
        **values,
    )


@router.get("/explorer/scene")
async def scene(request: Request, site: Annotated[Site, Depends(site_of)]) -> JSONResponse:
    """The picture of a choice."""
    try:
        choice = chosen(request.query_params, site.policies)
        picture = await while_waited_for(request, site.cached_long(drawn, choice.wanted))
    except (PrivagraphError, PageError, TaskError) as error:
        return _refused(error)
    begin = _beginning(site, choice)
    return JSONResponse(_told_scene(site, picture) | {"begin": begin.name if begin else ""})


@router.get("/explorer/node")
async def node(request: Request, site: Annotated[Site, Depends(site_of)]) -> JSONResponse:
    """What is known of a node beyond the picture."""
    try:
        polarity = chosen(request.query_params, site.policies).wanted.polarity
        found = await site.cached(details, request.query_params.get("iri", ""), polarity)
    except (PrivagraphError, PageError, TaskError) as error:
        return _refused(error)
    card = site.policies.by_iri.get(found.iri)
    return JSONResponse(
        {
            **asdict(found),
            "policies": len(found.policies),
            "links": [
                {"title": "All that the graph says of it", "url": resource_url(found.iri)},
                *([{"title": "The text of the policy", "url": policy_url(card.key)}] if card else []),
                *_homes(site, found),
                *(
                    {"title": title, "url": question_url(name, **values)}
                    for name, title, values in questions_of(found.iri, found.kind, found.label)
                ),
            ],
        }
    )


@router.get("/explorer/search")
async def names(site: Annotated[Site, Depends(site_of)], q: str = "") -> JSONResponse:
    """Nodes by their names; with nothing to look for, where one might begin."""
    if not q.strip():
        known = await site.cached(node_names)
        named = tuple(known.of_kind("organisation"))
        found: tuple[Found, ...] = (Found("organisation", named[:_BEGINNINGS], len(named)),) if named else ()
        return JSONResponse({"complete": True, "kinds": [_told_found(site, each) for each in found]})
    found, complete = await _found(site, q[:200], complete=False)
    return JSONResponse({"complete": complete, "kinds": [_told_found(site, each) for each in found]})


@router.get("/explorer/picture.{format_}")
async def picture_file(format_: str, request: Request, site: Annotated[Site, Depends(site_of)]) -> Response:
    """What is seen, as a file."""
    if format_ not in MEDIA:
        raise PageError(404, f"There are no pictures in {format_}.", f"Choose one of {', '.join(MEDIA)}.")
    choice = chosen(request.query_params, site.policies)
    content = await site.run_long(exported, choice.wanted, choice.hidden, cast(Format, format_))
    return file_response(content, f"privagraph-{choice.wanted.view or 'node'}.{format_}", MEDIA[format_])


async def _found(site: Site, text: str, *, complete: bool) -> tuple[tuple[Found, ...], bool]:
    """What a search finds, and whether the words of practices were searched too."""
    words = asyncio.ensure_future(site.cached_long(practice_names))
    nodes = await site.cached(node_names)
    if complete:
        await words
    else:
        await asyncio.wait([words], timeout=_SEARCH_SECONDS)
    read = words.done() and words.exception() is None
    if not words.done():
        _kept_going(words)
    return search(text, [_policy_names(site), nodes, *([words.result()] if read else [])]), read


def _policy_names(site: Site) -> Names:
    return Names(
        tuple(
            Name(
                iri=card.iri,
                label=card.name,
                kind="policy",
                more="\n".join((card.title, *card.sources)),
                policy=card.iri,
            )
            for card in site.policies
        )
    )


def _kept_going(task: asyncio.Future[Any]) -> None:
    """Let a task run on by itself; what goes wrong is told to the next one who asks for its result."""
    _RUNNING.add(task)
    task.add_done_callback(_forgotten)


_RUNNING: set[asyncio.Future[Any]] = set()


def _forgotten(task: asyncio.Future[Any]) -> None:
    _RUNNING.discard(task)
    if not task.cancelled():
        task.exception()


def _beginning(site: Site, choice: Choice) -> Any:
    """The policy that is shown though none was chosen."""
    wanted = choice.wanted
    return site.policies.by_iri.get(wanted.policies[0]) if wanted.policies and not choice.keys else None


def _told_scene(site: Site, picture: Drawn) -> dict[str, Any]:
    cards = site.policies.by_iri
    told = picture.scene.as_json()
    labels = {node.id: node.label for node in picture.scene.nodes}
    told["policies"] = {
        iri: cards[iri].name if iri in cards else title for iri, title in picture.scene.policies.items()
    }
    return {
        "scene": told,
        "keys": {iri: cards[iri].key for iri in told["policies"] if iri in cards},
        "kinds": [asdict(kind) for kind in edge_kinds(picture.scene)],
        "ways": [{**asdict(way), "of": labels.get(way.node, way.node)} for way in picture.ways],
    }


def _told_found(site: Site, found: Found) -> dict[str, Any]:
    return {
        "kind": found.kind,
        "title": _KINDS[found.kind],
        "total": found.total,
        "items": [_told_name(site, name) for name in found.names],
    }


def _told_name(site: Site, name: Name) -> dict[str, str]:
    card = site.policies.by_iri.get(name.policy)
    if name.kind == "policy":
        more = name.more.partition("\n")[0]
        return {
            "label": name.label,
            "more": "" if more == name.label else more,
            "policy": card.key if card else "",
            "node": "",
            "url": explorer_url(policy=card.key if card else "", view="practices"),
        }
    count = f"{name.policies:,} {'policy' if name.policies == 1 else 'policies'}"
    more = (
        " · ".join(filter(None, (card.name if card else "", name.more))) if name.kind == "practice" else count
    )
    return {
        "label": name.label,
        "more": more,
        "policy": "",
        "node": name.iri,
        "url": explorer_url(node=name.iri),
    }


def _homes(site: Site, found: Details) -> list[dict[str, str]]:
    """Where the words of a practice, or words that no concept fits, can be read."""
    parameter = {"practice": "practice", "phrase": "mention"}.get(found.kind)
    cards = [site.policies.by_iri[each] for each in found.policies if each in site.policies.by_iri]
    if parameter is None or len(cards) != 1:
        return []
    url = policy_url(cards[0].key, **{parameter: found.iri})
    return [{"title": f"In the text of {cards[0].name}", "url": url}]


def _refused(error: PrivagraphError | PageError | TaskError) -> JSONResponse:
    """What is wrong, for a script to show."""
    if isinstance(error, PageError):
        return JSONResponse({"error": str(error)}, status_code=error.status)
    if isinstance(error, TaskError):
        told = f"This is a bug of ours: {error}. Please report it with the address of this page."
        return JSONResponse({"error": told}, status_code=500)
    return JSONResponse({"error": f"{error}."}, status_code=400)
