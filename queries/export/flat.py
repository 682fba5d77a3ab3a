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


def flattened(network: networkx.MultiDiGraph[str]) -> networkx.MultiDiGraph[str]:
    """The same network with attributes of text, whole numbers, other numbers and truth values alone.

    An attribute has one type in the whole network: one that is a list or a mapping anywhere is JSON text everywhere,
    one that mixes types is text. Decimal numbers become binary ones, dates ISO 8601. An attribute without a value is
    left out.

    Args:
        network: What :func:`~privagraph.queries.networks.to_networkx` made.

    Returns:
        A copy. Its edges have the keys ``e1``, ``e2`` and so on, unique in the whole network, and the old key as their
        attribute ``relation``.
    """
    import networkx

    flat: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    nodes = [data for _, data in network.nodes(data=True)]
    for node, data in zip(network, _plain(nodes), strict=True):
        flat.add_node(node, **data)
    edges = list(network.edges(keys=True, data=True))
    with_keys = [{"relation": key, **data} for _, _, key, data in edges]
    for number, ((source, target, _, _), data) in enumerate(
        zip(edges, _plain(with_keys), strict=True), start=1
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


def _plain(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, str | int | float | bool]]:
    """Rows with one plain type for each name."""
    every = list(rows)
    types: dict[str, set[type]] = {}
    for row in every:
        for name, value in row.items():
            types.setdefault(name, set()).add(_type(value))
    return [
        {name: _as(value, types[name] - {type(None)}) for name, value in row.items() if value is not None}
        for row in every
    ]


def _type(value: object) -> type:
    if value is None or isinstance(value, bool | int):
        return type(value)
    if isinstance(value, float | Decimal):
        return float
    return list if isinstance(value, list | dict) else str


def _as(value: Any, types: set[type]) -> str | int | float | bool:
    if list in types:
        return json.dumps(value, ensure_ascii=False, default=as_json)
    if types <= {int, float}:
        return float(value) if float in types else int(value)
    if types == {bool}:
        return bool(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return as_json(value) if isinstance(value, date) else str(value)
