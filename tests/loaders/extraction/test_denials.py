"""What sentences deny and what they only seem to deny, on sentences invented for these tests.

Each case is a sentence with the spans in brackets that stand, under ``DENIED``, under its negation and, under
``AFFIRMED``, outside it; the two brackets tell them apart in one sentence: ``[-denied]``, ``[+affirmed]``.
"""

from __future__ import annotations

import re

import pytest

from privagraph.loaders.extraction.clauses import polarity_at
from privagraph.loaders.facts import Polarity

PLAIN = [
    "We do not collect [-your blood type].",
    "Our kettles do not ever record [-your conversations].",
    "We never have collected [-your thumbprint] and never will.",
    "We have never rented out and will never rent out [-our mailing list].",
    "We have not sold [-personal information] in the twelve months before this notice.",
    "In the preceding year, Tidewell has not [-sold] or [-shared] [-personal information] of consumers.",
    "We no longer keep [-your fax number].",
    "The orchard neither keeps nor sells [-your postcode].",
    "Neither our staff nor our robots listen to [-your recordings].",
    "We don't, as a matter of principle, look into [-your mailbox].",
    "We do not and will not lend [-your library history].",
    "We do not (and never will) lend [-your library history].",
    "We cannot and do not read [-your sealed letters].",
    "We do not, and shall not in the future, trade in [-your medical notes].",
    "We do not currently, or intend to, gather [-your voice].",
    "We are not going to hand [-your essays] to [-recruiters].",
    "We do not intend to pass [-your diary] to [-anyone].",
    "We have no plans to share [-your playlist] with [-record labels].",
    "We have no intention of selling [-your playlist].",
    "We do not engage in the sale of [-your playlist].",
    "Our company does not participate in selling [-customer lists].",
    "We are not in the business of selling [-subscriber lists].",
    "It is not our practice to rent out [-subscriber lists].",
    "It is not our policy to give [-subscriber lists] away.",
    "It is against our rules to copy [-your keys].",
    "It is our policy not to retain [-your scans].",
    "Our policy is never to retain [-your scans].",
    "We promise not to hand out [-your scans].",
    "We have agreed not to sell [-your scans].",
    "We commit to never selling [-your scans].",
    "We undertake that we will not publish [-your poems].",
    "We refrain from publishing [-your poems].",
    "We refuse to publish [-your poems].",
    "We abstain from collecting [-your shoe size].",
    "We avoid collecting [-your shoe size].",
    "Under no circumstances will we publish [-your salary].",
    "On no account do we publish [-your salary].",
    "At no time is [-your salary] published.",
    "At no point will we publish [-your salary].",
    "In no event shall [-your salary] be disclosed to [-neighbours].",
    "We under no circumstances disclose [-your salary].",
    "We are prohibited from reading [-your mail].",
    "Our drivers are forbidden from keeping [-your address].",
    "Our drivers must not keep [-your address].",
    "Our drivers may not pass on [-your address] to [-anyone].",
    "We do not sell, rent, barter or otherwise trade [-your name], [-your age] or [-your school] with [-brokers].",
    "We do not sell, or share for money, [-your name].",
    "We collect neither [-your name] nor [-your age].",
    "We store neither the colour nor [-the size of your shoes].",
    "We do not sell your name, nor do we share [-your age] with [-toy makers].",
    "Nor do we allow [-toy makers] to see [-your age].",
    "We do not knowingly collect [-personal details] from toddlers.",
    "We do not intentionally or knowingly keep [-the names of toddlers].",
    "We do not ask for, and do not keep, [-your passport].",
    "Nobody at the bakery reads [-your letters].",
    "No one at the bakery ever reads [-your letters].",
    "Nothing about [-your health] is recorded.",
    "Under this plan we do not use [-your drawings] [-to train our models].",
    "We do not use [-cookies] to [-follow you across sites].",
    "Our lamp is not meant for recording, and it never stores [-sound].",
    "Not all lamps record sound, and ours never stores [-voices].",
]

