"""What a validation derives from a policy before its shapes are run: observations, by name.

SHACL looks at one node and what it leads to. That two sentences contradict each other, or that a term is used and
never defined, takes more than that; so a function looks at the whole policy first and writes what it saw as nodes
into the graph that the shapes are run on. A profile says which derivations it needs by ``pg:needsDerivation``.
Observations that the graph has already are not read: they are derived anew, so that they never go stale.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import pyoxigraph as ox

from privagraph.errors import ProfileError
from privagraph.ontology.reading import PolicyView
from privagraph.shapes.derivation.observations import Observation, observation_quads
from privagraph.shapes.rules import Profile

if TYPE_CHECKING:
    from privagraph.shapes.derivation.statements import StatementKind

__all__ = ["DERIVATIONS", "Derivation", "derived_quads"]

Derivation = Callable[[PolicyView, tuple[Profile, ...]], Iterable[Observation]]
"""What can be observed about one policy, as far as some profiles look at it."""


def _statements(policy: PolicyView, profiles: tuple[Profile, ...]) -> Iterable[Observation]:
    from privagraph.shapes.derivation.statements import statements

    return statements(policy, _kinds(profiles))


@lru_cache(maxsize=8)
def _kinds(profiles: tuple[Profile, ...]) -> tuple[StatementKind, ...]:
    """The kinds of statements that the shapes of some profiles name."""
    from privagraph.shapes.derivation.statements import statement_kinds

    named = {name for each in profiles for name in re.findall(r"\bpg:\w+", each.turtle.decode())}
    return tuple(each for each in statement_kinds() if each.kind in named)


def _contradictions(policy: PolicyView, _: tuple[Profile, ...]) -> Iterable[Observation]:
    from privagraph.shapes.derivation.contradictions import contradictions

    return contradictions(policy)


def _wording(policy: PolicyView, _: tuple[Profile, ...]) -> Iterable[Observation]:
    from privagraph.shapes.derivation.wording import wording

    return wording(policy)


DERIVATIONS: Mapping[str, Derivation] = MappingProxyType(
    {"contradictions": _contradictions, "statements": _statements, "wording": _wording}
)
"""All derivations, by the name that a profile calls them by."""


def derived_quads(policy: PolicyView, profiles: Iterable[Profile]) -> Iterator[ox.Quad]:
    """The observations that some profiles need, as statements.

    Args:
        policy: The policy to look at.
        profiles: The profiles, which name their derivations.

    Raises:
        ProfileError: There is no derivation of a name.
    """
    needing: dict[str, list[Profile]] = {}
    for profile in profiles:
        for name in profile.derivations:
            needing.setdefault(name, []).append(profile)
    for name, asking in needing.items():
        if name not in DERIVATIONS:
            raise ProfileError(f"no derivation {name!r}; choose from {', '.join(DERIVATIONS)}")
        for observation in DERIVATIONS[name](policy, tuple(asking)):
            yield from observation_quads(policy, observation)
