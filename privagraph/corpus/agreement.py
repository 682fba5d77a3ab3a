"""What shards and their manifest agree on when a run begins, and which shards are written anew when it ends.

Only what the manifest names counts: a shard that it does not name was written when the run before ended, and goes. So a
manifest that is lost must not be taken for one that names nothing, or weeks of work would go with it. What the manifest
names and the shards have lost is noted in it, so that it is told until it was mapped again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, NamedTuple

from privagraph.corpus.places import part_name
from privagraph.errors import GraphError
from privagraph.queries.folders import MANIFEST

if TYPE_CHECKING:
    from privagraph.corpus.manifest import Manifest, Piece
    from privagraph.corpus.remote import RemoteShards
    from privagraph.corpus.shards import Shards

__all__ = ["LOST", "Agreed", "agreed", "copied", "expect_manifest", "expect_whole", "stale"]

LOST = "put it back from a copy, or map into a new place: the shards that are here stay as they are"
"""What to do about shards whose manifest is lost."""


def expect_manifest(place: str, numbers: Collection[int]) -> None:
    """Refuse to begin a manifest where there are shards, since each run makes one before its first shard.

    Args:
        place: Where the shards are, and no manifest.
        numbers: The numbers of the shards.

    Raises:
        GraphError: There are shards.
    """
    if numbers:
        raise GraphError(
            place,
            f"holds shards, such as {part_name(min(numbers))}, and no {MANIFEST} that says what is in them",
            LOST,
        )


class Agreed(NamedTuple):
    """What shards and manifest agree on.

    Attributes:
        ends: Where the shards end that are left, by their numbers.
        losses: What was found to be gone, each as a line to show.
    """

    ends: dict[int, int]
    losses: tuple[str, ...]


def agreed(
    manifest: Manifest,
    sizes: Mapping[int, int],
    where: Callable[[str], str],
    remove: Callable[[int], None],
) -> Agreed:
    """Bring shards and manifest to what both agree on.

    A shard that has become shorter costs the graphs that are not whole in it any more, and no others.

    Args:
        manifest: The manifest; it notes which sources have lost their graphs.
        sizes: How many bytes each shard has, by its number.
        where: Where a user finds a shard, by the name of its file.
        remove: Removes a shard in which there is nothing that the manifest names.

    Raises:
        GraphError: The manifest or a shard cannot be read or written.
    """
    extents, losses = manifest.extents(), []
    for number, extent in extents.items():
        if sizes.get(number, 0) < extent.end:
            name, what = part_name(number), "shorter than it was" if number in sizes else "not there any more"
            gone = manifest.lose(
                number, sizes.get(number, 0), f"its graph is gone from {name}, which is {what}"
            )
            losses.append(f"{where(name)} is {what}, and the graphs of {gone:,} of its sources are gone")
    ends = {number: extent.end for number, extent in (manifest.extents() if losses else extents).items()}
    for number in sorted(sizes.keys() - ends.keys()):
        remove(number)
    return Agreed(ends, tuple(losses))


def stale(manifest: Manifest, sizes: Mapping[int, int]) -> list[int]:
    """The numbers of the shards with frames that no source has any more.

    Args:
        manifest: The manifest.
        sizes: How many bytes each shard has, by its number.
    """
    extents = manifest.extents()
    return [
        number
        for number, size in sorted(sizes.items())
        if number not in extents or size > extents[number].live
    ]


def copied(shards: Shards | RemoteShards, number: int) -> list[tuple[str, Piece]]:
    """Add the frames of a shard to the end of the others; what several sources share is one frame again.

    Args:
        shards: The shards.
        number: The number of the shard.

    Returns:
        The sources, and where their frames are now.

    Raises:
        GraphError: A frame cannot be read or written.
    """
    copies: dict[Piece, Piece] = {}
    moved = []
    for key, piece in list(shards.manifest.pieces(number)):
        if piece not in copies:
            copies[piece] = shards.add(shards.read(piece))
        moved.append((key, copies[piece]))
    return moved


def expect_whole(where: str, piece: Piece, frame: bytes) -> bytes:
    """A frame that was read, if it is all there.

    Args:
        where: The shard, as a user finds it.
        piece: Which frame it is.
        frame: What was read.

    Raises:
        GraphError: It is not all there.
    """
    if len(frame) != piece.stop - piece.start:
        raise GraphError(
            where,
            f"holds less than its {MANIFEST} says: {len(frame)} of the bytes from {piece.start} to {piece.stop}",
            "check the disk and map again: what is missing is mapped anew, and all else stays",
        )
    return frame