PASSIVE = [
    "[-Your toothbrush data] will not be shared.",
    "[-Your toothbrush data] is never sold, rented or traded to [-dentists].",
    "[-Your toothbrush data] is not, and never has been, sold to [-dentists].",
    "[-Your toothbrush data] has not been disclosed to [-anyone].",
    "[-Your toothbrush data] shall at no time be given to [-insurers].",
    "[-Your toothbrush data] may not be copied.",
    "[-Your toothbrush data], including its colour, is not passed on to [-insurers].",
    "Rest assured that [-your toothbrush data] is never sold.",
    "Rest assured [-your toothbrush data] is never sold.",
    "Though a nickname must be given to play, [-it] is not shared with [-sponsors].",
    "[+Card numbers] are processed by the bank and are not stored by us.",
    "[-No name] is collected.",
    "No [-photographs] or [-recordings] are kept.",
    "No [-texting data] will be shared with [-third parties] for [-marketing].",
    "None of [-your answers] is shown to [-other pupils].",
    "Not a single [-answer] is shown to [-other pupils].",
    "There is no sale of [-your answers].",
    "There is no sharing of [-your answers] with [-publishers].",
    "There will be no transfer of [-your answers] to [-publishers].",
    "No disclosure of [-your answers] to [-publishers] takes place.",
    "The quiz involves no collection of [-your answers].",
    "The quiz works without collecting [-your name].",
    "The quiz works without ever sharing [-your name] with [-publishers].",
    "You can read the magazine without us knowing [-your name].",
    "We count readers without storing [-their addresses].",
    "[-Pupils' drawings] are not used to [-build profiles].",
    "[-The answers that you give] are not used for [-advertising].",
    "We collect [+your nickname], which is never sold.",
    "We collect [+your nickname], but it is never given to [-sponsors].",
]

CONTRAST = [
    "We do not sell or rent [-your name], and we collect [+your age].",
    "We do not sell [-your name], but we keep [+your age].",
    "We do not sell [-your name]. We keep [+your age].",
    "We do not sell [-your name]; however, we may share [+your age] with [+couriers].",
    "We do not sell [-your name], however we may share [+your age] with [+couriers].",
    "We do not sell [-your name], although we keep [+your age].",
    "Although we do not sell [-your name], we share [+your age] with [+couriers].",
    "While we do not sell [-your name], we share [+your age] with [+couriers].",
    "Even though [-your name] is never sold, we share [+your age] with [+couriers].",
    "We do not sell [-your name] and only use [+your age] for [+statistics].",
    "We do not sell [-your name] and simply count [+your visits].",
    "This stamp holds no [-name] and simply shows [+the date of your visit].",
    "We do not sell [-your name], instead we keep [+it].",
    "We store [+a random number] instead of [-your name].",
    "We do not store [-your card], which is handled by [+our bank].",
    "We keep [+your town] but not [-your street].",
    "We keep [+your town], never [-your street].",
    "We keep [+your town], not [-your street].",
    "We keep [+your town] and not [-your street].",
    "We collect [+your town] rather than [-your street].",
    "We share [+your scores] with [+your coach], but never with [-sponsors].",
    "We share [+your scores] with [+your coach], not with [-sponsors].",
    "We collect [+your name] and do not sell it to [-sponsors].",
    "We use [+your scores] to [+rank teams] and not to [-profile you].",
    "Unlike others we never sell [-your scores], and our coaches may see [+your scores] for training.",
]

EXCEPTIONS = [
    "We do not share [-your map] with [-strangers] except [+rescue teams].",
    "We do not share [-your map] with anyone other than [+rescue teams].",
    "We do not share [-your map] with anyone but [+rescue teams].",
    "We share [-your map] with no one but [+rescue teams].",
    "We share [-your map] with [-no one].",
    "We collect [-no names], and we count [+visits].",
    "We [-sell] none of [-your answers].",
    "We do not share [-your map] with anyone apart from [+rescue teams].",
    "We do not share [-your map] unless [+a judge] orders it.",
    "Unless [+a judge] orders it, we do not share [-your map].",
    "We do not share [-your map] with [-strangers] without your consent.",
    "Without your consent we do not share [-your map] with [-strangers].",
    "We will not, without your consent, share [-your map] with [-strangers].",
    "We will not share [-your map] (except with [+rescue teams]) or [-your diary].",
    "Except for [+rescue teams], we do not share [-your map] with [-anyone].",
    "We will only share [+your map] with your consent.",
    "We share [+your map] only with [+rescue teams].",
    "We only use [+your map] for [+rescues].",
    "We do not use [+your map] for any purpose other than [+rescues].",
    "We do not use [-your map] other than for [+rescues].",
    "[+Your map] is not used for any other purpose.",
    "We do not collect [-your name] or any data other than [+your map].",
]

