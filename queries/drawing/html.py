"""A scene as one page of HTML that works without a server or a network: the drawing code of the explorer, inlined.

The page holds cytoscape.js, our drawing code, the style and the scene. Its content security policy lets no request out
and runs no other script (https://www.w3.org/TR/CSP3/).
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from privagraph._version import __version__
from privagraph.browser import text
from privagraph.ontology.pages import content_security, template_environment
from privagraph.queries.drawing.model import Scene

if TYPE_CHECKING:
    import jinja2

__all__ = ["html_of"]

_STYLES = ("house.css", "graph.css", "graph-page.css")
_MODULES = ("graph-style.js", "graph-panel.js", "graph.js", "graph-tools.js", "graph-page.js")
"""Each after those that it imports."""
_IMPORT = re.compile(r"^import [^;]+;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:function|const) (\w+))", re.MULTILINE)


def html_of(scene: Scene) -> str:
    """A page with a scene.

    Args:
        scene: What is drawn.

    Raises:
        MissingDependencyError: The package was built without cytoscape.js.
    """
    from markupsafe import Markup

    css, script = "".join(map(text, _STYLES)), _script()
    size = f"{len(scene.nodes):,} nodes, {len(scene.edges):,} edges"
    data = json.dumps(scene.as_json(), ensure_ascii=False, separators=(",", ":"))
    return (
        _templates()
        .get_template("graph.html.j2")
        .render(
            scene=scene,
            summary=" · ".join(filter(None, (scene.subtitle, size))),
            css=Markup(css),
            script=Markup(script),
            json=Markup(
                data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
            ),
            security=content_security(css, script, pictures=True),
            version=__version__,
        )
    )


@cache
def _script() -> str:
    """cytoscape.js and our modules as one module, whose text cannot end the element that it stands in."""
    return "\n".join([text("cytoscape.min.js"), *map(_closed, _MODULES)]).replace("</script", "<\\/script")


def _closed(module: str) -> str:
    """A module as a function that hands out what it exports, so that no two modules share other names."""
    code = _IMPORT.sub("", text(module))
    names = ", ".join(name for _, name in _EXPORT.findall(code))
    body = _EXPORT.sub(r"\1", code)
    return f"const {{ {names} }} = (() => {{\n{body}\nreturn {{ {names} }};\n}})();"


@cache
def _templates() -> jinja2.Environment:
    return template_environment(
        lambda name: (files("privagraph.queries") / "page_assets" / name).read_text("utf-8")
    )
