"""How Cytoscape and cytoscape.js draw an exported network: colours by what a node is, red and dashed what is denied.

Both styles choose by the attributes ``look`` and ``polarity``. Shapes are the nearest to those of the Graphviz picture.

cytoscape.js: https://js.cytoscape.org/#style; Cytoscape: https://manual.cytoscape.org/en/stable/Styles.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from privagraph.queries.drawing.looks import DENIED, LOOKS, Look

__all__ = ["desktop_style", "stylesheet"]

_NAME = "privagraph"
_SHAPES: Mapping[str, tuple[str, str]] = {
    "ellipse": ("ellipse", "ELLIPSE"),
    "egg": ("ellipse", "ELLIPSE"),
    "hexagon": ("hexagon", "HEXAGON"),
    "octagon": ("octagon", "OCTAGON"),
    "note": ("cut-rectangle", "PARALLELOGRAM"),
    "cylinder": ("barrel", "ROUND_RECTANGLE"),
    "invhouse": ("rhomboid", "PARALLELOGRAM"),
    "house": ("pentagon", "TRIANGLE"),
    "cds": ("tag", "VEE"),
    "tab": ("bottom-round-rectangle", "RECTANGLE"),
    "folder": ("rectangle", "RECTANGLE"),
}
"""The shapes of Graphviz in cytoscape.js and in Cytoscape; a round rectangle stands for all others."""
_ROUND = ("round-rectangle", "ROUND_RECTANGLE")


def stylesheet(*, directed: bool) -> list[dict[str, Any]]:
    """A style for cytoscape.js, as its JSON; Any, because its values are of several types.

    Args:
        directed: Whether edges have arrows.
    """
    node = {
        "label": "data(label)",
        "text-wrap": "wrap",
        "text-max-width": "140px",
        "text-valign": "center",
        "font-size": 11,
        "width": 150,
        "height": 44,
        "border-width": 1.2,
    }
    edge = {
        "label": "data(label)",
        "font-size": 8,
        "color": "#4b5563",
        "text-rotation": "autorotate",
        "width": 1.2,
        "line-color": "#9aa5b1",
        "target-arrow-color": "#9aa5b1",
        "target-arrow-shape": "triangle" if directed else "none",
        "curve-style": "bezier",
    }
    red = dict.fromkeys(("line-color", "target-arrow-color", "color"), DENIED.line)
    return [
        {"selector": "node", "style": node},
        *(
            {
                "selector": f'node[look = "{name}"]',
                "style": {
                    "background-color": look.fill,
                    "border-color": look.line,
                    "shape": _SHAPES.get(look.shape, _ROUND)[0],
                },
            }
            for name, look in LOOKS.items()
        ),
        {"selector": 'node[polarity = "denied"]', "style": {"border-style": "dashed"}},
        {"selector": 'node[kind = "phrase"]', "style": {"border-style": "dotted"}},
        {"selector": "edge", "style": edge},
        {"selector": 'edge[polarity = "denied"]', "style": {"line-style": "dashed", **red}},
    ]


def desktop_style(*, directed: bool) -> str:
    """A style for Cytoscape, as the XML that it imports.

    Args:
        directed: Whether edges have arrows.
    """
    return "\n".join(_desktop(directed)) + "\n"


def _desktop(directed: bool) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    yield f'<vizmap id="{_NAME}" documentVersion="3.0">'
    yield f'  <visualStyle name="{_NAME}">'
    yield '    <network><visualProperty name="NETWORK_BACKGROUND_PAINT" default="#FFFFFF"/></network>'
    yield "    <node>"
    yield '      <dependency name="nodeSizeLocked" value="false"/>'
    yield from _copied("NODE_LABEL", "label")
    yield from _copied("NODE_TOOLTIP", "label")
    yield from _chosen("NODE_FILL_COLOR", "look", "#F7F7F7", _each(lambda look: look.fill.upper()))
    yield from _chosen("NODE_BORDER_PAINT", "look", "#757575", _each(lambda look: look.line.upper()))
    yield from _chosen(
        "NODE_SHAPE", "look", _ROUND[1], _each(lambda look: _SHAPES.get(look.shape, _ROUND)[1])
    )
    yield from _chosen("NODE_BORDER_STROKE", "polarity", "SOLID", {"denied": "EQUAL_DASH"})
    for name, value in (("NODE_WIDTH", "130.0"), ("NODE_HEIGHT", "34.0"), ("NODE_BORDER_WIDTH", "1.2")):
        yield f'      <visualProperty name="{name}" default="{value}"/>'
    yield '      <visualProperty name="NODE_LABEL_FONT_SIZE" default="11"/>'
    yield "    </node>"
    yield "    <edge>"
    yield '      <dependency name="arrowColorMatchesEdge" value="true"/>'
    yield from _copied("EDGE_LABEL", "label")
    yield from _chosen("EDGE_UNSELECTED_PAINT", "polarity", "#9AA5B1", {"denied": DENIED.line.upper()})
    yield from _chosen("EDGE_LINE_TYPE", "polarity", "SOLID", {"denied": "EQUAL_DASH"})
    yield f'      <visualProperty name="EDGE_TARGET_ARROW_SHAPE" default="{"DELTA" if directed else "NONE"}"/>'
    yield '      <visualProperty name="EDGE_LABEL_FONT_SIZE" default="8"/>'
    yield '      <visualProperty name="EDGE_WIDTH" default="1.2"/>'
    yield "    </edge>"
    yield "  </visualStyle>"
    yield "</vizmap>"


def _each(of: Callable[[Look], str]) -> dict[str, str]:
    return {name: of(look) for name, look in LOOKS.items()}


def _copied(name: str, attribute: str) -> Iterator[str]:
    """A property of the picture that is an attribute's value."""
    yield f'      <visualProperty name="{name}" default="">'
    yield f'        <passthroughMapping attributeName="{attribute}" attributeType="string"/>'
    yield "      </visualProperty>"


def _chosen(name: str, attribute: str, default: str, values: Mapping[str, str]) -> Iterator[str]:
    """A property of the picture that depends on an attribute."""
    yield f'      <visualProperty name="{name}" default="{default}">'
    yield f'        <discreteMapping attributeName="{attribute}" attributeType="string">'
    for of, value in values.items():
        yield f'          <discreteMappingEntry attributeValue="{of}" value="{value}"/>'
    yield "        </discreteMapping>"
    yield "      </visualProperty>"
