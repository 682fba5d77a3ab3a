"""Answers that a browser saves as files."""

from __future__ import annotations

from fastapi.responses import Response

__all__ = ["file_response"]


def file_response(content: bytes | str, name: str, media_type: str) -> Response:
    """An answer that is saved under a name.

    Args:
        content: What the file holds; a text is written as UTF-8, with a question mark for what UTF-8 cannot hold.
        name: The name of the file, which we made: no quotes and nothing but ASCII.
        media_type: What kind of file it is.
    """
    data = content.encode("utf-8", "replace") if isinstance(content, str) else content
    return Response(
        data, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
