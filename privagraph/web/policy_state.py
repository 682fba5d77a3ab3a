"""What is chosen on the page of a policy, as its address says it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, get_args
from urllib.parse import urlencode

from privagraph.ontology.reading import MentionView, Span
from privagraph.ontology.roles import is_open

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["NO_ROLE", "Only", "State", "read_at"]

Only = Literal["", "denied", "open", "unsure"]
"""Which mentions are shown, besides by their roles: all, those that are denied, those that no concept fits, those of
which the extractor is not sure."""

NO_ROLE = "none"
"""Takes the place of a role where none is shown."""
_AT = re.compile(r"(\d{1,9})-(\d{1,9})")
_UNSURE = 0.6
"""Below this confidence a mention counts as unsure."""
_LONGEST_FIND = 200


@dataclass(frozen=True, slots=True)
class State:
    """What is chosen.

    Attributes:
        key: The policy's key.
        roles: The roles that are shown; all when empty.
        only: Which of their mentions are shown.
        mention: IRI of a mention, or the end of it.
        practice: IRI of a practice, or the end of it.
        at: Words to show.
        find: What was looked for in the text.
    """

    key: str
    roles: tuple[str, ...] = ()
    only: Only = ""
    mention: str = ""
    practice: str = ""
    at: Span | None = None
    find: str = ""

    @classmethod
    def read(
        cls,
        key: str,
        *,
        roles: Iterable[str] = (),
        only: str = "",
        mention: str = "",
        practice: str = "",
        at: str = "",
        find: str = "",
    ) -> State:
        """What an address asks for; what makes no sense in it is passed over."""
        return cls(
            key=key,
            roles=tuple(sorted({each for each in roles if each})),
            only=next((each for each in get_args(Only) if each == only), ""),
            mention=mention,
            practice="" if mention else practice,
            at=read_at(at),
            find=" ".join(find.split())[:_LONGEST_FIND],
        )

    def url(self, *, fragment: str = "", **changes: object) -> str:
        """The address of the page with something else chosen; where and what was looked for stays behind.

        Args:
            fragment: The place in the page to go to.
            **changes: Other values of attributes.
        """
        other = replace(self, **{"at": None, "find": "", **changes})  # type: ignore[arg-type]  # checked by the class
        return f"/policies/{self.key}" + other.query() + (f"#{fragment}" if fragment else "")

    def query(self) -> str:
        """The part of the address behind the path, with its question mark; empty where nothing is chosen."""
        asked = [("role", each) for each in self.roles]
        asked += [
            (name, value)
            for name, value in (
                ("only", self.only),
                ("mention", self.mention),
                ("practice", self.practice),
                ("at", f"{self.at.start}-{self.at.end}" if self.at else ""),
                ("find", self.find),
            )
            if value
        ]
        return "?" + urlencode(asked) if asked else ""

    def shows(self, mention: MentionView) -> bool:
        """Whether a mention is marked."""
        if self.roles and mention.role not in self.roles:
            return False
        if self.only == "denied":
            return mention.denied
        if self.only == "open":
            return is_open(mention)
        return self.only != "unsure" or mention.confidence < _UNSURE


def read_at(text: str) -> Span | None:
    """The words that an address shows, as ``START-END``; None where it does not say so.

    Example:
        >>> read_at("179-187"), read_at("187-179")
        (Span(start=179, end=187), None)
    """
    found = _AT.fullmatch(text)
    if found is None or int(found[1]) >= int(found[2]):
        return None
    return Span(int(found[1]), int(found[2]))
