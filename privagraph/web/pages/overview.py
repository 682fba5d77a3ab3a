"""The first page: which policies there are."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from privagraph.web.site import Site, site_of

__all__ = ["router"]

router = APIRouter()


@router.get("/")
async def overview(request: Request, site: Annotated[Site, Depends(site_of)]) -> HTMLResponse:
    """The policies of the graph."""
    return site.page(request, "overview.html.j2", title="Policies")
