"""A network whose attributes any format can hold."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx

__all__ = ["as_json", "flattened"]


def flattened(network: networkx.MultiDiGraph[str], *, lists: bool = False) -> networkx.MultiDiGraph[str]:
    """The same network with attributes of text, whole numbers, other numbers and truth values alone.

    An attribute has one type in the whole network: one that is a list or a mapping anywhere is JSON text everywhere,
    one that mixes types is text. Decimal numbers become binary ones, dates ISO 8601. An attribute without a value is
    left out.

    Args:
        network: Any view, see :func:`~privagraph.queries.networks.view`.
        lists: Whether an attribute that holds nothing but text and lists of text stays a list, everywhere.

    Returns:
        A copy. Its edges have the keys ``e1``, ``e2`` and so on, unique in the whole network, and the old key as their
        attribute ``relation``.
    """
    import networkx

    flat: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    nodes = [data for _, data in network.nodes(data=True)]
    for node, data in zip(network, _plain(nodes, lists=lists), strict=True):
        flat.add_node(node, **data)
    edges = list(network.edges(keys=True, data=True))
    with_keys = [{"relation": key, **data} for _, _, key, data in edges]
    for number, ((source, target, _, _), data) in enumerate(
        zip(edges, _plain(with_keys, lists=lists), strict=True), start=1
    ):
        flat.add_edge(source, target, key=f"e{number}", **data)
    return flat


def as_json(value: object) -> Any:
    """A value as JSON knows it, for ``json.dumps(..., default=as_json)``.

    Raises:
        TypeError: JSON has nothing like it.
    """
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


def _plain(rows: Iterable[Mapping[str, Any]], *, lists: bool) -> list[dict[str, Any]]:
    """Rows with one plain type for each name; Any, because that type may be a list."""
    every = list(rows)
    types: dict[str, set[type]] = {}
    for row in every:
        for name, value in row.items():
            types.setdefault(name, set()).add(_type(value))
    found = {name: _common(kinds - {type(None)}, lists=lists) for name, kinds in types.items()}
    return [
        {name: _as(value, found[name]) for name, value in row.items() if value is not None} for row in every
    ]


def _type(value: object) -> type:
    if value is None or isinstance(value, bool | int):
        return type(value)
    if isinstance(value, float | Decimal):
        return float
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return list
    return dict if isinstance(value, list | dict) else str


def _common(types: set[type], *, lists: bool) -> type:
    """The one type that can hold values of all these; ``dict`` stands for JSON text."""
    if dict in types or (list in types and not (lists and types <= {list, str})):
        return dict
    if len(types) == 1:
        return next(iter(types))
    if list in types:
        return list
    return float if types == {int, float} else str


def _as(value: Any, type_: type) -> Any:
    """A value as the type of its attribute; Any, as the type is only known here."""
    if type_ is dict:
        return json.dumps(value, ensure_ascii=False, default=as_json)
    if type_ is list:
        return value if isinstance(value, list) else [value]
    if type_ is str:
        if isinstance(value, bool):
            return "true" if value else "false"
        return as_json(value) if isinstance(value, date) else str(value)
    return type_(value)
