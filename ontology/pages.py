"""What all pages of HTML have in common: they are filled from templates, load nothing, and run nothing foreign.

Templates are filled with Jinja's automatic escaping, for a policy holds whatever somebody has published. A content
security policy allows the file's own style and script alone, by their hashes (https://www.w3.org/TR/CSP3/).
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import jinja2

__all__ = ["content_security", "template_environment"]


def template_environment(read: Callable[[str], str]) -> jinja2.Environment:
    """An environment for templates, in which a name that is not there is an error.

    Args:
        read: Hands out the text of a template by its file's name.
    """
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FunctionLoader(read),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def content_security(css: str, script: str, *, pictures: bool = False) -> str:
    """A content security policy under which nothing is loaded and nothing runs but what the file came with.

    Args:
        css: The text of its style.
        script: The text of its script.
        pictures: Whether pictures that stand in the file itself are shown.
    """
    style, code = (
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (css, script)
    )
    images = "img-src data:; " if pictures else ""
    return (
        f"default-src 'none'; style-src 'sha256-{style}'; script-src 'sha256-{code}'; {images}"
        "base-uri 'none'; form-action 'none'"
    )
