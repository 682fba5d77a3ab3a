"""What a phrase means in its sentence: a second look at what finders and tagger took it for.

Finders and tagger go by phrases, and learn from annotators who read generously. Some phrases state what they seem to
state only in company: "required to do so by law" says whom data is disclosed to, not that people must provide it; to
unsubscribe from a newsletter is to object, not to withdraw consent (GDPR Art. 21(2), 7(3)); "from the EEA" is where
data come from. This is the one place where a mention is told its meaning anew, or dropped.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import replace

from privagraph.loaders.extraction import provision_cues as giving
from privagraph.loaders.extraction import sense_cues as cues
from privagraph.loaders.extraction.own_acts import is_own_act
from privagraph.loaders.extraction.passages import Passage
from privagraph.loaders.extraction.refusals import is_refused
from privagraph.loaders.facts import Mention, Polarity, Role
from privagraph.ontology.durations import find_durations
from privagraph.ontology.namespaces import expand

__all__ = ["as_meant"]

_AROUND = 3
"""So many blocks before a contact may name the officer whose contact it is."""

_AFTER = 300
"""So many characters after an officer's title may say how to reach the officer."""


_OBJECT = 40
"""So many characters after the words of a right may say what it is a right to a copy of."""

_COPIED = frozenset(map(expand, ("eu-gdpr:A15", "eu-gdpr:A20")))


def as_meant(passage: Passage | None, mention: Mention) -> Mention | None:
    """A mention as its sentence means it.

    Args:
        passage: The sentence that holds the mention, and its surroundings; None where there is none to judge by.
        mention: What a finder or the tagger took its words for.

    Returns:
        The mention, where need be with another role, concept or polarity; None where the words state nothing.
    """
    judge = _SENSES.get(mention.role)
    return mention if judge is None or passage is None else judge(passage, mention)


def _words(passage: Passage, mention: Mention) -> str:
    return passage.document.text[mention.start : mention.end]


def _before(passage: Passage, mention: Mention) -> str:
    """The words of the sentence before a mention."""
    return passage.text[: max(0, mention.start - passage.start)]


def _right(passage: Passage, mention: Mention) -> Mention | None:
    """What is granted to people, by its right name.

    What the controller does of its own accord is no right (its access to data, limits that it keeps, what it erases),
    nor is a complaint to the controller itself (GDPR Art. 77 is about authorities), nor a copy of the contract that
    safeguards a transfer. Consent is what is withdrawn: mail that is no longer wanted is objected to, and access to an
    account is turned off. A right that the sentence refuses is denied.
    """
    if is_refused(passage.text, mention.start - passage.start, mention.end - passage.start):
        return replace(mention, polarity=Polarity.DENIED)
    if is_own_act(passage.text, mention.start - passage.start, mention.end - passage.start, mention.concept):
        return None
    if mention.concept == expand("eu-gdpr:A77"):
        return (
            None
            if cues.TOLD_TO_US.search(passage.text) and not cues.AUTHORITY.search(passage.text)
            else mention
        )
    if mention.concept in _COPIED and _is_copy_of_terms(passage, mention):
        return None
    if mention.concept == expand("eu-gdpr:A17"):
        told = f"{_before(passage, mention)[-120:]}{_words(passage, mention)}"
        verb = cues.ERASE.search(told, max(0, len(told) - mention.end + mention.start))
        own = verb is not None and cues.WE_ERASE.search(told, 0, verb.end())
        return None if own and not cues.ASKED.search(passage.text) else mention
    if mention.concept != expand("eu-gdpr:A7-3"):
        return mention
    words = _words(passage, mention)
    if not cues.TAKEN_BACK.search(words):
        return None
    if cues.CONSENT.search(passage.text) or cues.CONSENT.search(passage.intro):
        return mention
    if cues.UNWANTED.search(words):
        return replace(mention, concept=expand("eu-gdpr:A21"))
    if cues.TURNED_OFF.search(words):
        return replace(mention, role=Role.OPT_OUT, concept=expand("dpv:PermissionManagement"))
    return mention


def _is_copy_of_terms(passage: Passage, mention: Mention) -> bool:
    """Whether a copy is one of clauses or safeguards, which "them" may stand for after a sentence about these."""
    told = passage.document.text[mention.start : mention.end + _OBJECT]
    if cues.COPY_OF_TERMS.search(told):
        return True
    before = passage.document.text[max(passage.block.start, passage.start - _AFTER) : mention.start]
    return cues.COPY_OF_THEM.search(told) is not None and cues.TERMS.search(before) is not None


