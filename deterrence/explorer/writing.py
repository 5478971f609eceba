"""One page of HTML from its content: script, style and formulas inside, and a policy that lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from deterrence.explorer.mathematics import SHORT

if TYPE_CHECKING:
    from deterrence.explorer.content import Content

PARTS = ("base", "play", "tree", "map", "kinds", "news", "hands", "curve", "quiz", "page")
"""The parts of the script, in the order in which a browser reads them."""
SLOT = re.compile(r"\{\{(\w+)\}\}")
INDENT = re.compile(r"^[ ]+", re.MULTILINE)


def written(content: Content) -> str:
    """Return the page."""
    style = INDENT.sub("", _file("page.css"))
    script = _script(content)
    policy = "; ".join(
        [
            "default-src 'none'",
            f"script-src '{_digest(script)}'",
            f"style-src '{_digest(style)}'",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
    slots = {"policy": policy, "style": style, "script": script}
    slots |= {name: escape(str(text)) for name, text in content.texts.items()}
    return SLOT.sub(lambda found: slots[found[1]], _file("page.html"))


def _script(content: Content) -> str:
    """Return the whole script, in a scope of its own."""
    from rjsmin import jsmin

    data = json.dumps(content.data, ensure_ascii=False, separators=(",", ":"))
    data = data.replace("</", r"<\/").replace("<!", r"<\!")  # nothing in a text ends the script
    parts = [_file(f"{number}-{name}.js") for number, name in enumerate(PARTS, 1)]
    code = str(jsmin("\n".join(parts)))
    signs = json.dumps({sign: element for element, sign in SHORT.items()}, separators=(",", ":")).replace("</", r"<\/")
    return f'"use strict";(()=>{{\nconst D={data};\nconst ELEMENTS={signs};\n{content.code}\n{code}}})();'


def _digest(text: str) -> str:
    """Return what the policy calls a text that it lets in."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _file(name: str) -> str:
    return (files("deterrence.explorer") / "page" / name).read_text(encoding="utf-8")
