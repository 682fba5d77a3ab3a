"""Roles as readers see them: in groups that have one colour each, the same as in pictures of the graph."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from privagraph.ontology.namespaces import expand
from privagraph.ontology.vocabulary import vocabulary
from privagraph.queries.drawing.looks import COLUMNS, GROUPS

__all__ = ["RoleGroup", "group_of", "groups_of", "role_label", "role_note"]


@dataclass(frozen=True, slots=True)
class RoleGroup:
    """Roles that look alike.

    Attributes:
        name: The group's name, as in pictures.
        title: What readers call it.
        roles: Its roles that occur, each with the number of its mentions.
    """

    name: str
    title: str
    roles: tuple[tuple[str, int], ...]

    @property
    def mentions(self) -> int:
        """How many mentions its roles have."""
        return sum(number for _, number in self.roles)


def group_of(role: str) -> str:
    """The group of a role.

    Example:
        >>> group_of("data_category"), group_of("policy_change")
        ('data', 'other')
    """
    return GROUPS.get(role, "other")


def role_label(role: str) -> str:
    """What a role is called.

    Example:
        >>> role_label("data_category"), role_label("dpo")
        ('data category', 'data protection officer')
    """
    iri = expand("pg:") + role
    return vocabulary().label(iri) if iri in vocabulary() else role.replace("_", " ")


def role_note(role: str) -> str:
    """What words of a role are about, in a sentence; empty for a role that is not known."""
    iri = expand("pg:") + role
    return vocabulary().term(iri).definition if iri in vocabulary() else ""


def groups_of(roles: Iterable[tuple[str, int]]) -> tuple[RoleGroup, ...]:
    """The groups of some roles, in the order of the legend.

    Args:
        roles: Roles, each with the number of its mentions.
    """
    found: dict[str, list[tuple[str, int]]] = {name: [] for name in COLUMNS}
    for role, number in roles:
        found[group_of(role)].append((role, number))
    order = {role: place for place, role in enumerate(GROUPS)}
    return tuple(
        RoleGroup(
            name,
            COLUMNS[name].title,
            tuple(sorted(each, key=lambda one: (order.get(one[0], len(order)), one[0]))),
        )
        for name, each in found.items()
        if each
    )