def _grounds(passage: Passage, mention: Mention) -> Mention:
    """A basis or a safeguard that is said to be lacking is denied, in a condition too ("if you have not agreed").

    A purpose in which somebody may see a legitimate interest ("to protect against liability") does not yet say that the
    processing rests on it.
    """
    if mention.concept in _INTERESTS and not cues.INTEREST.search(_words(passage, mention)):
        mention = replace(mention, concept=None)
    if cues.LACKING.search(_before(passage, mention)[-80:]) or cues.NOT_GIVEN.search(
        _words(passage, mention)
    ):
        return replace(mention, polarity=Polarity.DENIED)
    return mention


def _interest(passage: Passage, mention: Mention) -> Mention:
    """The mere words "our legitimate interests" name no interest."""
    if cues.UNNAMED_INTEREST.fullmatch(_words(passage, mention)):
        return replace(mention, concept=expand("dpv:LegitimateInterestOfController"))
    return mention


def _destination(passage: Passage, mention: Mention) -> Mention | None:
    """Where data go; not where people live, where a company sits, where data come from, or whose laws are compared."""
    words, text = _words(passage, mention), passage.document.text
    before, after = _before(passage, mention)[-120:], text[mention.end : mention.end + 80]
    if cues.NO_PLACE.search(words) or not (mention.concept or cues.PLACE.search(words)):
        return None
    if cues.OF_A_COMPANY.match(after) or cues.COMPARED_LAWS.match(after):
        return None
    return None if cues.NOT_TOWARDS.search(before) else mention


def _provision(passage: Passage, mention: Mention) -> Mention | None:
    """Whether people must provide data (GDPR Art. 13(2)(e)); what the controller must disclose is another matter."""
    text = passage.document.text[passage.start : max(passage.sentence.end, mention.end)]
    if not giving.PROVIDED.search(text):
        return mention if giving.COOKIES.search(text) and giving.REFUSED.search(text) else None
    if giving.COOKIES.search(text) and not giving.DATA.search(text):
        return mention
    optional = giving.OPTIONAL.search(text) and not giving.MANDATORY.search(text)
    return replace(mention, concept=expand("dpv:Optional" if optional else "dpv:Required"))


def _kept(passage: Passage, mention: Mention) -> Mention:
    """How long data are kept, with the length of time; that they are kept, or where, is a condition of storage."""
    words = _words(passage, mention)
    if mention.value is None:  # the tagger finds words, no values
        mention = replace(
            mention, value=next((each[2] for each in find_durations(words, 0, len(words))), None)
        )
    if mention.concept == expand("dpv:StorageDeletion") and cues.EVENT.search(words):
        return replace(mention, concept=expand("dpv:UntilEventDuration"))
    if mention.concept == expand("dpv:StorageDuration") and not cues.PERIOD.search(words):
        return replace(mention, concept=expand("dpv:StorageCondition"))
    return mention


def _decision(passage: Passage, mention: Mention) -> Mention | None:
    """Decisions of a machine; a right against them does not say that there are any."""
    if not cues.AUTOMATED.search(_words(passage, mention)):
        return None
    told = f"{passage.intro} {_before(passage, mention)}{_words(passage, mention)}"
    if cues.AGAINST_DECISIONS.search(told):
        return replace(mention, role=Role.RIGHT, concept=expand("eu-gdpr:A22"))
    return mention


def _officer(passage: Passage, mention: Mention) -> Mention | None:
    """How to reach the officer: a title with a contact near it, or a contact near a title."""
    document = passage.document
    if cues.OFFICER.search(_words(passage, mention)):
        around = document.text[max(0, mention.start - _AFTER) : mention.end + _AFTER]
        return mention if cues.REACHED.search(around) else None
    index = bisect_right(document.blocks, mention.start, key=lambda block: block.start) - 1
    first = document.blocks[max(0, index - _AROUND)].start
    if cues.OFFICER.search(document.text, first, mention.end + 60):
        return mention
    return replace(mention, role=Role.CONTACT) if "@" in _words(passage, mention) else None


_INTERESTS = frozenset(map(expand, ("dpv:LegitimateInterest", "dpv:LegitimateInterestOfController")))

_SENSES: Mapping[Role, Callable[[Passage, Mention], Mention | None]] = {
    Role.RIGHT: _right,
    Role.LEGAL_BASIS: _grounds,
    Role.TRANSFER_SAFEGUARD: _grounds,
    Role.LEGITIMATE_INTEREST: _interest,
    Role.TRANSFER_DESTINATION: _destination,
    Role.RETENTION: _kept,
    Role.MANDATORY_PROVISION: _provision,
    Role.AUTOMATED_DECISION: _decision,
    Role.DPO: _officer,
}
