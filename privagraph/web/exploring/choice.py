"""What is chosen in the explorer, as its address says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Literal, cast
from urllib.parse import urlencode

from privagraph.queries.networks import VIEWS, Polarity
from privagraph.web.page_error import PageError

if TYPE_CHECKING:
    from starlette.datastructures import QueryParams

    from privagraph.web.policies import PolicyCard, PolicyIndex

__all__ = ["EACH", "MODALITIES", "MOST", "VIEW_TITLES", "Choice", "Hidden", "Wanted", "chosen"]

VIEW_TITLES: Mapping[str, str] = {
    "practices": "Practices",
    "flows": "Flows of data",
    "flows-by-data": "Flows, each kind of data",
    "sharing": "Sharing",
    "data": "Data in one practice",
    "data-in-policies": "Data in one policy",
    "similarity": "Alike policies",
    "full": "Everything",
}
"""The views as the page offers them."""
assert VIEW_TITLES.keys() == VIEWS.keys()  # a new view needs a title here

MOST = (300, 600, 1000, 1500)
"""How many nodes a picture may have; the first unless asked otherwise."""
EACH = 40
"""How many neighbours of one kind a node shows, and how many more with each wish for more."""
MODALITIES: Mapping[str, str] = {"asserted": "is done", "possible": "may be done", "required": "must be done"}
_TO_BEGIN = range(8, 61)
"""How many practices a policy has that is good to begin with."""
_ONE_POLICY = frozenset({"practices", "full"})
"""Views that say little, and take long, of many policies at once: without a choice they show one."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the picture is made of.

    Attributes:
        policies: IRIs of the policies; all of them when empty.
        view: One of :data:`VIEW_TITLES`; empty where a node and its surroundings are shown.
        node: IRI of the node in the middle; empty where a view is shown.
        hops: How far its surroundings reach: 1 or 2.
        opened: IRIs of nodes whose neighbours are shown besides.
        opened_far: IRIs of nodes that are shown with their neighbours and those of these.
        each: How many neighbours of one kind a node shows.
        polarity: What is done, what is denied, or both.
        most: How many nodes there may be.
    """

    policies: tuple[str, ...] = ()
    view: str = "practices"
    node: str = ""
    hops: int = 1
    opened: tuple[str, ...] = ()
    opened_far: tuple[str, ...] = ()
    each: int = EACH
    polarity: Polarity = "both"
    most: int = MOST[0]


@dataclass(frozen=True, slots=True)
class Hidden:
    """What of the picture is not shown.

    Attributes:
        groups: Kinds of nodes, see :data:`~privagraph.queries.drawing.looks.LOOKS`.
        edges: Kinds of edges: properties as CURIEs.
        modalities: Some of :data:`MODALITIES`.
    """

    groups: frozenset[str] = frozenset()
    edges: frozenset[str] = frozenset()
    modalities: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Choice:
    """All that the address says.

    Attributes:
        keys: Keys of the policies that were chosen.
        wanted: What the picture is made of.
        hidden: What of it is not shown.
        at: The node or edge that is selected: an IRI, or the name of an edge in the picture.
        first: Whether nothing was chosen, so that a beginning is shown.
    """

    keys: tuple[str, ...]
    wanted: Wanted
    hidden: Hidden
    at: str
    first: bool

    @property
    def query(self) -> str:
        """The same choice as the query of an address; what is as usual is left out."""
        wanted, usual = self.wanted, Wanted()
        said = [("policy", key) for key in self.keys]
        if wanted.node:
            said += [("node", wanted.node), ("hops", str(wanted.hops))]
        elif not self.first:
            said.append(("view", wanted.view))
        said += [("open", node) for node in wanted.opened] + [("far", node) for node in wanted.opened_far]
        said += [
            (name, str(getattr(wanted, name)))
            for name in ("each", "polarity", "most")
            if getattr(wanted, name) != getattr(usual, name)
        ]
        for field, name in zip(fields(self.hidden), ("hide", "without", "unless"), strict=True):
            said += [(name, each) for each in sorted(getattr(self.hidden, field.name))]
        return urlencode([*said, *([("at", self.at)] if self.at else [])])


def chosen(params: QueryParams, policies: PolicyIndex) -> Choice:
    """What an address chooses.

    Args:
        params: The query of the address: ``policy`` (its key, or several), ``view``, ``node``, ``hops``, ``open``,
            ``far``, ``each``, ``polarity``, ``most``, ``hide``, ``without``, ``unless``, ``at``.
        policies: The policies of the graph.

    Raises:
        PageError: A value is none that there is.
    """
    keys = tuple(dict.fromkeys(key for key in params.getlist("policy") if key))
    for key in keys:
        if key not in policies.by_key:
            raise PageError(
                404, f"There is no policy {key}.", "The overview lists the policies of this graph."
            )
    node = params.get("node", "").strip()
    view = params.get("view") or "practices"
    if view not in VIEW_TITLES:
        raise PageError(400, f"There is no view {view}.", f"Choose one of {', '.join(VIEW_TITLES)}.")
    polarity = _one_of(params, "polarity", ("both", "affirmed", "denied"))
    wanted = Wanted(
        policies=tuple(policies.by_key[key].iri for key in keys),
        view="" if node else view,
        node=node,
        hops=int(_one_of(params, "hops", ("1", "2"))) if node else 1,
        opened=tuple(dict.fromkeys(each for each in params.getlist("open") if each)),
        opened_far=tuple(dict.fromkeys(each for each in params.getlist("far") if each)),
        each=_number(params, "each", EACH, most=MOST[-1]),
        polarity=cast(Literal["both", "affirmed", "denied"], polarity),
        most=_number(params, "most", MOST[0], most=MOST[-1]),
    )
    first = not (keys or node or params.get("view"))
    if not keys and not node and view in _ONE_POLICY:
        begin = _beginning(policies)
        wanted = replace(wanted, policies=(begin.iri,) if begin else ())
    hidden = Hidden(
        groups=frozenset(params.getlist("hide")),
        edges=frozenset(params.getlist("without")),
        modalities=frozenset(params.getlist("unless")),
    )
    return Choice(keys, wanted, hidden, params.get("at", ""), first)


def _beginning(policies: PolicyIndex) -> PolicyCard | None:
    """The first policy with enough to see and not too much; else one with any practice, or any at all."""
    some = [card for card in policies if card.practices and not card.newer]
    return next((card for card in some if card.practices in _TO_BEGIN), next(iter([*some, *policies]), None))


def _one_of(params: QueryParams, name: str, values: tuple[str, ...]) -> str:
    value = params.get(name) or values[0]
    if value not in values:
        raise PageError(400, f"{name}={value} is no choice.", f"Choose one of {', '.join(values)}.")
    return value


def _number(params: QueryParams, name: str, usual: int, *, most: int) -> int:
    value = params.get(name) or str(usual)
    if not (value.isdecimal() and value.isascii() and len(value) < 9 and int(value)):
        raise PageError(400, f"{name}={value} is no number of nodes.", f"Choose a number from 1 to {most:,}.")
    return min(int(value), most)
