"""What can stand in a field, as JSON: the scripts of the pages ask while somebody types."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import JSONResponse

from privagraph.errors import UnknownQueryError
from privagraph.queries.catalogue import load
from privagraph.web.answering import suggestions
from privagraph.web.answering.fields import branch_of
from privagraph.web.site import Site, site_of

__all__ = ["router"]

router = APIRouter(prefix="/suggest")
_LONGEST = 100
"""Characters of what was typed that count."""


@router.get("/concepts")
async def concepts(q: str = "", question: str = "", param: str = "") -> JSONResponse:
    """Concepts for a parameter of a named question."""
    try:
        query = load(question)
    except UnknownQueryError:
        return _found([])
    taken = query.param(param)
    return _found(suggestions.concepts(q[:_LONGEST], None if taken is None else branch_of(query, taken)))


@router.get("/terms")
async def terms(q: str = "") -> JSONResponse:
    """Terms of the vocabulary for the editor."""
    return _found(suggestions.terms(q[:_LONGEST]))


@router.get("/policies")
async def policies(site: Annotated[Site, Depends(site_of)], q: str = "") -> JSONResponse:
    """Policies of the graph."""
    return _found(suggestions.policies(q[:_LONGEST], site.policies))


@router.get("/files")
async def files(site: Annotated[Site, Depends(site_of)], q: str = "") -> JSONResponse:
    """Names of the files that were mapped."""
    return _found(suggestions.files(q[:_LONGEST], site.policies))


@router.get("/organisations")
async def organisations(site: Annotated[Site, Depends(site_of)], q: str = "") -> JSONResponse:
    """Organisations of the graph."""
    known = await site.cached(suggestions.organisations)
    return _found(suggestions.matching(q[:_LONGEST], known))


def _found(found: list[suggestions.Suggestion]) -> JSONResponse:
    return JSONResponse(suggestions.as_json(found))
