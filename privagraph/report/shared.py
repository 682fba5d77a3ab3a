"""Which recipients several policies share, as a picture: policies on the left, recipients on the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from privagraph.report.charts import Chart, ChartRow, Link, Node, curve, shortened
from privagraph.report.values import Recipient, Ref

__all__ = ["shared_chart"]

_MOST_RECIPIENTS = 28
_MOST_POLICIES = 24
_KINDS_UP_TO = 20
"""Among more policies kinds of recipients tell nothing: nearly all of them have service providers."""
_WIDTH, _ROW, _TOP, _DOT = 1000, 27, 32, 11
_LEFT, _RIGHT = 300.0, 640.0
_LABEL = 36
_COLOURS = 8


def shared_chart(policies: Sequence[tuple[str, str, Sequence[Recipient]]]) -> Chart | None:
    """The picture.

    Args:
        policies: Each policy's anchor, its name, and who gets data.

    Returns:
        None where no two policies have a recipient in common.
    """
    stated: dict[tuple[bool, str], dict[int, tuple[Ref, ...]]] = {}
    for number, (_, _, recipients) in enumerate(policies):
        for each in recipients:
            stated.setdefault((each.named, each.thing.label), {})[number] = each.thing.refs
    common = {key: where for key, where in stated.items() if len(where) > 1}
    if not common:
        return None
    if len(policies) > _KINDS_UP_TO and any(is_named for is_named, _ in common):
        common = {key: where for key, where in common.items() if key[0]}
    ranked = sorted(common, key=lambda key: (not key[0], -len(common[key]), key[1].casefold()))
    shown = ranked[:_MOST_RECIPIENTS]
    reach = {number: sum(number in common[key] for key in shown) for number in range(len(policies))}
    members = sorted(
        sorted((each for each in reach if reach[each]), key=lambda each: (-reach[each], each))[
            :_MOST_POLICIES
        ]
    )
    rows = max(len(members), len(shown))
    left, right = (_spread(count, rows) for count in (len(members), len(shown)))
    places = {number: left[at] for at, number in enumerate(members)}
    nodes, links, table = [], [], []
    for at, key in enumerate(shown):
        is_named, label = key
        row = f"shared-{at + 1}"
        nodes.append(_recipient(label, right[at], len(common[key]), row, named=is_named))
        refs = [ref for each in common[key].values() for ref in each if ref.target]
        names = ", ".join(policies[number][1] for number in common[key])
        kind = "organisation" if is_named else "kind of recipient"
        table.append(ChartRow(row, (label, kind, names), len(common[key]), tuple(refs)))
        for number in members:
            if number in common[key]:
                words = common[key][number]
                links.append(
                    Link(
                        curve(_LEFT + _DOT, places[number] + _DOT / 2, _RIGHT, right[at] + _DOT / 2),
                        1.6,
                        places_colour(members.index(number)),
                        f"{policies[number][1]} → {label}",
                        next((each.target for each in words if each.target), row),
                    )
                )
    for at, number in enumerate(members):
        target, name, _ = policies[number]
        nodes.append(
            Node(
                _LEFT, places[number], _DOT, _DOT, shortened(name, _LABEL),
                f"{name}: {reach[number]} shared", _LEFT - 8, "end", places_colour(at), target,
            )
        )  # fmt: skip
    return Chart(
        id="shared",
        title=f"{len(shown)} recipients that at least two policies have in common",
        width=_WIDTH,
        height=_TOP + rows * _ROW + 6,
        heads=(("Policy", _LEFT + _DOT, "end"), ("Recipient, and in how many policies", _RIGHT, "start")),
        nodes=tuple(nodes),
        links=tuple(links),
        columns=("Recipient", "What it is", "Policies"),
        rows=tuple(table),
        notes=tuple(_notes(ranked, shown, reach, members)),
    )


def places_colour(at: int) -> int:
    """The colour of the policy at a place."""
    return at % _COLOURS + 1


def _spread(count: int, rows: int) -> list[float]:
    """Upper edges of so many dots, spread over the height of all rows."""
    step = _ROW * rows / count
    return [round(_TOP + step * (at + 0.5) - _DOT / 2, 1) for at in range(count)]


def _recipient(label: str, top: float, number: int, row: str, *, named: bool) -> Node:
    shown = shortened(label if named else f"{label} (kind)", _LABEL)
    return Node(
        _RIGHT, top, _DOT, _DOT, f"{shown} · {number}", f"{label}: {number} policies", _RIGHT + _DOT + 8,
        "start", 0 if named else -1, row,
    )  # fmt: skip


def _notes(
    ranked: Sequence[object], shown: Sequence[object], reach: Mapping[int, int], members: Sequence[int]
) -> list[str]:
    notes = []
    if len(ranked) > len(shown):
        notes.append(f"{len(ranked) - len(shown):,} more recipients that policies share are not drawn.")
    touched = sum(map(bool, reach.values()))
    if touched > len(members):
        notes.append(
            f"The {len(members)} policies with the most of them are drawn, of {touched:,}; the table has all."
        )
    return notes
