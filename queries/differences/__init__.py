"""What changed between two versions of a policy: what the new one does that the old one did not, and the reverse.

:func:`diff_policies` compares what two versions state, not their words: a sentence that was reworded or moved is no
change. How it decides, and where it errs: ``docs/diff.md``.
"""

from __future__ import annotations

from privagraph.queries.differences.changes import Change, Effect, Kind, Place, PolicyDiff, TextChange
from privagraph.queries.differences.comparison import diff_policies

__all__ = ["Change", "Effect", "Kind", "Place", "PolicyDiff", "TextChange", "diff_policies"]
