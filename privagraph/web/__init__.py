"""The page: a graph looked at in a browser on this machine, and asked by programs over the SPARQL protocol."""

from __future__ import annotations

from privagraph.web.app import create_app
from privagraph.web.settings import Settings

__all__ = ["Settings", "create_app"]
