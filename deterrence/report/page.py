"""The brief as one self-contained page: figures inside, nothing loaded from elsewhere."""

from __future__ import annotations

from html import escape

from deterrence.report.document import Brief, Section, Table

STYLE = """
:root { color-scheme: light; --ink: #1d2733; --quiet: #5a6675; --line: #d9dfe6; --accent: #24507a; }
* { box-sizing: border-box; }
body { margin: 0; font: 17px/1.6 Georgia, "Times New Roman", serif; color: var(--ink); background: white; }
main { max-width: 58rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; }
h1 { font-size: 2rem; line-height: 1.2; margin: 0 0 1rem; }
h2 { font-size: 1.3rem; margin: 2.6rem 0 .6rem; padding-top: 1rem; color: var(--accent); }
h2 { border-top: 1px solid var(--line); }
.lead p:first-child { font-size: 1.15rem; }
.note, figcaption, caption { color: var(--quiet); font: 14px/1.5 system-ui, sans-serif; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: 1rem 0; font: 14px/1.45 system-ui, sans-serif; min-width: 24rem; }
caption { text-align: left; padding: .2rem 0 .4rem; font-weight: 600; }
th, td { text-align: left; vertical-align: top; padding: .35rem 1.1rem .35rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--quiet); font-weight: 600; }
td:first-child { min-width: 6.5rem; overflow-wrap: break-word; }
td.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
th.number { text-align: right; }
figure { margin: 1.4rem 0; } figure svg { display: block; max-width: 100%; height: auto; }
nav ol { columns: 2; font: 15px/1.6 system-ui, sans-serif; } nav a { color: var(--accent); text-decoration: none; }
.holds { color: #20603a; font-weight: 600; } .depends { color: #8a5a00; font-weight: 600; }
.fails { color: #9b2226; font-weight: 600; }
@media (max-width: 44rem) {
  body { font-size: 16px; overflow-wrap: break-word; } main { padding: 1.2rem 1rem 3rem; } h1 { font-size: 1.5rem; }
  nav ol { columns: 1; padding-left: 1.4rem; }
  table { min-width: 0; width: 100%; } table, caption, tbody, tr, td { display: block; } thead { display: none; }
  tr { border-bottom: 1px solid var(--line); padding: .5rem 0; }
  td, td.number { border: 0; padding: .1rem 0; text-align: left; }
  td.number { white-space: normal; } td:first-child { font-weight: 600; }
  td:not(:first-child)::before { content: attr(data-label) ": "; color: var(--quiet); }
}
@media print { main { max-width: none; } h2 { break-after: avoid; } }
@media print { figure, table { break-inside: avoid; } }
"""


def as_html(brief: Brief) -> str:
    """Return a brief as one HTML page with its figures inside as SVG."""
    lead = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in brief.lead)
    links = "".join(f'<li><a href="#s{i}">{escape(s.title)}</a></li>' for i, s in enumerate(brief.sections, 1))
    body = "".join(_section(i, section) for i, section in enumerate(brief.sections, 1))
    limits = (
        f"<h2>What the model does not say</h2><p>{escape(' '.join(brief.limits.split()))}</p>" if brief.limits else ""
    )
    sources = "".join(f"<li>{escape(source)}</li>" for source in brief.sources)
    sources = f"<h2>Sources</h2><ul>{sources}</ul>" if sources else ""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(brief.title)}</title><style>{STYLE}</style></head><body><main>"
        f'<h1>{escape(brief.title)}</h1><div class="lead">{lead}</div><nav><ol>{links}</ol></nav>'
        f"{body}{limits}{sources}"
        '<p class="note">Made with deterrence. Payoffs are illustrative; the model is not a prediction.</p>'
        "</main></body></html>\n"
    )


def _section(number: int, section: Section) -> str:
    paragraphs = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in section.paragraphs)
    figures = "".join(
        f'<figure><div class="drawn">{figure.svg}</div><figcaption>{escape(figure.caption)}</figcaption></figure>'
        for figure in section.figures
    )
    tables = "".join(map(_table, section.tables))
    return f'<h2 id="s{number}">{number}. {escape(section.title)}</h2>{paragraphs}{figures}{tables}\n'


def _table(table: Table) -> str:
    numeric = [table.numeric(k) for k in range(len(table.columns))]
    head = "".join(f"<th{_flush(right)}>{escape(c)}</th>" for c, right in zip(table.columns, numeric, strict=True))
    rows = "".join(f"<tr>{_row(table.columns, row, numeric)}</tr>" for row in table.rows)
    return (
        f'<div class="wide"><table><caption>{escape(table.title)}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
    )


def _row(columns: tuple[str, ...], row: tuple[str, ...], numeric: list[bool]) -> str:
    cells = []
    for column, cell, right in zip(columns, row, numeric, strict=True):
        verdict = f' class="{cell}"' if cell in VERDICTS else _flush(right)
        cells.append(f'<td{verdict} data-label="{escape(column)}">{escape(cell)}</td>')
    return "".join(cells)


VERDICTS = ("holds", "depends", "fails")


def _flush(right: bool) -> str:
    return ' class="number"' if right else ""
