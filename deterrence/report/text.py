"""The brief as text for a terminal, with colour or without."""

from __future__ import annotations

import io
from typing import Any

from deterrence.report.document import Brief, Section, Table

WIDTH = 100


def as_text(brief: Brief, *, width: int = WIDTH) -> str:
    """Return a brief as plain text, without colour."""
    from rich.console import Console

    stream = io.StringIO()
    console = Console(
        file=stream, width=width, no_color=True, highlight=False, legacy_windows=False, force_jupyter=False
    )
    print_brief(brief, console)
    return stream.getvalue()


def print_brief(brief: Brief, console: Any) -> None:
    """Print a brief on a Rich console."""
    from rich.text import Text

    console.print(Text(brief.title, style="bold underline"))
    if brief.caution:
        console.print(Text(brief.caution, style="italic"))
    for page in brief.pages:
        for section in page:
            _print_short(section, console)
    if brief.sections:
        console.print()
        console.print(Text("Annex: every number, exactly", style="bold underline"))
    for paragraph in brief.lead:
        console.print()
        console.print(Text(paragraph))
    for number, section in enumerate(brief.sections, 1):
        _print_section(number, section, console)
    if brief.limits:
        console.print()
        console.print(Text("What the model does not say", style="bold"))
        console.print(Text(" ".join(brief.limits.split())))
    if brief.sources:
        console.print()
        console.print(Text("Sources", style="bold"))
        for source in brief.sources:
            console.print(Text(f"- {source}"))


def _print_short(section: Section, console: Any) -> None:
    """Print a section of the two pages, its title before its first paragraph; one that is a figure is left out."""
    from rich.text import Text

    if not (section.paragraphs or section.points or section.tables):
        return
    console.print()
    first, *more = section.paragraphs or ("",)
    console.print(
        Text.assemble(
            (f"{section.title}{'' if section.title.endswith('?') else '.'}", "bold cyan"), f" {first}".rstrip()
        )
    )
    for paragraph in more:
        console.print(Text(paragraph))
    for point in section.points:
        console.print(Text(f"- {point}"))
    for table in section.tables:
        console.print(table_in_rich(table))


def _print_section(number: int, section: Section, console: Any) -> None:
    from rich.text import Text

    console.print()
    console.print(Text(f"{number}. {section.title}", style="bold cyan"))
    for paragraph in section.paragraphs:
        console.print()
        console.print(Text(paragraph))
    for table in section.tables:
        console.print()
        console.print(table_in_rich(table))


def _kept_whole(table: Table, k: int) -> bool:
    """Tell whether a column holds names without spaces, which one copies."""
    return k == 0 and all(" " not in row[k] and len(row[k]) <= WIDTH // 2 for row in table.rows)


def table_in_rich(table: Table) -> Any:
    """Return a table for a Rich console."""
    from rich import box
    from rich.table import Table as RichTable
    from rich.text import Text

    rich_table = RichTable(
        title=Text(table.title, style="italic") if table.title else None,
        title_justify="left",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
    )
    for k, column in enumerate(table.columns):
        rich_table.add_column(
            Text(column),
            justify="right" if table.numeric(k) else "left",
            overflow="fold",
            no_wrap=_kept_whole(table, k),
        )
    for row in table.rows:
        rich_table.add_row(*(Text(cell) for cell in row))
    return rich_table
