"""What a validation derives from a policy before its shapes are run: observations, by name.

SHACL looks at one node and what it leads to. That two sentences contradict each other, or that a term is used and
never defined, takes more than that; so a function looks at the whole policy first and writes what it saw as nodes
into the graph that the shapes are run on. A profile says which derivations it needs by ``pg:needsDerivation``.
Observations that the graph has already are not read: they are derived anew, so that they never go stale.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType

import pyoxigraph as ox

from privagraph.errors import ProfileError
from privagraph.shapes.derivation.observations import Observation, observation_quads
from privagraph.shapes.reading import PolicyView

__all__ = ["DERIVATIONS", "Derivation", "derived_quads"]

Derivation = Callable[[PolicyView], Iterable[Observation]]
"""What can be observed about one policy."""


def _statements(policy: PolicyView) -> Iterable[Observation]:
    from privagraph.shapes.derivation.statements import statements

    return statements(policy)


def _contradictions(policy: PolicyView) -> Iterable[Observation]:
    from privagraph.shapes.derivation.contradictions import contradictions

    return contradictions(policy)


def _wording(policy: PolicyView) -> Iterable[Observation]:
    from privagraph.shapes.derivation.wording import wording

    return wording(policy)


DERIVATIONS: Mapping[str, Derivation] = MappingProxyType(
    {"contradictions": _contradictions, "statements": _statements, "wording": _wording}
)
"""All derivations, by the name that a profile calls them by."""


def derived_quads(policy: PolicyView, names: Iterable[str]) -> Iterator[ox.Quad]:
    """The observations of some derivations, as statements.

    Args:
        policy: The policy to look at.
        names: Names of derivations.

    Raises:
        ProfileError: There is no derivation of a name.
    """
    for name in dict.fromkeys(names):
        if name not in DERIVATIONS:
            raise ProfileError(f"no derivation {name!r}; choose from {', '.join(DERIVATIONS)}")
        for observation in DERIVATIONS[name](policy):
            yield from observation_quads(policy, observation)
