"""The operations that a promise can be about."""

from __future__ import annotations

from enum import StrEnum

from privagraph.shapes.derivation.contradictions.concepts import is_a

__all__ = ["Family", "family_of"]


class Family(StrEnum):
    """The operations that a promise can be about, each with those that break it."""

    SHARING = "sharing"
    SALE = "sale"
    COLLECTION = "collection"
    STORAGE = "storage"
    USE = "use"


_FAMILIES = (
    (Family.SALE, ("pg:Sell", "pg:Rent")),
    (Family.SHARING, ("dpv:Disclose", "dpv:Transfer")),
    (Family.COLLECTION, ("dpv:Obtain",)),
    (Family.STORAGE, ("dpv:Store",)),
    (Family.USE, ("dpv:Use", "dpv:Processing")),
)


def family_of(processing: str) -> Family | None:
    """The family of an operation; None where promises are not about it."""
    for family, tops in _FAMILIES:
        if any(is_a(processing, top) for top in tops):
            if family is Family.USE and is_a(processing, "dpv:Remove"):
                return None
            return family
    return None
