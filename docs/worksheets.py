"""A Sphinx extension: worksheets to print, each a game of the course whose payoffs are left open."""

import re
from html import escape
from pathlib import Path

from generated import fill
from sphinx.application import Sphinx
from sphinx.config import Config

import deterrence as dt
from deterrence import Game, end, models, move, to_svg
from deterrence.games.words import listed
from deterrence.models import Model

FOLDER = "_pages/downloads/worksheets"
SHEET = Path(__file__).parent / "_teaching" / "worksheet.html"
GAMES = {
    "01-threats": "folklore/strike",
    "02-crisis-games": "snyder1977/chicken",
    "03-commitment": "schelling1966/tripwire",
    "05-types-and-beliefs": "zagare1993/rudimentary_deterrence",
    "06-signals": "cho1987/signalling_resolve",
    "07-bargaining": "fearon1995/shifting_power",
    "08-alliances": "snyder1984/alliance",
    "09-attribution": "avenhaus2002/alarm_only",
    "10-sanctions": "martin1992/senders_coalition",
    "11-security-dilemma": "snyder1977/stag_hunt",
}
"""Chapter -> the model on its worksheet: those whose trees leave room to write."""
OWN = "13-your-own-crisis"
OPEN = "........"
NAMES = re.compile(r'<g fill="[^"]+" font-size="[\d.]+" font-weight="bold">(?P<texts>.*?)</g>')
PLACE = re.compile(r'<text x="(?P<x>[\d.-]+)"')
PAYOFFS = re.compile(r'(<g fill="[^"]+" font-size="10">)(?P<texts>.*?)(</g>)')
HOW_TREE = """Begin at the last moves and go back: mark the better action of whoever moves there. Where somebody \
cannot see what happened (a dashed line), ask what it should believe. What happens from the start on?"""
HOW_TABLE = """For each column underline the better number of the one who chooses the row; for each row that of the \
one who chooses the column. Where both are underlined nobody gains by changing alone. How many such cells are there?"""


def write_worksheets(app: Sphinx, _config: Config) -> None:
    """Write the sheets; Sphinx copies them beside its pages."""
    sheets = {f"{chapter}.html": of_model(models.load(key)) for chapter, key in GAMES.items()}
    fill(Path(app.srcdir) / FOLDER, sheets | {f"{OWN}.html": of_an_own_crisis()})


def of_model(model: Model) -> str:
    """Return a worksheet on a model's game."""
    names = ", ".join(name.replace("_", " ") for name in model.game.parameters)
    source = f"The library's model {model.key}, in which the numbers are called {names}."
    return sheet(model.game, model.title.partition(":")[0], source)


def of_an_own_crisis() -> str:
    """Return a worksheet on a tree whose actions and ends are left open, too."""
    first, second, third, fourth, a, b, c = (OPEN + " " * k for k in range(7))
    answer = move("Second side", {third: end(b, 0, 0), fourth: end(c, 0, 0)})
    game = dt.Game(
        ("First side", "Second side"), move("First side", {first: end(a, 0, 0), second: answer}), name="crisis"
    )
    return sheet(game, "A crisis of your own", "Name the actions, too, and add branches where your crisis has them.")


def sheet(game: Game, title: str, source: str) -> str:
    """Return a worksheet on a game."""
    two_by_two = is_table(game)
    return SHEET.read_text(encoding="utf-8").format(
        title=escape(title),
        caption=escape(game.caption.splitlines()[0] if game.caption else ""),
        picture=table(game) if two_by_two else open_tree(game),
        players=escape(listed(game.players)),
        how=HOW_TABLE if two_by_two else HOW_TREE,
        lines='<div class="line"></div>' * 2,
        source=escape(source),
    )


def is_table(game: Game) -> bool:
    """Tell whether two players choose at the same time, once each, without chance."""
    movers = {each.player for each in game.information_sets}
    ends = sum(outcome is not None for outcome in game.form.outcome)
    return len(game.players) == 2 and len(game.information_sets) == 2 and movers == set(game.players) and ends == 4


def table(game: Game) -> str:
    """Return an open table of a game of 2 × 2."""
    row, column = game.players
    actions = {s.player: [escape(action) for action in s.actions] for s in game.information_sets}
    head = "".join(f"<th>{escape(column)}: {action}</th>" for action in actions[column])
    lines = "".join(
        f"<tr><th>{escape(row)}: {action}</th>" + f"<td>{OPEN} , {OPEN}</td>" * len(actions[column]) + "</tr>"
        for action in actions[row]
    )
    return f'<table class="cell"><tr><th class="corner"></th>{head}</tr>{lines}</table>'


def open_tree(game: Game) -> str:
    """Return a drawn tree whose payoffs are left open."""
    drawn = re.sub(r"^<\?xml[^>]*\?>\s*|<desc>.*?</desc>", "", to_svg(game), flags=re.DOTALL)
    columns = {place for names in NAMES.finditer(drawn) for place in PLACE.findall(names["texts"])}
    return PAYOFFS.sub(lambda found: found[1] + opened(found["texts"], columns) + found[3], drawn)


def opened(texts: str, columns: set[str]) -> str:
    """Return texts with dots in place of those that stand in the columns of payoffs, once for each payoff."""

    def dots(text: re.Match[str]) -> str:
        if text["x"] not in columns:
            return text[0]
        goes_on = text["words"][:2] in {"+ ", "− "}  # the further lines of a long payoff begin with a sign
        return "" if goes_on else f"{text['open']}{OPEN}</text>"

    return re.sub(r'(?P<open><text x="(?P<x>[\d.-]+)"[^>]*>)(?P<words>[^<]*)</text>', dots, texts)


def setup(app: Sphinx) -> dict[str, bool]:
    """Connect the handler."""
    app.connect("config-inited", write_worksheets, priority=520)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
