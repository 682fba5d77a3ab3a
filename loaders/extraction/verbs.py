"""What is done with data, as the verbs of a sentence say: the operation, who does it, and how the verb stands.

A verb of the table (:mod:`~privagraph.loaders.extraction.verb_table`) counts where it stands as a verb: after a
subject, a modal, "to", a form of "be" or "have", or at the head of a list item. What the reader hands over is collected
by the controller; everything else that readers do is none of the policy's practices.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from privagraph.loaders.extraction import clause_cues
from privagraph.loaders.extraction import negation_cues as negations
from privagraph.loaders.extraction import verb_cues as cues
from privagraph.loaders.extraction.actors import (
    Actor,
    actor_of,
    final_pronoun,
    names_other,
    names_reader,
    subject_start,
    without_examples,
)
from privagraph.loaders.extraction.clauses import clauses
from privagraph.loaders.extraction.verb_table import (
    AMBIGUOUS,
    GIVING,
    NOUN_FIRST,
    ONLY_READER,
    PASSING,
    Form,
    about_something_else,
    processing_of,
    verbs_in,
)
from privagraph.ontology.letters import lowered
from privagraph.ontology.namespaces import expand

__all__ = ["Operation", "Place", "Voice", "operations"]


class Voice(StrEnum):
    """Where the data of the verb stands: after an active, before a passive."""

    ACTIVE = "active"
    PASSIVE = "passive"


class Place(StrEnum):
    """How the verb stands in its sentence."""

    MAIN = "main"
    """It is what the sentence states."""
    AIM = "aim"
    """An infinitive or gerund: "cookies to collect data", "by collecting data"."""
    RELATIVE = "relative"
    """It describes a noun: "the data that we collect"."""
    ASKED = "asked"
    """It is only spoken of: "this policy says how we use your data"."""


@dataclass(frozen=True, slots=True)
class Operation:
    """A verb of processing; offsets within the sentence.

    Attributes:
        start: Offset of the verb.
        end: Offset after it.
        processing: IRI of the operation.
        actor: Who performs it.
        voice: Whether its data follows or precedes it.
        place: How it stands in the sentence.
        group: Number of the group of tightly coordinated verbs that share their objects ("collect, use and share").
        subject: Offset where the words of the subject begin, or the verb's own for none.
        handed: Whether it is the reader who hands data over, which the controller thereby collects.
        head: Offset of the noun's end that a relative verb describes, or -1.
        form: Its form: base, s, ed or ing; noun for a noun that names the operation.
    """

    start: int
    end: int
    processing: str
    actor: Actor
    voice: Voice
    place: Place
    group: int
    subject: int
    handed: bool = False
    head: int = -1
    form: str = "base"


_COLLECT, _DISCLOSE = expand("dpv:Collect"), expand("dpv:Disclose")
_LEFT, _RIGHT = 200, 120
"""How many characters before and after a verb are looked at."""


@lru_cache(maxsize=8192)
def operations(sentence: str) -> tuple[Operation, ...]:
    """The verbs of processing in a sentence, in order; what readers do without handing data over is left out."""
    found: list[Operation] = []
    for word, form in verbs_in(sentence):
        operation = _Verb(sentence, word.span(), form, found[-1] if found else None).read()
        if operation is not None:
            found.append(operation)
    return tuple(o for o in found if o.actor is not Actor.READER or o.handed)


class _Verb:
    """One verb with the words around it."""

    def __init__(self, sentence: str, place: tuple[int, int], form: Form, last: Operation | None) -> None:
        self.sentence = sentence
        self.start, self.end = place
        self.form = form
        self.offset = max(0, self.start - _LEFT)
        self.left = sentence[self.offset : self.start]
        self.right = sentence[self.end : self.end + _RIGHT]
        self.last = last
        self.conditions = clauses(sentence).conditions

    def read(self) -> Operation | None:
        """The operation, or None when the word is no verb of processing here."""
        verb, kind, _ = self.form
        if about_something_else(verb, self.right):
            return None
        if kind == "base" and cues.OF_AFTER.match(self.right):
            return None
        if kind == "ed" and verb in ("associate", "link", "require", "request", "ask"):
            # "Purposes associated with", "the data required for": no operation.
            return None
        processing = processing_of(self.form, self.right)
        group = 0 if self.last is None else self.last.group + 1
        self.built = Operation(
            self.start,
            self.end,
            processing,
            Actor.UNNAMED,
            Voice.ACTIVE,
            Place.MAIN,
            group,
            self.start,
            form=kind,
        )
        if self.last is not None and self.last.form == kind and self._follows(self.last):
            return self._coordinated(self.last)
        readers = {"ed": self._participle, "ing": self._gerund}
        found = readers.get(kind, self._finite)()
        return None if found is None else self._hand_over(found)

    # -- coordination ---------------------------------------------------------------------------------------------

    def _follows(self, last: Operation) -> bool:
        """Whether the verb goes on from the last one: the same subject, another operation."""
        between = self.sentence[last.end : self.start]
        if cues.TO_AT_END.search(between) and not cues.TO_AT_END.search(
            self.sentence[max(0, last.start - 30) : last.start]
        ):
            return False
        if last.place is Place.RELATIVE and cues.MAIN_VERB_AFTER.search(between):
            # "Your name, which may be shared with shops, is kept": the main verb is none of the relative clause.
            return False
        if len(between) > 1 and cues.TIGHT.fullmatch(between):
            return True
        if len(between) > 160 or not cues.LOOSE.search(between) or cues.NEW_SUBJECT.search(between):
            return False
        return self.form.verb not in AMBIGUOUS or self._acts_on_something()

    def _acts_on_something(self) -> bool:
        """Whether a form that is often a noun has an object, so that it is no further noun of a list."""
        if cues.OBJECT_AFTER.match(self.right) or cues.GOES_ON_AFTER.match(self.right):
            return True
        return self.form.verb not in cues.NOUN_IN_LIST and bool(cues.DATA_AFTER.match(self.right))

    def _coordinated(self, last: Operation) -> Operation:
        """The verb as one that shares the last one's subject, and its objects too when nothing stands between."""
        between = self.sentence[last.end : self.start]
        tight = bool(cues.TIGHT.fullmatch(between)) and (
            self.form.kind != "base" or "to" not in between.split()
        )
        handed = last.handed and self.form.verb in GIVING
        return replace(
            last,
            start=self.start,
            end=self.end,
            processing=_COLLECT if handed else self.built.processing,
            group=last.group if tight else last.group + 1,
            handed=handed,
        )

    def _hand_over(self, operation: Operation) -> Operation | None:
        """Turns what readers hand over into a collection; drops what says nothing about the controller."""
        verb = self.form.verb
        shown = verb in ("see", "view", "access") and operation.voice is Voice.PASSIVE
        if shown and operation.actor is not Actor.UNNAMED and operation.place is Place.MAIN:
            # "Your posts may be seen by everyone": shown to them.
            return replace(operation, processing=_DISCLOSE, actor=Actor.UNNAMED)
        if operation.actor is Actor.READER:
            handed = verb in GIVING and not cues.TO_STRANGERS.match(self.right)
            return replace(operation, processing=_COLLECT, handed=handed)
        if verb == "upload" and operation.voice is Voice.PASSIVE and operation.place is Place.MAIN:
            return replace(operation, processing=_COLLECT)
        if verb in ONLY_READER or (
            verb in GIVING and operation.actor is not Actor.OTHER and cues.US_AFTER.match(self.right)
        ):
            return None
        to_reader = (
            verb in PASSING and operation.voice is Voice.ACTIVE and cues.READER_AFTER.match(self.right)
        )
        return None if to_reader else operation

    # -- forms ----------------------------------------------------------------------------------------------------

    def _participle(self) -> Operation | None:
        """A form in -ed: passive, perfect, past, or a description of the noun before it."""
        left = self.left
        by = cues.AGENT_AFTER.match(self.right)
        passive = replace(
            self.built, actor=actor_of(by.group(1)) if by else Actor.UNNAMED, voice=Voice.PASSIVE
        )
        if be := cues.BE_BEFORE.search(left):
            subject = subject_start(left, be.start())
            if clause_cues.READER_BEFORE_BE.search(left[subject : be.start()]):
                # "You are asked to provide": said of the reader, not of data.
                return None
            passive = replace(passive, subject=self.offset + subject)
            if relative := clause_cues.RELATIVE_BEFORE_BE.search(left[: be.start()]):
                beside = clause_cues.BESIDE_BEFORE.search(left[: relative.end("pronoun")])
                head = be.start() if beside is None else beside.start()
                return replace(passive, place=Place.RELATIVE, head=self.offset + head)
            asked = clause_cues.ASKED_BEFORE.search(left[: be.start()])
            return replace(passive, place=Place.ASKED if asked else Place.MAIN)
        if turned := clause_cues.INVERTED_BE_BEFORE.search(left):
            return replace(passive, subject=self.offset + turned.start("subject"))
        if have := cues.HAVE_BEFORE.search(left):
            return self._with_subject(left, have.start())
        if cues.PRONOUN_BEFORE.search(left):
            return self._with_subject(left, len(left))
        if spelled := cues.DATA_SPELLED_OUT.match(self.right):
            return replace(passive, place=Place.RELATIVE, head=self.end + spelled.start("noun"))
        if cues.DATA_AFTER.match(self.right):
            # "Collected data": an adjective.
            return None
        beside = clause_cues.BESIDE_BEFORE.search(left)
        head = len(left.rstrip()) if beside is None else beside.start()
        return replace(passive, place=Place.RELATIVE, head=self.offset + head)

    def _gerund(self) -> Operation | None:
        """A form in -ing: progressive, the head of a heading or list item, or a means ("by collecting")."""
        left = self.left
        if be := cues.BE_BEFORE.search(left):
            return self._with_subject(left, be.start())
        if cues.OPENS.fullmatch(left):
            return self.built
        if cease := clause_cues.CEASE_BEFORE.search(left):
            if negations.CEASE_ASKED.search(left[: cease.start()]):
                return None
            subject = _with_auxiliaries(left, cease.start())
            found = self._with_subject(left, subject)
            return found if found.actor is Actor.CONTROLLER else None
        if clause_cues.DONE_WITHOUT.search(left):
            return self._left_undone()
        if clause_cues.WARDED_OFF_BEFORE.search(left) or not clause_cues.MEANS_BEFORE.search(left):
            return None
        if self.form.verb == "use" and not clause_cues.BY_BEFORE.search(left):
            # "Sign in using your account": the reader's act.
            return None
        if cues.YOU_GO_ON.match(self.sentence, self.end):
            return None
        if (
            self.last is None
            and clause_cues.WHILE_BEFORE.search(left)
            and re.search(r"\byou\b", left, re.IGNORECASE)
        ):
            return None
        return replace(self.built, actor=self._last_actor(), place=Place.AIM)

    def _left_undone(self) -> Operation | None:
        """A gerund after "without": what the controller does not do while it does something else."""
        before = self.left[: lowered(self.left).rindex("without")]
        actor = actor_of(before[subject_start(before, len(before)) :])
        if actor is not Actor.CONTROLLER or (self.last is not None and self.last.actor is not actor):
            return None
        return replace(self.built, actor=actor, place=Place.AIM)

    def _finite(self) -> Operation | None:
        """A base form or one in -s: after a subject, a modal or "to"; else a noun."""
        left, kind = self.left, self.form.kind
        if to := cues.TO_BEFORE.search(left):
            return self._infinitive(left[: to.start()])
        if modal := cues.MODAL_BEFORE.search(left):
            if kind == "s" or cues.PLEASE.search(left[: modal.start()]):
                return None
            if self.form.verb == "need" and negations.NEGATION.search(modal.group()):
                # "We do not need your name": it may be collected all the same.
                return None
            if cues.DO_NOT.match(modal.group()) and left[: modal.start()].rstrip().endswith(","):
                # "If you disagree, do not provide your name": a request to the reader.
                return None
            return self._with_subject(left, modal.start())
        if cues.PRONOUN_BEFORE.search(left):
            return self._with_subject(left, len(left))
        if self.form.verb == "access" and (have := self._has_access()):
            return have
        if cues.DETERMINER_BEFORE.search(left) and not self._is_done_by_program():
            return None
        if self.form.verb in AMBIGUOUS and cues.NAME_BEFORE.search(left):
            return None
        if cues.OPENS.fullmatch(left):
            # The first word of a list item or heading.
            noun = self.form.verb in NOUN_FIRST and not cues.OBJECT_AFTER.match(self.right)
            return self.built if kind == "base" and not noun else None
        if self.form.verb in AMBIGUOUS and not self._stands_as_verb():
            return None
        if kind == "base" and cues.JOINT_BEFORE.search(left):
            return self._joined()
        return self._with_subject(left, len(left))

    def _is_done_by_program(self) -> bool:
        """Whether a form in -s tells what a program does ("the app collects"), and is no noun ("the app stores")."""
        if self.form.kind != "s" or not cues.PROGRAM_BEFORE.search(self.left):
            return False
        return self.form.verb not in AMBIGUOUS or cues.OBJECT_AFTER.match(self.right) is not None

    def _has_access(self) -> Operation | None:
        """Somebody who has access to something, when the words say so."""
        have = cues.HAVE_ACCESS_BEFORE.search(self.left) if cues.GOES_ON_AFTER.match(self.right) else None
        return (
            None
            if have is None
            else self._with_subject(self.left, _with_auxiliaries(self.left, have.start()))
        )

    def _joined(self) -> Operation | None:
        """A base form after "and" or "or" whose first verb is none of ours ("we print your name and store it")."""
        subjects = list(cues.SUBJECT_OF_BASE.finditer(self.left))
        if not subjects:
            return None if cues.READERS_DOING.search(self.left) else self.built
        actor = actor_of(subjects[-1].group())
        return replace(self.built, actor=actor, subject=self.offset + subjects[-1].start())

    def _stands_as_verb(self) -> bool:
        """Whether a form that is often a noun follows a noun that can be its subject."""
        if self.form.kind == "base":
            joined = cues.JOINT_BEFORE.search(self.left) and cues.OBJECT_AFTER.match(self.right)
            joined = joined or cues.NEVER_BEFORE.search(self.left)
            return bool(joined or cues.PLURAL_BEFORE.search(without_examples(self.left)))
        tail = without_examples(self.left).split()[-1]
        acts = tail[:1].isupper() or tail.lower() in cues.SINGULAR or tail.endswith("ly")
        return acts and not cues.NOUN_GOES_ON.match(self.right)

    def _infinitive(self, before: str) -> Operation | None:
        """A verb after "to": what is allowed, needed or aimed at."""
        if clause_cues.ASK_US.search(before) or clause_cues.KEEP_US_FROM.search(before):
            return None
        if clause_cues.LET_US.search(before) or clause_cues.CONSENT.search(before):
            return replace(self.built, actor=Actor.CONTROLLER)
        if clause_cues.YOU_TO.search(before):
            handed = self.form.verb in GIVING and clause_cues.YOU_ASKED_TO.search(before)
            return replace(self.built, actor=Actor.READER) if handed else None
        if clause_cues.RIGHT_TO.search(before):
            ours = clause_cues.OUR_RIGHT_TO.search(before) or clause_cues.NAMED_RIGHT_TO.search(before)
            return self._with_subject(before, len(before)) if ours else None
        if clause_cues.WISH_TO.search(before) and names_reader(before[subject_start(before, len(before)) :]):
            given = self.form.verb in GIVING and clause_cues.CHOOSE_TO.search(before)
            return replace(self.built, actor=Actor.READER) if given else None
        if granted := clause_cues.GRANTED.search(before):
            found = self._with_subject(before[: granted.start()], granted.start())
            return None if found.actor is Actor.READER else found
        if clause_cues.LET_YOURS.search(before):
            return None
        others = clause_cues.LET_OTHERS.search(before)
        if others and names_other(others.group(1)):
            return replace(self.built, actor=Actor.OTHER, subject=self.offset + others.start(1))
        if clause_cues.GOVERNED.search(before):
            found = self._with_subject(before, len(before), default=Actor.UNNAMED)
            return None if found.actor is Actor.READER and self.form.verb not in GIVING else found
        if cues.OPENS.fullmatch(before) and cues.WRITE_TO_US.match(self.sentence, self.end):
            return None
        actor = self._last_actor()
        if self.last is None and not cues.OPENS.fullmatch(before):
            actor = actor_of(before[subject_start(before, len(before)) :])
            if actor is Actor.READER:
                return None
        return replace(self.built, actor=actor, place=Place.AIM)

    def _last_actor(self) -> Actor:
        """Who performs the verb before, which an infinitive or gerund serves."""
        return Actor.UNNAMED if self.last is None or self.last.actor is Actor.READER else self.last.actor

    # -- subjects -------------------------------------------------------------------------------------------------

    def _with_subject(self, left: str, at: int, *, default: Actor = Actor.CONTROLLER) -> Operation:
        """The operation with the subject that stands before ``at``; a name that no list knows is the controller's."""
        subject = subject_start(left, at)
        words, head = left[subject:at], left[:subject].rstrip()
        found = replace(self.built, subject=self.offset + subject)
        pronoun = final_pronoun(words)
        if pronoun is not None:
            noun = left[: subject + pronoun.start()].rstrip()
            if _ends_in_noun(noun) and not self._opens_main_clause(subject + pronoun.start(), noun):
                actor = actor_of(words[pronoun.start() :])
                if beside := clause_cues.BESIDE_BEFORE.search(noun):
                    return replace(
                        found, actor=actor, place=Place.RELATIVE, head=self.offset + beside.start()
                    )
                place = Place.ASKED if clause_cues.ASKING_WORD.search(noun) else Place.RELATIVE
                return replace(found, actor=actor, place=place, head=self.offset + len(noun))
        named = cues.DATA_NAMED.search(words)
        if named is not None and not cues.OWN_OBJECT.match(self.right):
            noun_end = named.start("noun")
            return replace(
                found,
                actor=actor_of(words[noun_end:]),
                place=Place.RELATIVE,
                head=self.offset + subject + noun_end,
            )
        actor, place = actor_of(words), Place.MAIN
        if relative := clause_cues.RELATIVE_BEFORE.search(head):
            noun = head[: relative.start()].rstrip()
            if words.strip() and relative.group().lower().strip() == "who":
                # "Those who use the site may see": the verb of "who" stands between, this one is the main verb.
                return replace(found, actor=actor_of(noun[-60:]))
            if not words.strip():
                # The relative pronoun is the subject: what it stands for acts.
                actor = actor_of(noun[-60:], last_only=True)
            place = Place.MAIN if clause_cues.CONTENT_CLAUSE.search(noun) else Place.RELATIVE
            found = replace(found, head=self.offset + len(noun))
        elif clause_cues.TIME_BEFORE.search(head) or _is_asked(head, left[:at]):
            place = Place.ASKED
        if actor is Actor.UNNAMED and place is Place.MAIN:
            actor = default
        return replace(found, actor=actor, place=place)

    def _opens_main_clause(self, at: int, before: str) -> bool:
        """Whether a pronoun after a noun opens the main clause: after a fronted phrase, or a verb that stands first."""
        if clause_cues.INVERTED_BEFORE.search(before) or cues.SAID_WHEN.search(before):
            return True
        if cues.OWN_OBJECT.match(self.right) and cues.FRONTED.search(before):
            return not cues.ABSTRACT_END.search(before)
        at += self.offset
        return any(
            c.fronted and c.start < at and not self.sentence[c.end : at].strip() for c in self.conditions
        )


def _with_auxiliaries(left: str, at: int) -> int:
    """Where the auxiliaries begin that stand before ``at`` ("we |will| stop"), or ``at`` itself."""
    modal = cues.MODAL_BEFORE.search(left[:at])
    return at if modal is None else modal.start()


def _ends_in_noun(words: str) -> bool:
    """Whether words end in a noun, so that a pronoun after them opens a relative clause ("information we collect")."""
    if not words or not (words[-1].isalnum() or words[-1] in ")”\"’'"):
        return False
    return re.split(r"[\s(]", words)[-1].lower().strip("”\"’'") not in clause_cues.JOINTS


def _is_asked(head: str, left: str) -> bool:
    """Whether a verb is only spoken of: asked after ("which data we use") or announced ("explains how we use")."""
    asked = clause_cues.ASKED_BEFORE.search(head + " ") and not head.endswith((",", ";"))
    return bool(asked or cues.ANNOUNCED_BEFORE.search(left))
