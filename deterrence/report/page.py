"""The brief as one self-contained page: two pages to print, the annex behind a link, nothing loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from deterrence.report.document import Brief, Figure, Section, Table
from deterrence.report.style import STYLE

VERDICTS = ("holds", "depends", "fails")
FOOT = "Made with deterrence. Payoffs are illustrative; the model is not a forecast."


def as_html(brief: Brief, *, opened: bool = False) -> str:
    """Return a brief as one HTML page with its figures inside as SVG.

    Parameters
    ----------
    brief
        The brief.
    opened
        Whether the annex stands open, as it must to be printed.
    """
    pages = "".join(f'<section class="page">{_page(brief, number)}</section>\n' for number in range(len(brief.pages)))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(brief.title)}</title><style>{STYLE}</style></head><body><main>\n"
        f"{pages}{explorer_part(brief)}{_annex(brief, opened)}"
        "</main></body></html>\n"
    )


def explorer_part(brief: Brief) -> str:
    """Return the part of the page in which a reader moves the parameters; an empty text where the brief has none."""
    if brief.explorer is None:
        return ""
    return (
        '<details id="explorer"><summary>Move the parameters</summary>'
        f'<iframe title="Explorer" loading="lazy" srcdoc="{escape(brief.explorer())}"></iframe></details>\n'
    )


def _page(brief: Brief, number: int) -> str:
    """Return the first page with its title, or the second one with its foot."""
    sections = brief.pages[number]
    if number == 0:
        head = f'<h1>{escape(brief.title)}</h1><p class="caution">{escape(brief.caution)}</p>'
        return head + "".join(map(_run_in, sections))
    levers = [part for part in sections if part.figures]
    tables = [part for part in sections if part.tables]
    rest = [part for part in sections if not part.figures and not part.tables]
    parts = (_beside(levers, _lever), "".join(map(_below, tables)), _beside(rest, _below))
    source = f"Source: {escape(brief.sources[0])} " if brief.sources else ""  # and what the model is to it
    return "".join(parts) + f'<p class="note">{source}{_links(brief)}{FOOT}</p>'


def _beside(sections: Sequence[Section], written: Callable[[Section], str]) -> str:
    """Return sections side by side, where there is room."""
    parts = "".join(f"<div>{written(section)}</div>" for section in sections)
    return f'<div class="beside">{parts}</div>' if sections else ""


def _links(brief: Brief) -> str:
    """Return links to what stands below the two pages."""
    links = ['<a href="#explorer">Move the parameters</a>'] if brief.explorer is not None else []
    links += ['<a href="#annex">Annex: every number, exactly</a>'] if brief.sections else []
    return "".join(f'<span class="link">{link}. </span>' for link in links)


def _run_in(section: Section) -> str:
    """Return a section of the first page, its title before its first paragraph; what is said of a figure follows it."""
    if section.figures:
        words = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in section.paragraphs)
        return f'{"".join(map(_figure, section.figures))}<div class="note">{words}</div>'
    first, *more = section.paragraphs or ("",)
    text = f'<p><strong class="run">{escape(section.title)}.</strong> {escape(first)}</p>' if first else ""
    return text + "".join(f"<p>{escape(words)}</p>" for words in more)


def _lever(section: Section) -> str:
    """Return a small figure under its question, with its sentence below."""
    words = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in section.paragraphs)
    drawn = "".join(f'<figure><div class="drawn">{figure.svg}</div></figure>' for figure in section.figures)
    return f"<h2>{escape(section.title)}</h2>{drawn}{words}"


def _below(section: Section) -> str:
    return f"<h2>{escape(section.title)}</h2>{_content(section)}"


def _annex(brief: Brief, opened: bool) -> str:
    """Return the annex, closed unless it is ``opened``; a browser opens it for a link to what stands in it."""
    state = " open" if opened else ""
    if not brief.sections:
        return ""
    lead = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in brief.lead)
    links = "".join(f'<li><a href="#s{i}">{escape(s.title)}</a></li>' for i, s in enumerate(brief.sections, 1))
    body = "".join(
        f'<h2 id="s{i}">{i}. {escape(section.title)}</h2>{_content(section)}\n'
        for i, section in enumerate(brief.sections, 1)
    )
    limits = (
        f"<h2>What the model does not say</h2><p>{escape(' '.join(brief.limits.split()))}</p>" if brief.limits else ""
    )
    sources = "".join(f"<li>{escape(source)}</li>" for source in brief.sources)
    sources = f"<h2>Sources</h2><ul>{sources}</ul>" if sources else ""
    return (
        f'<details{state}><summary>Annex: every number, exactly</summary><div id="annex">{lead}</div>'
        f"<nav><ol>{links}</ol></nav>"
        f"{body}{limits}{sources}</details>\n"
    )


def _content(section: Section) -> str:
    paragraphs = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in section.paragraphs)
    points = "".join(f"<li>{escape(point)}</li>" for point in section.points)
    points = f"<ul>{points}</ul>" if points else ""
    return paragraphs + points + "".join(map(_figure, section.figures)) + "".join(map(_table, section.tables))


def _figure(figure: Figure) -> str:
    caption = f"<figcaption>{escape(figure.caption)}</figcaption>"
    return f'<figure><div class="drawn">{figure.svg}</div>{caption}</figure>'


def _table(table: Table) -> str:
    numeric = [bool(table.title) and table.numeric(k) for k in range(len(table.columns))]
    head = "".join(f"<th{_flush(right)}>{escape(c)}</th>" for c, right in zip(table.columns, numeric, strict=True))
    rows = "".join(f"<tr>{_row(table.columns, row, numeric)}</tr>" for row in table.rows)
    title = f"<caption>{escape(table.title)}</caption>" if table.title else ""
    return f'<div class="wide"><table>{title}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _row(columns: tuple[str, ...], row: tuple[str, ...], numeric: list[bool]) -> str:
    cells = []
    for column, cell, right in zip(columns, row, numeric, strict=True):
        verdict = f' class="{cell}"' if cell in VERDICTS else _flush(right)
        cells.append(f'<td{verdict} data-label="{escape(column)}">{escape(cell)}</td>')
    return "".join(cells)


def _flush(right: bool) -> str:
    return ' class="number"' if right else ""
