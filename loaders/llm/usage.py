"""What asking a language model cost and lost, counted so that it can be told."""

from __future__ import annotations

from dataclasses import dataclass, fields

__all__ = ["Usage"]


@dataclass(slots=True)
class Usage:
    """Counts of a run, or of one document.

    Attributes:
        requests: Requests that were sent, repeated ones included.
        asked: Passages that the model was asked about and answered.
        cached: Passages whose answer was in the cache.
        skipped: Passages without a usable answer.
        tokens_in: Tokens of the questions, as far as the service tells.
        tokens_out: Tokens of the answers, as far as the service tells.
        lost_quotes: Mentions that were dropped because their words are not in the passage.
        lost_roles: Mentions that were dropped because there is no such role.
        lost_concepts: Concepts that were set aside because they are not in the vocabulary or not of the role's kind;
            the lexicon grounded the words instead.
        reason: Why the last passage without a usable answer has none.
    """

    requests: int = 0
    asked: int = 0
    cached: int = 0
    skipped: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    lost_quotes: int = 0
    lost_roles: int = 0
    lost_concepts: int = 0
    reason: str = ""

    def add(self, other: Usage) -> None:
        """Add the counts of another, and take over its reason if it has one."""
        for each in fields(self):
            if each.name != "reason":
                setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))
        self.reason = other.reason or self.reason

    def losses(self) -> tuple[str, ...]:
        """What was lost, in sentences for a report; empty when nothing was.

        Example:
            >>> Usage(skipped=1, lost_quotes=2, reason="too slow").losses()
            ('Language model: 1 passage without a usable answer (too slow); 2 quotes that are not in the text.',)
        """
        why = f" ({self.reason})" if self.reason else ""
        parts = [
            _count(
                self.skipped,
                f"passage without a usable answer{why}",
                f"passages without a usable answer{why}",
            ),
            _count(self.lost_quotes, "quote that is not in the text", "quotes that are not in the text"),
            _count(self.lost_roles, "unknown role", "unknown roles"),
            _count(
                self.lost_concepts,
                "concept outside the vocabulary or of another kind",
                "concepts outside the vocabulary or of another kind",
            ),
        ]
        told = "; ".join(part for part in parts if part)
        return (f"Language model: {told}.",) if told else ()

    def __str__(self) -> str:
        """The cost, in one line."""
        return (
            f"{_count(self.requests, 'request', 'requests') or 'no requests'}, "
            f"{_count(self.asked, 'passage', 'passages') or 'no passages'} answered, {self.cached} from the cache, "
            f"{self.tokens_in:,} tokens in, {self.tokens_out:,} out"
        )


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}" if number else ""
