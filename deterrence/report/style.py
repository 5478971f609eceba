"""How the page of a brief looks: on a screen by day and by night, on a phone, and on two sheets of paper."""

STYLE = """
:root { color-scheme: light dark; --ink: #1d2733; --quiet: #5a6675; --line: #d9dfe6; --accent: #24507a;
  --paper: #ffffff; --holds: #20603a; --depends: #8a5a00; --fails: #9b2226; }
@media (prefers-color-scheme: dark) { :root { --ink: #e3e7ec; --quiet: #a3adb9; --line: #3a434e; --accent: #8fbbe4;
  --paper: #14181d; --holds: #7fce9d; --depends: #e2b65a; --fails: #f08f92; }
  .drawn svg { filter: invert(.92) hue-rotate(180deg); } }
* { box-sizing: border-box; }
body { margin: 0; font: 17px/1.55 Georgia, "Times New Roman", serif; color: var(--ink); background: var(--paper); }
main { max-width: 50rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.75rem; line-height: 1.2; margin: 0 0 .4rem; }
h2 { font-size: 1.1rem; line-height: 1.3; margin: 1.5rem 0 .4rem; color: var(--accent); }
p, ul { margin: 0 0 .8rem; } ul { padding-left: 1.2rem; } li { margin: 0 0 .3rem; }
.caution { color: var(--quiet); font-style: italic; }
.run { color: var(--accent); }
.note, figcaption, caption { color: var(--quiet); font: 13px/1.45 system-ui, sans-serif; }
a { color: var(--accent); }
.beside { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); gap: 0 1.6rem; }
.beside p, .beside li { font-size: .93em; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; margin: .6rem 0 1rem; font: 14px/1.4 system-ui, sans-serif; width: 100%; }
caption { text-align: left; padding: .2rem 0 .4rem; font-weight: 600; }
th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--quiet); font-weight: 600; }
td:first-child { min-width: 6rem; overflow-wrap: break-word; font-weight: 600; }
td.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
th.number { text-align: right; }
figure { margin: .8rem 0; } figure svg { display: block; max-width: 100%; height: auto; margin: 0 auto; }
details { border-top: 1px solid var(--line); margin-top: 1.5rem; padding-top: 1rem; }
summary { cursor: pointer; color: var(--accent); font-weight: 600; }
iframe { width: 100%; height: 80vh; border: 1px solid var(--line); }
nav ol { columns: 2; column-gap: 2.5rem; font: 15px/1.6 system-ui, sans-serif; } nav a { text-decoration: none; }
.holds { color: var(--holds); font-weight: 600; } .depends { color: var(--depends); font-weight: 600; }
.fails { color: var(--fails); font-weight: 600; }
@media (max-width: 44rem) {
  body { font-size: 16px; overflow-wrap: break-word; } main { padding: 1.2rem 1rem 3rem; } h1 { font-size: 1.4rem; }
  nav ol { columns: 1; padding-left: 1.4rem; }
  .drawn { overflow-x: auto; } .page > figure svg { min-width: 31rem; }
  table, caption, tbody, tr, td { display: block; } thead { display: none; }
  tr { border-bottom: 1px solid var(--line); padding: .5rem 0; }
  td, td.number { border: 0; padding: .1rem 0; text-align: left; }
  td.number { white-space: normal; } td:empty { display: none; }
  td:not(:first-child)::before { content: attr(data-label) ": "; color: var(--quiet); }
}
@page { size: A4; margin: 13mm 16mm; }
@media print {
  :root { --ink: #000000; --quiet: #444444; --line: #bbbbbb; --accent: #24507a; --paper: #ffffff;
    --holds: #20603a; --depends: #8a5a00; --fails: #9b2226; }
  .drawn svg { filter: none; }
  body { font-size: 10.5pt; line-height: 1.42; } main { max-width: none; padding: 0; }
  h1 { font-size: 17pt; } h2 { font-size: 11.5pt; margin-top: 3.5mm; } p, ul { margin-bottom: 2.2mm; }
  .page + .page { break-before: page; }
  .page figure svg { max-height: 112mm; width: auto; }
  .beside { grid-template-columns: repeat(auto-fit, minmax(70mm, 1fr)); gap: 0 6mm; }
  .beside p, .beside li { font-size: 9pt; line-height: 1.35; } .beside figure svg { max-height: 50mm; }
  .beside h2 { margin-top: 0; } .beside + h2 { margin-top: 1mm; } ul { padding-left: 4mm; } li { margin-bottom: 1mm; }
  table { font-size: 8pt; line-height: 1.3; margin: 1mm 0 4mm; } th, td { padding: .8mm 3mm .8mm 0; }
  .note, figcaption, caption { font-size: 8.5pt; }
  h1, h2, summary { break-after: avoid; } figure, tr, li { break-inside: avoid; } p { orphans: 3; widows: 3; }
  .link, nav, #explorer, details:not([open]) { display: none; }
  details { border: 0; break-before: page; margin: 0; padding: 0; }
}
"""
