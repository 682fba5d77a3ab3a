"""One policy as text, with what was found in it marked in its words."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse

from privagraph.report.naming import label_of, language_name
from privagraph.web.links import resource_url, words_url
from privagraph.web.panel import observed_parts, panel_of
from privagraph.web.panel_values import Link
from privagraph.web.policies import PolicyCard
from privagraph.web.policy_state import NO_ROLE, State
from privagraph.web.policy_text import MOST_HITS, policy_text
from privagraph.web.reading import Reading, reading
from privagraph.web.roles import groups_of, role_label, role_note
from privagraph.web.site import Site, site_of

__all__ = ["router"]

router = APIRouter()

_MOST_CONTACTS = 6


@dataclass(frozen=True, slots=True)
class _Asked:
    """A policy and what is chosen of it."""

    card: PolicyCard
    state: State
    read: Reading


async def _asked(
    key: str,
    site: Annotated[Site, Depends(site_of)],
    role: Annotated[list[str] | None, Query()] = None,
    only: str = "",
    mention: str = "",
    practice: str = "",
    at: str = "",
    find: str = "",
) -> _Asked:
    card = site.policy(key)
    state = State.read(key, roles=role or (), only=only, mention=mention, practice=practice, at=at, find=find)
    return _Asked(card, state, await site.cached(reading, card.iri))


_Choice = Annotated[_Asked, Depends(_asked)]
_Served = Annotated[Site, Depends(site_of)]


@router.get("/policies/{key}")
async def policy(request: Request, site: _Served, asked: _Choice) -> HTMLResponse:
    """The policy, its summary, its text, and what is chosen in it."""
    card, state, read = asked.card, asked.state, asked.read
    text = await asyncio.to_thread(policy_text, read, state)
    panel = panel_of(read, state)
    by_iri = site.policies.by_iri
    return site.page(
        request,
        "policy.html.j2",
        title=card.name,
        card=card,
        state=state,
        text=text,
        panel=panel,
        most_hits=MOST_HITS,
        notices=_notices(read, state, chosen=panel is not None),
        summary=_summary(card, read),
        newer=by_iri.get(read.newer),
        older=by_iri.get(read.older),
        groups=groups_of(read.roles),
        role_label=role_label,
        role_note=role_note,
        no_role=NO_ROLE,
        language=card.language.partition("-")[0] or "en",
        open_mentions=read.open_mentions,
        observed=observed_parts(read, card.key),
    )


@router.get("/policies/{key}/text")
async def marked_text(request: Request, site: _Served, asked: _Choice) -> HTMLResponse:
    """The text alone, for a script that changes what is marked in it."""
    text = await asyncio.to_thread(policy_text, asked.read, asked.state)
    return site.page(request, "policy-text.html.j2", title=asked.card.name, text=text)


@router.get("/policies/{key}/panel")
async def panel(request: Request, site: _Served, asked: _Choice) -> HTMLResponse:
    """What is told of the chosen mention or practice alone, for a script that shows it beside the text."""
    told = panel_of(asked.read, asked.state)
    return site.page(
        request, "policy-panel.html.j2", title=asked.card.name, panel=told, state=asked.state, card=asked.card
    )


def _notices(read: Reading, state: State, *, chosen: bool) -> list[str]:
    """What of the address leads nowhere."""
    found = []
    if (state.mention or state.practice) and not chosen:
        found.append(
            "The words that the address names are not marked in this policy. It may have been mapped anew."
        )
    if state.at is not None and state.at.end > len(read.view.text):
        found.append(
            f"The text has {len(read.view.text):,} characters; the address asks for words beyond its end."
        )
    return found


def _summary(card: PolicyCard, read: Reading) -> list[tuple[str, list[Link]]]:
    """Names and values of the policy as a whole."""
    view = read.view
    contacts = {each.value: each for each in view.mentions_of("contact", "dpo") if each.value}
    dated = (("In force since", card.effective), ("Last changed", card.updated))
    rows = [
        ("Controller", [Link(view.label_of(each), resource_url(each)) for each in read.controllers]),
        *((name, [Link(day)] if day else []) for name, day in dated),
        ("Laws it names", [Link(label_of(each) or each, resource_url(each)) for each in read.laws]),
        (
            "Contact",
            [
                Link(value, words_url(card.key, each.span.start, each.span.end))
                for value, each in list(contacts.items())[:_MOST_CONTACTS]
            ],
        ),
        ("Data protection officer", [Link(each) for each in read.officers]),
        ("Language", [Link(language_name(card.language))] if card.language else []),
        ("Read from", [Link(each) for each in card.sources]),
    ]
    return [(name, links) for name, links in rows if links]
