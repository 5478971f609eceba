"""The documentation's Markdown without what only Sphinx understands, for notebooks and scripts that stand alone."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

FENCE = re.compile(r"^\s*(`{3,}|~{3,})")
DIRECTIVE = re.compile(r"^(?P<colons>:{3,})\{(?P<name>[\w-]+)\}\s*(?P<title>.*)$")
OPTION = re.compile(r"^:[\w-]+:")
ROLE = re.compile(r"\{(?P<name>[\w:]+)\}`(?P<text>[^`]+)`")
LINK = re.compile(r"(?<!!)\[(?P<text>[^\]]+)\]\((?P<target>[^)\s]+)\)")
ATTRIBUTES = re.compile(r"^\{[.#][^}]*\}$")
SPAN = re.compile(r"\[(?P<text>[^\]]+)\]\{\.[^}]*\}")
SOLUTION = re.compile(r"^(?P<level>#+)\s+(?:Solution|Answer)\s*$")
HEADING = re.compile(r"^(?P<level>#+)\s")
CODE_ROLES = frozenset({"func", "class", "meth", "attr", "mod", "data", "exc", "py:func", "py:class"})

Expand = Callable[[str, list[str]], list[str] | None]


@dataclass
class Part:
    """Some lines of Markdown, or the text of a solution."""

    lines: list[str] = field(default_factory=list)
    is_solution: bool = False

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines).strip()


def plain(text: str, expand: Expand = lambda _name, _lines: None) -> str:
    """Return Markdown in which no role, directive or attribute is left.

    Parameters
    ----------
    text
        The Markdown as MyST reads it.
    expand
        Gives the lines that stand for a directive's, by its name and content; None where they stay as they are.
    """
    return "\n".join(_without_directives(text.split("\n"), expand)).strip()


def parts(text: str, in_solution: bool = False) -> list[Part]:
    """Split Markdown where solutions begin and end; a solution ends with the next heading of its level or above."""
    found = [Part(is_solution=in_solution)]
    level = 4 if in_solution else 0
    for line, in_code in _with_fences(text.split("\n")):
        heading = None if in_code else HEADING.match(line)
        if heading and SOLUTION.match(line):
            level = len(heading["level"])
            found.append(Part(is_solution=True))
            continue
        if heading and level and len(heading["level"]) <= level:
            level = 0
            found.append(Part())
        found[-1].lines.append(line)
    return found


def inline(text: str) -> str:
    """Return text without roles, attributes and links to pages that are not there."""
    text = ROLE.sub(_role, text)
    text = SPAN.sub(lambda match: match["text"], text)
    return LINK.sub(lambda match: match[0] if "://" in match["target"] else match["text"], text)


def _role(match: re.Match[str]) -> str:
    shown = match["text"].partition(" <")[0].strip()
    if match["name"] in CODE_ROLES:
        return f"`{shown.rpartition('.')[2] if shown.startswith('~') else shown}`"
    return shown


def _with_fences(lines: list[str]) -> Iterator[tuple[str, bool]]:
    """Yield each line and whether it is code."""
    fence = ""
    for line in lines:
        mark = FENCE.match(line)
        if mark and not fence:
            fence = mark[1]
            yield line, True
        elif mark and line.strip().startswith(fence):
            fence = ""
            yield line, True
        else:
            yield line, bool(fence)


def _without_directives(lines: list[str], expand: Expand) -> Iterator[str]:
    """Yield the lines; an admonition becomes a quotation, another directive its content."""
    row = list(_with_fences(lines))
    prose: list[str] = []
    k = 0
    while k < len(row):
        line, in_code = row[k]
        opened = None if in_code else DIRECTIVE.match(line)
        if not in_code and not opened:
            prose += [] if ATTRIBUTES.match(line.strip()) else [line]
            k += 1
            continue
        yield from _inlined(prose)
        prose = []
        if opened:
            close = next((n for n in range(k + 1, len(row)) if row[n][0].strip() == opened["colons"]), len(row))
            inner = [text for text, _ in row[k + 1 : close]]
            yield from _directive(opened["name"], opened["title"], inner, expand)
            k = close + 1
        else:
            yield line
            k += 1
    yield from _inlined(prose)


def _inlined(lines: list[str]) -> list[str]:
    """Return lines without roles and links, which may go on over the end of a line."""
    return inline("\n".join(lines)).split("\n") if lines else []


def _directive(name: str, title: str, inner: list[str], expand: Expand) -> Iterator[str]:
    while inner and (OPTION.match(inner[0]) or not inner[0].strip()):
        inner = inner[1:]
    given = expand(name, inner)
    if given is not None:
        yield from given
        return
    content = list(_without_directives(inner, expand))
    if name in {"admonition", "note", "warning", "tip", "important"}:
        heading = inline(title) or name.capitalize()
        yield from (f"> {line}".rstrip() for line in [f"**{heading}**", "", *content])
    else:
        yield from ([f"**{inline(title)}**", ""] if title else [])
        yield from content
