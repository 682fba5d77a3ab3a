"""The page: a graph looked at in a browser on this machine, and asked by programs over the SPARQL protocol.

What is public is imported when it is first used: the processes that read the graph need none of what serves pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from privagraph.web.app import create_app
    from privagraph.web.settings import Settings

__all__ = ["Settings", "create_app"]


def __getattr__(name: str) -> object:
    """Import a public name on first use (PEP 562)."""
    if name == "create_app":
        from privagraph.web.app import create_app

        return create_app
    if name == "Settings":
        from privagraph.web.settings import Settings

        return Settings
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
