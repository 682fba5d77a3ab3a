"""What keeps a record, or the rest of a collection, out of a run, in words."""

from __future__ import annotations

from privagraph.loaders.inputs import LeftOut

__all__ = ["LARGEST_RECORD", "broken", "cut_off", "empty", "too_large", "unopened"]

LARGEST_RECORD = 100_000_000
"""The greatest size of one record of a collection as it is in the file, unpacked, in bytes."""


def broken(place: str, reason: str) -> LeftOut:
    """A record that is damaged; those after it are read."""
    return LeftOut(place, "record", reason, "correct this record in the file, or leave it out")


def empty(place: str, column: str) -> LeftOut:
    """A record whose policy is not there."""
    return LeftOut(
        place,
        "empty",
        f"“{column}” of the record has no content [empty]",
        "check that the record was saved whole, or leave it out",
    )


def too_large(place: str, most: int = LARGEST_RECORD) -> LeftOut:
    """A record that is larger than any policy."""
    return LeftOut(
        place,
        "too-large",
        f"more than {most // 1_000_000} MB in one record [too-large]",
        "give the policy alone, without pictures or other documents",
    )


def cut_off(place: str, error: OSError | str) -> LeftOut:
    """A file that cannot be read any further."""
    why = error if isinstance(error, str) else (error.strerror or str(error))
    return LeftOut(
        place,
        "cut-off",
        f"the file cannot be read any further: {why}",
        "get the file again, whole; what stands before this place was read",
    )


def unopened(name: str, error: OSError) -> LeftOut:
    """A file that cannot be opened."""
    return LeftOut(
        name,
        "unreadable",
        f"cannot be opened ({error.strerror or error})",
        "check the file and its permissions",
    )
