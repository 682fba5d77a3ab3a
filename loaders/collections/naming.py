"""What the records of a collection are called: ``FILE#ID``, each otherwise."""

from __future__ import annotations

import re
from array import array
from hashlib import blake2b

__all__ = ["RecordNames", "in_one_line"]

_LONGEST = 200
_UNSEEN = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff]+")


class RecordNames:
    """Gives each record of a collection its name.

    What was given is remembered by 8 bytes each, so that a collection may have many millions of records. Where two
    ids are the same, or by a rare chance seem to be, the number of the record is added to the later one.
    """

    def __init__(self, collection: str) -> None:
        self._collection = collection
        self._slots = array("Q", bytes(8 << 10))
        self._used = 0

    def name(self, wanted: object, number: int) -> str:
        """The name of a record.

        Args:
            wanted: Its id; anything but a text or a number is none.
            number: Which record it is, from 1.
        """
        own = _readable(wanted) or str(number)
        while not self._add(own):
            own = f"{own}~{number}"
        return f"{self._collection}#{own}"

    def _add(self, own: str) -> bool:
        """Remember an id; False where it is there already."""
        if 3 * self._used >= 2 * len(self._slots):
            known, self._slots = self._slots, array("Q", bytes(16 * len(self._slots)))
            for digest in known:
                if digest:
                    self._slots[self._place(digest)] = digest
        digest = int.from_bytes(blake2b(own.encode(), digest_size=8).digest(), "big") or 1
        place = self._place(digest)
        if self._slots[place] == digest:
            return False
        self._slots[place] = digest
        self._used += 1
        return True

    def _place(self, digest: int) -> int:
        """Where a digest is, or where it goes: open addressing, the next slot after one that is taken."""
        slots = self._slots
        place = digest % len(slots)
        while slots[place] not in (0, digest):
            place = (place + 1) % len(slots)
        return place


def in_one_line(text: str) -> str:
    r"""The text with one blank for all that cannot be seen.

    Example:
        >>> in_one_line("a\n\x00b ")
        'a b'
    """
    return _UNSEEN.sub(" ", text).strip()


def _readable(wanted: object) -> str:
    """An id in one line, cut where it is very long."""
    if isinstance(wanted, bytes):
        wanted = wanted.decode("utf-8", "replace")
    if isinstance(wanted, float) and wanted.is_integer():
        wanted = int(wanted)
    if isinstance(wanted, bool) or not isinstance(wanted, str | int | float):
        return ""
    line = in_one_line(str(wanted))
    if len(line) <= _LONGEST:
        return line
    return f"{line[: _LONGEST - 17]}~{blake2b(line.encode(), digest_size=8).hexdigest()}"
