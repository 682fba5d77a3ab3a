"""Pictures of a graph: where nodes stand, how they look, and what is said of each.

:func:`scene` makes a :class:`Scene` of any view of :mod:`privagraph.queries.networks`, or of any network with the same
attributes. The SVG, PNG and HTML of ``privagraph export`` and the explorer of ``privagraph serve`` draw scenes.
"""

from privagraph.queries.drawing.building import Layout, scene
from privagraph.queries.drawing.model import Edge, Evidence, Frame, Group, Node, Scene
from privagraph.queries.drawing.options import MOST, Drawing

__all__ = ["MOST", "Drawing", "Edge", "Evidence", "Frame", "Group", "Layout", "Node", "Scene", "scene"]
