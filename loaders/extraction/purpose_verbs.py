"""The verbs with which policies begin a purpose: "to improve", "for billing"."""

from __future__ import annotations

__all__ = ["BASE", "GERUNDS", "is_purpose_verb"]

# Verbs that say what an organisation does data processing for; base forms, from which the gerunds are made.
_VERBS = (
    "abide accelerate achieve acknowledge act adapt address adjust administer advertise advise "
    "aggregate aid alert allow analyse analyze "
    "answer anticipate apply approve arrange assess assist attend audit authenticate authorise "
    "authorize better bill book build calculate "
    "carry cater charge check classify collaborate collect combat combine communicate compare "
    "compile complete comply conclude conduct "
    "configure confirm connect contact continue control coordinate correct correspond count "
    "create credit customise customize debug defend "
    "deliver demonstrate deploy design detect determine develop diagnose direct discover display "
    "dispatch distinguish distribute do document "
    "educate effect enable enforce engage enhance enrich ensure enter establish estimate "
    "evaluate examine exchange execute exercise "
    "expand expedite explore express facilitate fight file find fix follow forecast fulfil "
    "fulfill function fund furnish gain gather gauge "
    "generate give grant grow guarantee guard guide handle harmonize help host identify "
    "implement improve inform innovate inspect integrate "
    "interact investigate invite issue judge keep know learn let link localise localize locate "
    "log maintain make manage market match "
    "maximize measure meet message minimise minimize mitigate monetise monetize monitor moderate "
    "modify network notify obtain offer "
    "operate optimise optimize order organise organize perform permit personalise personalize "
    "plan populate post predict prepare present "
    "preserve prevent process procure produce profile promote propose prosecute protect prove "
    "provide provision publish pursue reach "
    "receive recognise recognize recommend reconcile record recover recruit redeem reduce refine "
    "refund refund register remember remind render "
    "repair reply report research reset resolve respond restore retain retarget retrieve review reward "
    "run safeguard satisfy save scan "
    "schedule screen search secure segment sell send serve service set settle share ship show "
    "simplify solicit solve speed sponsor "
    "stop store streamline strengthen study subscribe suggest supply support survey sustain sync "
    "synchronise synchronize synthesize tailor "
    "target test track train transact translate transmit troubleshoot understand undertake "
    "update upgrade upload use validate verify "
    "view work write"
).split()


def _gerund(verb: str) -> str:
    if verb.endswith("ee"):
        return verb + "ing"
    if verb.endswith("e"):
        return verb[:-1] + "ing"
    if verb in {"set", "let", "run", "plan", "debug", "stop", "ship", "log", "scan", "control", "get"}:
        return verb + verb[-1] + "ing"
    return verb + "ing"


BASE = frozenset(_VERBS)
GERUNDS = frozenset(_gerund(verb) for verb in _VERBS) | {
    "fulfilling",
    "cancelling",
    "profiling",
    "modelling",
    "labelling",
}


def is_purpose_verb(word: str) -> bool:
    """Whether a word is such a verb, as an infinitive or as a gerund, in any case of its letters."""
    return word.lower() in BASE or word.lower() in GERUNDS
