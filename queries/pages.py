"""Pages of HTML that load nothing, from the templates of ``page_assets``.

Templates are filled with Jinja's automatic escaping, for a policy holds whatever somebody has published. A content
security policy allows the file's own style and script alone, by their hashes (https://www.w3.org/TR/CSP3/).
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from privagraph._version import __version__

if TYPE_CHECKING:
    import jinja2

__all__ = ["page", "part"]


def page(template: str, /, *, script: str = "", **values: object) -> str:
    """A whole page.

    Args:
        template: The file of ``page_assets`` that makes it, without ``.html.j2``.
        script: The file of ``page_assets`` with its script; none when empty.
        **values: What the template shows.
    """
    from markupsafe import Markup

    css, code = _asset("page.css"), _asset(script) if script else ""
    return (
        _templates()
        .get_template(f"{template}.html.j2")
        .render(
            css=Markup(css), script=Markup(code), security=_security(css, code), version=__version__, **values
        )
    )


def part(template: str, /, **values: object) -> str:
    """A part of a page, for notebooks.

    Args:
        template: The file of ``page_assets`` that makes it, without ``.html.j2``.
        **values: What the template shows.
    """
    return _templates().get_template(f"{template}.html.j2").render(**values)


@cache
def _templates() -> jinja2.Environment:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FunctionLoader(_asset),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def _asset(name: str) -> str:
    return (files("privagraph.queries") / "page_assets" / name).read_text("utf-8")


def _security(css: str, script: str) -> str:
    """A content security policy under which nothing is loaded and nothing runs but what the file came with."""
    style, code = (
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (css, script)
    )
    return (
        f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{code}'; base-uri 'none'; "
        "form-action 'none'"
    )
