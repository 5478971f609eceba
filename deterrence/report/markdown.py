"""The brief as Markdown, its figures in files beside it."""

from __future__ import annotations

from collections.abc import Iterator

from deterrence.report.document import Brief, Section, Table


def as_markdown(brief: Brief, folder: str = "figures") -> tuple[str, dict[str, str]]:
    """Return a brief as Markdown, and its figures as SVG files by name.

    Parameters
    ----------
    brief
        The brief.
    folder
        The folder beside the text in which the figures will stand.
    """
    figures: dict[str, str] = {}
    lines = [f"# {_escaped(brief.title)}", ""]
    if brief.caution:
        lines += [f"*{_escaped(brief.caution)}*", ""]
    for section in (section for page in brief.pages for section in page):
        lines += [f"## {_escaped(section.title)}", "", *_content(section, folder, figures)]
    if brief.sections:
        lines += ["# Annex: every number, exactly", ""]
    for paragraph in brief.lead:
        lines += [_escaped(paragraph), ""]
    for number, section in enumerate(brief.sections, 1):
        lines += _section(number, section, folder, figures)
    if brief.limits:
        lines += ["## What the model does not say", "", _escaped(" ".join(brief.limits.split())), ""]
    if brief.sources:
        lines += ["## Sources", "", *(f"- {_escaped(source)}" for source in brief.sources), ""]
    return "\n".join(lines), figures


def _section(number: int, section: Section, folder: str, figures: dict[str, str]) -> Iterator[str]:
    yield from (f"## {number}. {_escaped(section.title)}", "")
    yield from _content(section, folder, figures)


def _content(section: Section, folder: str, figures: dict[str, str]) -> Iterator[str]:
    for paragraph in section.paragraphs:
        yield from (_escaped(paragraph), "")
    for point in section.points:
        yield f"- {_escaped(point)}"
    if section.points:
        yield ""
    for figure in section.figures:
        name = f"figure-{len(figures) + 1}.svg"
        figures[name] = _FILE_HEAD + figure.svg
        yield from (f"![{_escaped(figure.caption)}](<{folder}/{name}>)", "", f"*{_escaped(figure.caption)}*", "")
    for table in section.tables:
        yield from _table(table)


_FILE_HEAD = '<?xml version="1.0" encoding="utf-8" standalone="no"?>\n'


def _table(table: Table) -> Iterator[str]:
    rules = ["--:" if table.numeric(k) else ":--" for k in range(len(table.columns))]
    if table.title:
        yield from (f"**{_escaped(table.title)}**", "")
    for row in (table.columns, rules, *table.rows):
        yield "| " + " | ".join(row if row is rules else map(_escaped, row)) + " |"
    yield ""


def _escaped(text: str) -> str:
    """Return text in which nothing is markup."""
    escaped = " ".join(text.split())
    for mark in ("\\", "`", "*", "_", "|", "<", "[", "]", "#"):
        escaped = escaped.replace(mark, f"\\{mark}")
    return escaped
