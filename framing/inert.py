"""Text of articles as text: nothing in it is obeyed by a page, a notebook or a terminal."""

from __future__ import annotations

import html
import re

TURNS = "\u202a-\u202e\u2066-\u2069"
"""Controls that turn the direction of what follows, beyond the text they stand in."""

UNSEEN = (
    "\u180e\u200b\u2028\u2029\u2060-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
)
"""Characters without a shape that no script needs: they hide in words, or carry hidden text."""

_NAMED = re.compile(f"[{TURNS}{UNSEEN}]")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_COLOURS = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
_LONG = re.compile(r"\S{61,}")

MOST = 800
"""Characters shown of a text that `shorter` is asked to shorten."""


def inert(text: str) -> str:
    """Return text without characters that a page or a terminal would obey.

    Controls of direction and characters without a shape become their names, such as ``[U+202E]``;
    colour codes go; other control characters become U+FFFD. Line ends and tabs stay, and so do the
    marks and joiners that right-to-left scripts and emoji need.
    """
    plain = _COLOURS.sub("", text).replace("\r\n", "\n").replace("\r", "\n")
    named = _NAMED.sub(lambda found: f"[U+{ord(found[0]):04X}]", plain)
    return _CONTROLS.sub("\ufffd", named)


def shown(text: object) -> str:
    """Return text as HTML that shows it and does nothing else."""
    return html.escape(inert(str(text)), quote=True)


def shorter(text: str, *, most: int = MOST) -> str:
    """Return text with … in long words, and in the middle where it is long itself."""
    text = _LONG.sub(lambda word: f"{word[0][:40]}…{word[0][-10:]}", text)
    if len(text) <= most:
        return text
    return f"{text[: most // 2]} … {text[-most // 2 :]}"