SEEMING = [
    "This list includes, but is not limited to, [+your hat size].",
    "This list includes, without limitation, [+your hat size].",
    "This list is not limited to [+your hat size].",
    "We not only store [+your hat size] but also [+your glove size].",
    "We do not only store [+your hat size].",
    "We do not just store [+your hat size], we also store [+your glove size].",
    "Not only [+your hat size] but [+your glove size] is stored.",
    "We cannot guarantee the safety of [+your hats].",
    "We cannot promise that [+hackers] will never see [+your hats].",
    "We cannot guarantee that [+your hats] will not be seen by [+others].",
    "Do not hesitate to send [+your questions].",
    "We do not hesitate to report [+thieves' names] to [+the police].",
    "If you do not provide [+your hat size], we cannot make hats.",
    "Without [+your hat size] we cannot make hats.",
    "Unless you give us [+your hat size], we cannot make hats.",
    "If you do not give us a deposit, we cannot keep [+your hat].",
    "If you refuse to sign, we may not be able to store [+your hat].",
    "If you pay in cash, we cannot record [-your card].",
    "The fitting room cannot work without using [+your camera].",
    "We shall not be held liable for [+lost hats].",
    "Sending [+your hat size] by post cannot be made entirely safe.",
    "Whether or not you buy a hat, we store [+your visit].",
    "We store [+your visit] whether or not you buy.",
    "Do we sell [+your hat size]?",
    "Why don't we sell [+your hat size]?",
    "We are not responsible for what [+hatters elsewhere] do with [+your hat size].",
    "We are not responsible for the practices of [+other shops].",
    "We have no control over [+the cookies of other shops].",
    "We never fail to store [+your hat size].",
    "Nothing in this notice stops us from sharing [+your hat size].",
    "It is not unusual for us to record [+calls].",
    "There is no doubt that we store [+your hat size].",
    "We store [+figures that do not identify you].",
    "Anonymous figures do not identify you, and we share [+them] freely.",
    "We use [+data that can no longer be linked to you].",
    "Our partners are not permitted to use [-your hat size] for [-their own ends].",
    "These [+hatters] are not authorised to keep [-your hat size].",
    "These [+hatters] may not use [-your hat size] for [-their own ends].",
    "You may choose not to give [+your hat size].",
    "You can ask us not to sell [+your hat size].",
    "You may ask that we not sell [+your hat size].",
    "If you would rather we did not share [+your hat size], write to us.",
    "You have a right to not be subject to [+decisions by machines].",
    "You do not need an account to see [+the hats].",
    "Your agreement will not be asked for to place [+session cookies].",
    "Do not send [+your medical file] with the order.",
    "Do not include [+your card number] in letters.",
    "Please never send [+your card number] by post.",
    "Our hats are not meant for toddlers, and we collect [+sizes] from adults.",
    "We keep [+your hat size] for no more than a year.",
    "We do not keep [+your hat size] for longer than we need it.",
    "We shall not disclose [-your hat size], retain it longer than we need, or sell it.",
    "We do not object to [+your use of nicknames].",
    "It does not matter where you are, we collect [+your hat size].",
    "We may not be able to erase [+your hat size] at once.",
    "Hats that do not fit are returned with [+your name].",
    "We use cookies so that you do not have to enter [+your password] again.",
    "To make sure that you are not a robot, we check [+your clicks].",
    "We check that [+your card] is not stolen.",
    "Users who have not logged in see [+the shop window].",
    "Last but not least, we store [+your hat size].",
    "No matter what you buy, we use [+your hat size].",
    "_hat_id, no names kept, Persistent for a week, Used to [+count hats]",
]

CASES = [*PLAIN, *PASSIVE, *CONTRAST, *EXCEPTIONS, *SEEMING]
_MARK = re.compile(r"\[([+-])([^\]]+)\]")


def _read(marked: str) -> tuple[str, list[tuple[int, int, Polarity]]]:
    """The sentence without its marks, and the spans with what is said of them."""
    text, spans, at = "", [], 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        polarity = Polarity.DENIED if mark[1] == "-" else Polarity.AFFIRMED
        spans.append((len(text), len(text) + len(mark[2]), polarity))
        text, at = text + mark[2], mark.end()
    return text + marked[at:], spans


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 150


@pytest.mark.parametrize("marked", CASES)
def test_what_a_sentence_denies(marked: str) -> None:
    text, spans = _read(marked)
    assert spans
    said = [(text[a:b], polarity_at(text, 0, len(text), a, b)) for a, b, _ in spans]
    assert said == [(text[a:b], polarity) for a, b, polarity in spans]
