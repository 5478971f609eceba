"""How the game is built, and every number on which the answers depend."""

from __future__ import annotations

from deterrence.games.expression import show_number, show_value
from deterrence.report.document import Section, Table
from deterrence.report.sections.asking import Asking
from deterrence.report.wording import bracketed, over, range_in_cell
from deterrence.solvers.solve import solve


def stages(asking: Asking) -> Section:
    """Answer what each mechanism adds to the game, one after the other."""
    steps, rows = asking.model.steps, []
    for number, (title, _, game) in enumerate(steps):
        asking.progress(number / len(steps), "solving the stages")
        shared = {name: value for name, value in asking.game.values.items() if name in game.values}
        equilibria = solve(game.at(shared)).representatives
        rows.append((title, *(range_in_cell(*over(equilibria, measure)) for measure in asking.measures)))
    words = "Each stage adds one mechanism to the previous stage; shared parameters keep their present values."
    tables = (
        Table("The stages", ("stage", "what it adds"), tuple((title, sentence) for title, sentence, _ in steps)),
        Table(
            f"Probabilities at each stage{bracketed(cell for row in rows for cell in row)}",
            ("stage", *(measure.name for measure in asking.measures)),
            tuple(rows),
        ),
    )
    return Section("How is the game built, and what does each mechanism add?", (words,), tables)


def assumptions(asking: Asking) -> Section:
    """Answer what is assumed: each parameter's value, range, meaning and why."""
    game, model = asking.game, asking.model
    why = model.why
    declared = any(p.plausible for p in game.parameter_list)
    columns = ("parameter", "value", "range", "meaning", *(("why this value",) if why else ()))
    rows = tuple(
        (
            *(p.name, show_number(p.value), p.range, p.meaning),
            *((why.get(p.name, ""),) if why else ()),
            *((p.plausible_range, p.why) if declared else ()),
        )
        for p in game.parameter_list
    )
    columns += ("plausible values", "why these") if declared else ()
    words = ["Every number on which the answers depend. Change one and write the brief again to see its effect."]
    if model.assumptions:
        words.append(f"The work assumes: {' '.join(model.assumptions)}")
    if game.assumptions:
        words.append("Further assumptions: " + ", ".join(map(show_value, game.assumptions)) + ".")
    return Section("What is assumed?", tuple(words), (Table("Parameters", columns, rows),))
