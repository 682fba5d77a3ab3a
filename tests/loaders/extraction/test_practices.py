"""Practices tied from mentions, in documents invented for these tests.

The fixtures ``marked`` and ``stated`` say how documents and practices are written.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from privagraph.loaders.document import Document
from privagraph.loaders.extraction import LexiconExtractor, groups
from privagraph.loaders.extraction.clauses import clauses
from privagraph.loaders.extraction.practices import tie
from privagraph.loaders.extraction.sentences import sentences
from privagraph.loaders.facts import Mention, Polarity, Practice, Role

Marked = Callable[..., tuple[Document, list[Mention]]]
Stated = Callable[..., list[str]]

CLAUSES = {
    "object": (["We collect [your name|data]."], ["Collect: your name"]),
    "purpose": (
        ["We use [your name|data] [to print badges|for]."],
        ["Use: your name; for to print badges"],
    ),
    "purpose first": (
        ["[To print badges|for], we use [your name|data]."],
        ["Use: your name; for To print badges"],
    ),
    "recipient": (
        ["We share [your name|data] with [couriers|to] [for delivery|for]."],
        ["Share: your name; for for delivery; to couriers"],
    ),
    "source": (
        ["We receive [your age|data] from [your school|from]."],
        ["Obtain: your age; from your school"],
    ),
    "basis": (
        ["We process [your name|data] on the basis of [your consent|on]."],
        ["Processing: your name; on your consent"],
    ),
    "retention": (
        ["We keep [your letters|data] for [two years|kept]."],
        ["Store: your letters; kept two years"],
    ),
    "place": (
        ["We store [your letters|data] in [Iceland|in]."],
        ["Store: your letters; in Iceland"],
    ),
    "abroad": (
        ["We transfer [your letters|data] to [Canada|abroad]."],
        ["Transfer: your letters; abroad Canada"],
    ),
    "erasure": (["We delete [your letters|data]."], ["Erase: your letters"]),
    "sale": (["We sell [your letters|data] to [collectors|to]."], ["Sell: your letters; to collectors"]),
    "recording": (["We record [your calls|data]."], ["Record: your calls"]),
    "logging": (["The server logs [your address|data]."], ["Collect: your address"]),
    "made available": (
        ["We make [your data|data] available to [our printers|to]."],
        ["MakeAvailable: your data; to our printers"],
    ),
    "name as subject": (["Nordlicht collects [your name|data]."], ["Collect: your name"]),
    "passive": (
        ["[Your name|data] is collected [to print badges|for]."],
        ["Collect: Your name; for to print badges"],
    ),
    "two passives": (
        ["[Your name|data] is stored in [Iceland|in] and is not sold to [collectors|to]."],
        ["Store: Your name; in Iceland", "not Sell: Your name; to collectors"],
    ),
    "asking": (["We ask you for [your name|data]."], ["Collect: your name"]),
    "may be asked": (["You may be asked to provide [your name|data]."], ["may Collect: your name"]),
    "reader provides": (["You give us [your name|data]."], ["Collect: your name"]),
    "must": (
        ["We must disclose [your income|data] to [the tax office|to]."],
        ["must Disclose: your income; to the tax office"],
    ),
    "coordination": (
        ["We collect, use and share [your name|data]."],
        ["Collect: your name", "Share: your name", "Use: your name"],
    ),
    "coordination with objects of their own": (
        ["We collect [your name|data] and share [your age|data] with [our printers|to]."],
        ["Collect: your name", "Share: your age; to our printers"],
    ),
    "coordination with a pronoun": (
        ["We collect [your name|data] and share it with [our printers|to]."],
        ["Collect: your name", "Share: your name; to our printers"],
    ),
    "aim with data": (
        ["We use [cookies|tool] to collect [your clicks|data] [for statistics|for]."],
        ["Collect: your clicks; for for statistics", "Use: -; for for statistics; tool cookies"],
    ),
    "relative with a source": (
        ["We combine [your orders|data] with [the age|data] that we receive from [your school|from]."],
        ["Combine: your orders, the age", "Obtain: the age; from your school"],
    ),
    "relative without more": (
        ["We share [the data|data] that we collect with [our printers|to]."],
        ["Share: the data; to our printers"],
    ),
    "technology without data": (
        ["We use [cookies|tool] [for statistics|for]."],
        ["Use: -; for for statistics; tool cookies"],
    ),
    "condition": (
        ["If you sign up, we collect [your name|data]."],
        ["Collect: your name (If you sign up)"],
    ),
    "data in the condition": (
        ["If you give us [your name|data], we print it on a badge and store it."],
        ["Store: your name (If you give us your name)"],
    ),
    "do so": (
        ["Insofar as we process [your letters|data], we do so based on [our interest|on]."],
        ["Processing: your letters; on our interest"],
    ),
    "permission": (
        ["You give us permission to store [your letters|data]."],
        ["Store: your letters"],
    ),
    "reserved right": (
        ["We reserve the right to disclose [your letters|data]."],
        ["may Disclose: your letters"],
    ),
    "data and its kinds": (
        ["We collect [contact details|data], such as [your name|data] and [your phone|data]."],
        ["Collect: contact details, your name, your phone"],
    ),
    "noun": (
        ["The processing of [your letters|data] is based on [your consent|on]."],
        ["Processing: your letters; on your consent"],
    ),
    "basis and purpose only": (
        ["The legal basis [for the raffle|for] is [your consent|on]."],
        ["Processing: -; for for the raffle; on your consent"],
    ),
    "measure": (
        ["[Your letters|data] are stored [in a vault|safe]."],
        ["Store: Your letters; safe in a vault"],
    ),
}

DENIALS = {
    "denied": (
        ["We do not sell [your name|data] to [brokers|to]."],
        ["not Sell: your name; to brokers"],
    ),
    "both verbs denied": (
        ["We do not rent or lend [your name|data] and never publish [your age|data]."],
        ["not Disseminate: your age", "not Sell: your name", "not Share: your name"],
    ),
    "denied passive": (
        ["[Your name|data] is never shared with [brokers|to]."],
        ["not Share: Your name; to brokers"],
    ),
    "denied, then affirmed": (
        ["We do not sell [your name|data], but we share it with [couriers|to]."],
        ["Share: your name; to couriers", "not Sell: your name"],
    ),
    "taken out": (
        ["We collect [your town|data] but not [your street|data]."],
        ["Collect: your town", "not Collect: your street"],
    ),
    "exception allows": (
        ["We do not share [your name|data] with [strangers|to], except with [couriers|to]."],
        [
            "may Share: your name; to couriers (couriers)",
            "not Share: your name; to strangers (except with couriers)",
        ],
    ),
    "unless": (
        ["We do not share [your name|data] unless you give [your consent|on]."],
        [
            "may Share: your name; on your consent (you give your consent)",
            "not Share: your name (unless you give your consent)",
        ],
    ),
    "an exception that says nothing": (
        ["We do not share [your name|data] except as described in this notice."],
        ["not Share: your name (except as described in this notice)"],
    ),
    "ceasing": (
        ["We will cease to collect [your name|data] [for marketing|for]."],
        ["not Collect: your name; for for marketing"],
    ),
    "stopping two acts": (
        ["We will stop selling or sharing [your letters|data]."],
        ["not Sell: your letters", "not Share: your letters"],
    ),
    "stopping, then erasing": (
        ["We shall discontinue using [your name|data] and erase [your letters|data]."],
        ["not Use: your name", "Erase: your letters"],
    ),
    "avoiding and desisting": (
        ["We avoid storing [your age|data] and desist from tracking [your clicks|data]."],
        ["not Store: your age", "not Tracking: your clicks"],
    ),
    "limited to a purpose named before": (
        ["[Your name|data] collected [to print badges|for] will not be used for any other purpose."],
        ["Use: Your name; for to print badges"],
    ),
    "limited to a purpose named after": (
        ["We do not use [your name|data] for any purpose other than [printing badges|for]."],
        ["Use: your name; for printing badges"],
    ),
    "limited, and one act denied": (
        ["We do not sell [your letters|data] or use them [for any other purpose|for]."],
        ["not Sell: your letters", "not Use: your letters; for for any other purpose"],
    ),
    "denied list": (
        ["We never:", "- sell [your name|data];", "- publish [your age|data]."],
        ["not Sell: your name", "not Disseminate: your age"],
    ),
    "denied list of data": (
        ["We do not collect:", "- [your name|data]", "- [your age|data]"],
        ["not Collect: your name, your age"],
    ),
    "excepted list": (
        ["We do not share [your name|data] except with the following:", "- [couriers|to]", "- [printers|to]"],
        [
            "not Share: your name (except with the following)",
            "may Share: your name; to couriers",
            "may Share: your name; to printers",
        ],
    ),
    "kept no longer": (
        ["We do not keep [your name|data] [longer than a year|kept]."],
        ["Store: your name; kept longer than a year"],
    ),
}

LISTS = {
    "bare data": (
        ["We collect the following:", "- [your name|data]", "- [your age|data]"],
        ["Collect: your name, your age"],
    ),
    "bare data after named data": (
        ["We collect [contact details|data], including:", "- [your name|data]", "- [your phone|data]"],
        ["Collect: contact details, your name, your phone"],
    ),
    "purposes": (
        ["We use [your name|data]:", "- [to print badges|for]", "- [to seat you|for]"],
        ["Use: your name", "Use: your name; for to print badges", "Use: your name; for to seat you"],
    ),
    "purposes and bases": (
        ["We process [your name|data]:", "- [to print badges|for], based on [your consent|on]"],
        ["Processing: your name", "Processing: your name; for to print badges; on your consent"],
    ),
    "recipients": (
        ["We may share [your name|data] with:", "- [couriers|to], [for delivery|for]", "- [printers|to]"],
        [
            "may Share: your name",
            "may Share: your name; for for delivery; to couriers",
            "may Share: your name; to printers",
        ],
    ),
    "cases": (
        ["We may disclose [your name|data]:", "- if a court orders it, [to obey the law|for];"],
        ["may Disclose: your name", "may Disclose: your name; for to obey the law (if a court orders it)"],
    ),
    "data with its purpose": (
        ["We collect the following:", "- [your phone|data], [to call you back|for]", "- [your name|data]"],
        ["Collect: your phone, your name", "Collect: your phone; for to call you back"],
    ),
    "nouns that look like verbs": (
        ["We collect the following:", "- Profile [picture|data]", "- Log [entries|data]"],
        ["Collect: picture, entries"],
    ),
    "lead of an item": (
        ["We collect the following:", "- [Device data|data]. We log [the model|data] [to mend errors|for]."],
        ["Collect: Device data, the model", "Collect: Device data, the model; for to mend errors"],
    ),
    "items with verbs": (
        ["We may:", "- share [your name|data] with [couriers|to]", "- keep [your letters|data]"],
        ["may Share: your name; to couriers", "may Store: your letters"],
    ),
    "verbs inside a purpose": (
        ["We use [your name|data]:", "- [to print badges and share your joy|for]"],
        ["Use: your name", "Use: your name; for to print badges and share your joy"],
    ),
    "a second verb after one that is no processing": (
        ["We print [your name|data] on badges and store it in [Iceland|in]."],
        ["Store: your name; in Iceland"],
    ),
    "verbs inside a purpose, data without a mention": (
        ["We use cookies to:", "- [mend errors and share your joy|for]"],
        ["Use: -; for mend errors and share your joy"],
    ),
    "nested": (
        [
            "We collect the following:",
            "- Contact details:",
            "-- [your name|data]",
            "-- [your phone|data]",
            "- [your age|data]",
        ],
        ["Collect: your name, your phone, your age"],
    ),
    "nested purposes": (
        ["We collect the following:", "- [your phone|data]", "-- [to call you back|for]"],
        ["Collect: your phone", "Collect: your phone; for to call you back"],
    ),
    "heading over items": (
        ["# Information we collect", "- [your name|data]", "- [your age|data]"],
        ["Collect: your name, your age"],
    ),
    "question over items": (
        ["# Which data do we collect?", "- [your name|data]"],
        ["Collect: your name"],
    ),
    "denying heading": (
        ["# What we do not collect", "- [your name|data]"],
        ["not Collect: your name"],
    ),
    "bare paragraph": (
        ["# Information we collect", "[Your name|data], [your age|data]"],
        ["Collect: Your name, your age"],
    ),
    "data we collect includes": (
        ["The personal data we collect includes:", "- [your name|data]", "- [your age|data]"],
        ["Collect: your name, your age"],
    ),
    "list without marks": (
        [
            "We use [your name|data] for the following purposes:",
            "[to print badges|for];",
            "[to seat you|for].",
        ],
        ["Use: your name", "Use: your name; for to print badges", "Use: your name; for to seat you"],
    ),
    "rights": (["You have the right to:", "- access [your name|data]", "- delete [your age|data]"], []),
    "what readers can do": (["You can:", "- share [your letters|data] with [friends|to]"], []),
}

REFERENCES = {
    "this information": (
        ["We collect [your name|data]. We use this information [to print badges|for]."],
        ["Collect: your name", "Use: your name; for to print badges"],
    ),
    "a mention that points back": (
        ["We collect [your name|data]. We use [this information|data] [to print badges|for]."],
        ["Collect: your name", "Use: your name, this information; for to print badges"],
    ),
    "a pronoun": (
        ["We collect [your name|data]. It is stored in [Iceland|in]."],
        ["Collect: your name", "Store: your name; in Iceland"],
    ),
    "a pronoun reaches no further than one sentence": (
        ["We collect [your name|data]. Badges are fun. We store it in [Iceland|in]."],
        ["Collect: your name"],
    ),
    "the list before": (
        [
            "We collect the following:",
            "- [your name|data]",
            "- [your age|data]",
            "We use this information for the following purposes:",
            "- [to print badges|for]",
            "- [to seat you|for] on the basis of [your consent|on]",
        ],
        [
            "Collect: your name, your age",
            "Use: your name, your age",
            "Use: your name, your age; for to print badges",
            "Use: your name, your age; for to seat you; on your consent",
        ],
    ),
    "not over a heading": (
        ["We collect [your name|data].", "# Use", "We use this information [to print badges|for]."],
        ["Collect: your name", "Use: -; for to print badges"],
    ),
    "over a heading when the words say so": (
        ["We collect [your name|data].", "# Use", "We use the above information [to print badges|for]."],
        ["Collect: your name", "Use: your name; for to print badges"],
    ),
    "elaboration": (
        ["We log [technical data|data]. This includes [your browser|data] and [your address|data]."],
        ["Collect: technical data, your browser, your address"],
    ),
    "the legal basis is": (
        ["We use [your name|data] [to print badges|for]. The legal basis is [your consent|on]."],
        [
            "Use: your name; for to print badges",
            "Use: your name; for to print badges; on your consent",
        ],
    ),
    "a sentence is no run-in heading": (
        ["Pupils join with [a code|data]. We store [your name|data] in [Iceland|in]."],
        ["Store: your name; in Iceland"],
    ),
    "this allows us": (
        ["We collect [your age|data]. This allows us [to seat you|for]."],
        ["Collect: your age", "Collect: your age; for to seat you"],
    ),
    "that third party, such a task": (
        [
            "We may hire [printers|to] [to print badges|for]. "
            "When we hire a printer for such a task, we give that third party [your name|data]."
        ],
        ["Share: your name; for to print badges; to printers (When we hire a printer for such a task)"],
    ),
}

TABLES = {
    "row": (
        [
            "| Data | Purpose | Legal basis",
            "| [your name|data] | [badges|for] | [your consent|on]",
            "| [your age|data] | [seats|for] | [the contract|on]",
        ],
        [
            "Processing: your name; for badges; on your consent",
            "Processing: your age; for seats; on the contract",
        ],
    ),
    "verb in a header": (
        ["| Data we collect | Why", "| [your name|data] | [badges|for]"],
        ["Collect: your name; for badges"],
    ),
    "verb in the header of another column": (
        ["| Data | How long we keep it", "| [your name|data] | [a year|kept]"],
        ["Processing: your name; kept a year"],
    ),
    "list over the table": (
        [
            "# Data we collect",
            "- We share [your city|data] with [couriers|to].",
            "| Data | With",
            "| [your name|data] | [badges|for]",
        ],
        ["Share: your city; to couriers", "Collect: your name; for badges"],
    ),
    "list item that announces the table": (
        ["- We share the following data:", "| Data | With", "| [your name|data] | [couriers|to]"],
        ["Share: your name; to couriers"],
    ),
    "line over the table": (
        ["We share the following data:", "| Data | With", "| [your name|data] | [couriers|to]"],
        ["Share: your name; to couriers"],
    ),
    "yes and no": (
        ["| Category | Collected | Sold", "| [your name|data] | Yes | No"],
        ["Collect: your name", "not Sell: your name"],
    ),
    "it is what the row is about": (
        ["| Data | What we do", "| [your name|data] | We store it.", "| [your age|data] | We share it."],
        ["Processing: your name", "Processing: your age", "Store: your name", "Share: your age"],
    ),
    "it is nothing of another row": (
        ["| Data | What we do", "| [your name|data] | -", "| Your mood | We share it."],
        ["Processing: your name"],
    ),
    "it is what heads the column": (
        ["| [Your name|data] | [Your age|data]", "| We store it. | We share it."],
        ["Store: Your name", "Share: Your age"],
    ),
    "the information of the row above": (
        ["| About | Told", "| What | [your name|data]", "| Use | We store this information."],
        ["Processing: your name", "Store: your name"],
    ),
    "the information before the table": (
        ["We collect [your name|data].", "| About | Told", "| Use | We store this information."],
        ["Collect: your name", "Store: your name"],
    ),
    "a row that speaks of all rows above": (
        [
            "| Data | Purpose",
            "| [your name|data] | [badges|for]",
            "| [your age|data] | [seats|for]",
            "| We store this information.",
        ],
        [
            "Processing: your name; for badges",
            "Processing: your age; for seats",
            "Store: your name, your age",
        ],
    ),
    "the table before a line": (
        ["| Data | Purpose", "| [your name|data] | -", "| [your age|data] | -", "We store this information."],
        ["Processing: your name", "Processing: your age", "Store: your name, your age"],
    ),
}

OTHERS = {
    "a subject of its own": (
        ["You may not see it, but we collect [your name|data]."],
        ["Collect: your name"],
    ),
    "somebody else": (
        ["These features may collect [your address|data]."],
        ["may Collect by others: your address"],
    ),
    "an organisation": (
        ["[Lupa Maps|to/lupa-maps] collects [your position|data]."],
        ["Collect by lupa-maps: your position; to Lupa Maps"],
    ),
    "somebody who gives to us": (
        ["[Our partners|from] share [your age|data] with us."],
        ["Obtain: your age; from Our partners"],
    ),
    "allowed by us": (
        ["We allow [printers|to] to store [your name|data]."],
        ["Store: your name; to printers"],
    ),
    "an institution of the reader": (
        ["Your bank stores [your name|data]."],
        ["Store by others: your name"],
    ),
    "a server of others": (["The ad server logs [your clicks|data]."], ["Collect by others: your clicks"]),
    "a partner with a name": (
        ["Our mailing partner Zebrafish collects [your e-mail|data]."],
        ["Collect by others: your e-mail"],
    ),
    "our own people": (["Our administrators record [your calls|data]."], ["Record: your calls"]),
    "a list about others": (
        [
            "We collect [your age|data].",
            "The administrator may be able to:",
            "- access [your letters|data];",
            "- store [your phone|data].",
            "We use this information [for statistics|for].",
        ],
        [
            "Collect: your age",
            "Use: your age; for for statistics",
            "may Access by others: your letters",
            "may Store by others: your phone",
        ],
    ),
    "we and others": (["We and our partners collect [your clicks|data]."], ["Collect: your clicks"]),
}

RIGHTS = {
    "a case of a right": (
        [
            "# Right to erasure",
            "Your data can be erased in the following circumstances:",
            "- [your data|data] was unlawfully processed [for marketing|for];",
            "- [your age|data] is processed on [your consent|on] and you withdraw it;",
            "- we processed [your letters|data] by mistake.",
        ],
        ["Processing: your letters"],
    ),
    "a right of ours": (
        ["We reserve the right to:", "- disclose [your letters|data];"],
        ["may Disclose: your letters"],
    ),
    "a denial of part of the data": (
        [
            "We collect [your name|data]. We do not keep such information that is irrelevant to [your order|for]."
        ],
        ["Collect: your name", "not Store: -; for your order"],
    ),
    "a denial of it all": (
        ["We collect [your name|data]. We do not sell this information."],
        ["Collect: your name", "not Sell: your name"],
    ),
    "a hint after an act": (
        ["We use [your name|data]. To opt out of this use [for marketing|for], call us."],
        ["Use: your name"],
    ),
    "what is found out": (
        ["If we learn that we have collected [the age|data] of a child, we delete it."],
        ["Erase: the age (If we learn that we have collected the age of a child)"],
    ),
    "a right, then an act": (
        ["You have the right to object, and we share [your letters|data] with [courts|to]."],
        ["Share: your letters; to courts"],
    ),
}

NOTHING = {
    "a statute": [
        "The statute permits residents of Ruritania to request notice about [the details|data] we disclose "
        "[for marketing|for]."
    ],
    "a statute by its number": ["Under 1798.999, [your data|data] is shared with [partners|to]."],
    "a right against any business": [
        "Readers may request that a business that sells [their data|data] not sell it."
    ],
    "a right to know": ["The right to know covers [the data|data] shared with [partners|to]."],
    "a limit that names no purpose": ["We do not use [your name|data] for other purposes."],
    "advice": [
        "We urge parents to monitor [their children's clicks|data] and record [their age|data] at home."
    ],
    "a password": ["Our staff and we never ask you to share [your secret word|data]."],
    "readers stop": ["You may stop sharing [your letters|data] at any time."],
    "readers stop receiving": ["You can stop receiving [our letters|data] [for marketing|for]."],
    "asked to stop": ["You may ask us to stop using [your name|data]."],
    "a list of rights": ["You have the right to:", "- [your data|data] is stored [for statistics|for];"],
    "a wish": ["You can tell us not to use [your name|data] [for marketing|for]."],
    "no verb": ["[Your name|data] matters to us."],
    "readers delete": ["You can delete [your letters|data] at any time."],
    "readers share": ["You may share [your letters|data] with your friends."],
    "a right": ["You have the right to access and delete [your data|data]."],
    "a right asked for": ["You may ask us to delete [your data|data]."],
    "marked as a right": ["[We erase your data on request|right], just write."],
    "only announced": ["This notice explains how we collect, use and share [your data|data]."],
    "another site": ["Linked sites may collect [your data|data]; third parties may use cookies there."],
    "only supposed": ["If we sell [your data|data], we will tell you."],
    "not our duty": ["We are not responsible for how others treat [your data|data]."],
    "security": ["[To protect your data|for], we use reasonable measures."],
    "data as purpose of security": ["To protect [your data|data], we use strong locks."],
    "services": ["We use our services [to improve them|for]."],
    "no object": ["We share our joy with [friends|to]."],
    "a question": ["# How do we protect [your data|data]?"],
    "contact": ["Write to [hello@example.org|contact]."],
    "the browser": ["[Cookies|tool] are small files that your browser stores."],
    "data that acts": ["This information does not reveal [your name|data]."],
    "a request to the reader": ["Do not share [your password|data] with [friends|to]."],
    "a bidding": ["Keep [your password|data] for yourself."],
    "what readers must not send": ["You should not send us [your name|data]."],
    "what readers are not allowed": [
        "Users are not permitted to upload [photos of others|data] to our server."
    ],
    "what readers must not use us for": ["You may not use the kites to collect [names of others|data]."],
    "what children must not give": ["Children under 13 must never provide us with [their name|data]."],
    "a subject of its own": ["[Your data|data] is in good hands, and our rooms cannot be accessed."],
    "a request after a condition": ["If you disagree, do not provide us with [your name|data]."],
    "announced at length": [
        "This notice explains how Nordlicht (the shop, we or us) collects [your name|data]."
    ],
    "the reader's aim": ["To obtain [your data|data], please write to us."],
    "a noun in a condition": ["Pages may break if the use of [your data|data] stops [for orders|for]."],
    "a line about others": [
        "# How we share information",
        "The teacher may:",
        "- print [your name|data] [to teach|for]",
    ],
    "a definition": ["# Information we collect", "Reader data means [your name|data]."],
    "readers share with others": ["You may share [your letters|data] with a third person."],
    "others promise": ["These companies may not use [your name|data] for other things."],
    "unauthorised use": ["We guard [your data|data] against unauthorised access, use and disclosure."],
}

CASES = {
    f"{kind}: {name}": case
    for kind, cases in {
        "clause": CLAUSES,
        "denial": DENIALS,
        "list": LISTS,
        "reference": REFERENCES,
        "table": TABLES,
        "others": OTHERS,
        "right": RIGHTS,
        "nothing": {name: (lines, []) for name, lines in NOTHING.items()},
    }.items()
    for name, case in cases.items()
}


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 100


@pytest.mark.parametrize(("lines", "expected"), CASES.values(), ids=CASES.keys())
def test_practices(stated: Stated, lines: list[str], expected: list[str]) -> None:
    assert sorted(stated(*lines)) == sorted(expected)


def _one(marked: Marked, *lines: str) -> Practice:
    document, mentions = marked(*lines)
    [practice] = tie(document, sentences(document), mentions)
    return practice


@pytest.mark.parametrize(
    ("confidence", "lines"),
    [
        (0.9, ["We collect [your name|data]."]),
        (0.8, ["We collect the following:", "- [your name|data]"]),
        (0.8, ["| Data | Purpose", "| [your name|data] | [badges|for]"]),
        (0.6, ["# Information we collect", "[Your name|data]"]),
        (0.6, ["We use [cookies|tool] [for statistics|for]."]),
        (0.5, ["These features may collect [your address|data]."]),
    ],
)
def test_confidence_says_how_sure_the_tying_is(marked: Marked, confidence: float, lines: list[str]) -> None:
    assert _one(marked, *lines).confidence == confidence


def test_a_practice_of_a_sentence_spans_the_sentence(marked: Marked) -> None:
    document, mentions = marked("Hello. We collect [your name|data]. Goodbye.")
    [practice] = tie(document, sentences(document), mentions)
    assert document.text[practice.start : practice.end] == "We collect your name."


def test_a_practice_of_an_item_without_a_verb_spans_the_item(marked: Marked) -> None:
    document, mentions = marked("We use [your name|data]:", "- [to print badges|for];")
    *_, last = tie(document, sentences(document), mentions)
    assert document.text[last.start : last.end] == "to print badges;"


def test_a_practice_of_a_row_spans_the_row(marked: Marked) -> None:
    document, mentions = marked("| Data | Purpose", "| [your name|data] | [badges|for]")
    [practice] = tie(document, sentences(document), mentions)
    assert document.text[practice.start : practice.end] == "your name\nbadges"


def test_the_order_of_mentions_makes_no_difference(marked: Marked) -> None:
    document, mentions = marked(*LISTS["data with its purpose"][0], *REFERENCES["the list before"][0])
    found = sentences(document)
    assert tie(document, found, mentions) == tie(document, found, mentions[::-1])


def test_arguments_are_sorted_and_practices_are_unique(marked: Marked) -> None:
    document, mentions = marked(*(line for lines, _ in CASES.values() for line in ("Next.", *lines)))
    practices = tie(document, sentences(document), mentions)
    assert len(practices) > 60
    assert len(set(practices)) == len(practices)
    assert list(practices) == sorted(practices, key=lambda p: (p.start, p.end, p.processing))
    for practice in practices:
        places = [(m.start, m.end, m.role.value) for m in practice.arguments]
        assert places == sorted(set(places))


def test_a_long_policy_is_tied_quickly(marked: Marked, work: Callable[..., int]) -> None:
    lines = [line for lines, _ in CASES.values() for line in ("Next.", *lines)]

    def steps(times: int) -> int:
        document, mentions = marked(*(lines * times))
        found = sentences(document)
        return work(tie, document, found, mentions)

    assert steps(10) < 12 * steps(1)


@pytest.mark.parametrize(
    "line",
    [
        "We collect [x|data] and " * 20,
        "- [x|data] " * 20,
        "This information " * 20,
        "| [x|data] | We share it",
        "- We share [x|data] for these purposes",
    ],
    ids=["collect", "item", "this", "row", "these"],
)
def test_a_text_that_is_no_policy_is_tied_in_time(
    marked: Marked,
    line: str,
    work: Callable[..., int],
    patience: Callable[[], AbstractContextManager[None]],
) -> None:
    def steps(lines: int) -> int:
        document, mentions = marked("We do:", *[line] * lines)
        return work(lambda: tie(document, sentences(document), mentions))

    with patience():
        steps(2)  # what is made once
        assert steps(200) < 12 * steps(20)


@pytest.mark.parametrize("more", ["", " and " + "very " * 300 + "quietly"])
def test_what_is_put_into_a_group_stays_out_of_the_next(more: str) -> None:
    text = f"We collect, use and share your kites{more}."
    first, *_ = groups.find_groups(text, clauses(text))
    first.operations.pop()
    first.arguments.append(Mention(0, 2, Role.DATA_CATEGORY))
    again, *_ = groups.find_groups(text, clauses(text))
    assert len(again.operations) == len(first.operations) + 1
    assert again.arguments == []


def test_a_sentence_without_end_is_not_remembered() -> None:
    text = "We collect your kites and " + "very " * 300 + "many ropes."
    held = groups._verbs_alone.cache_info().currsize
    assert groups.find_groups(text, clauses(text))
    assert groups._verbs_alone.cache_info().currsize == held


@pytest.mark.shared
def test_links_of_a_gold_policy_with_its_own_mentions() -> None:
    """With the mentions of careful readers, four in five of the links that they drew are found."""
    shared = Path(os.environ.get("PRIVAGRAPH_SHARED", Path(__file__).parents[4] / "shared"))
    gold = shared / "gold" / "classtime.json"
    if not gold.is_file():
        pytest.skip(
            "the gold annotations are not at hand; set PRIVAGRAPH_SHARED to the folder that holds gold/"
        )
    import json

    from privagraph.loaders.readers.reading import read_path

    facts = json.loads(gold.read_text(encoding="utf-8"))
    document = read_path(shared / "policies" / "classtime.txt")
    mentions = [
        Mention(at.start(), at.end(), Role(fact["role"]))
        for fact in facts["facts"]
        for at in re.finditer(r"\s+".join(map(re.escape, fact["quote"].split())), document.text)
    ]
    practices = tie(document, sentences(document), mentions)
    places = {
        fact["id"]: [
            (m.start(), m.end())
            for m in re.finditer(r"\s+".join(map(re.escape, fact["quote"].split())), document.text)
        ]
        for fact in facts["facts"]
    }
    drawn = found = 0
    for practice in facts["practices"]:
        for data in practice["data"]:
            for purpose in practice["purposes"]:
                drawn += 1
                found += any(
                    _holds(p, Role.DATA_CATEGORY, places[data])
                    and (
                        _holds(p, Role.PURPOSE, places[purpose])
                        or _holds(p, Role.LEGITIMATE_INTEREST, places[purpose])
                    )
                    for p in practices
                )
    assert drawn > 200
    assert found / drawn >= 0.8


def _holds(practice: Practice, role: Role, places: list[tuple[int, int]]) -> bool:
    return any(
        m.role is role and m.start < end and start < m.end
        for m in practice.arguments
        for start, end in places
    )


def test_what_readers_cannot_do_says_nothing_of_the_next_clause(document: Callable[..., Document]) -> None:
    line = "Although you cannot see them, cookies collect your IP address."
    (practice,) = LexiconExtractor().extract(document(line)).practices
    assert practice.polarity is Polarity.AFFIRMED
