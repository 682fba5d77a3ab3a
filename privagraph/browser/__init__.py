"""What runs in a browser, for the pages of ``privagraph serve`` and for the files that stand alone.

Our own files lie here; what other people made is fetched when the package is built (``setup.py``) and lies in
``vendored``: cytoscape.js, which draws graphs (MIT), YASQE, the editor for SPARQL (MIT), and Roboto, the font of
pictures (OFL-1.1), with their licences.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from privagraph.errors import MissingDependencyError

__all__ = ["asset", "text"]


def asset(name: str) -> Traversable:
    """A file for browsers.

    Args:
        name: Its name, such as ``graph.js`` or ``cytoscape.min.js``.

    Raises:
        MissingDependencyError: The package was built without what other people wrote.
    """
    here = files(__package__)
    for place in (here / name, here / "vendored" / name):
        if place.is_file():
            return place
    raise MissingDependencyError(
        name,
        "pages and pictures in a browser",
        "install privagraph again where npm's registry can be reached",
    )


@cache
def text(name: str) -> str:
    """The text of a file for browsers.

    Args:
        name: Its name, such as ``graph.js`` or ``cytoscape.min.js``.

    Raises:
        MissingDependencyError: The package was built without what other people wrote.
    """
    return asset(name).read_text("utf-8")
