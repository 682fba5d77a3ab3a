"""Pages of HTML that load nothing, from the templates of ``pageassets``; see :mod:`privagraph.ontology.pages`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from privagraph._version import __version__
from privagraph.browser import text
from privagraph.ontology.pages import content_security, template_environment

if TYPE_CHECKING:
    import jinja2

__all__ = ["asset", "page", "part"]


def page(template: str, /, *, script: str = "", **values: object) -> str:
    """A whole page.

    Args:
        template: The file of ``pageassets`` that makes it, without ``.html.j2``.
        script: The file of ``pageassets`` with its script; none when empty.
        **values: What the template shows.
    """
    from markupsafe import Markup

    css, code = text("house.css") + asset("parts.css") + asset("page.css"), asset(script) if script else ""
    return (
        _templates()
        .get_template(f"{template}.html.j2")
        .render(
            css=Markup(css),
            script=Markup(code),
            security=content_security(css, code),
            version=__version__,
            **values,
        )
    )


def part(template: str, /, **values: object) -> str:
    """A part of a page, for notebooks and pages that have a frame of their own.

    Args:
        template: The file of ``pageassets`` that makes it, without ``.html.j2``.
        **values: What the template shows.
    """
    return _templates().get_template(f"{template}.html.j2").render(**values)


@cache
def _templates() -> jinja2.Environment:
    return template_environment(asset)


@cache
def asset(name: str) -> str:
    """The text of a file of ``page_assets``.

    Args:
        name: Its name.
    """
    return (files("privagraph.queries") / "page_assets" / name).read_text("utf-8")
