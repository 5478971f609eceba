"""The arguments and options that commands share, declared once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from deterrence.cli import completion

Name = Annotated[
    str,
    typer.Argument(
        metavar="MODEL",
        help="A model's name ('deterrence models' lists them), a file that holds a game (.json, .toml, .efg or .nfg), "
        "or a Python file, which is run, that defines a game or a Model (FILE.py:NAME where it defines several).",
        autocompletion=completion.models,
    ),
]
MEASURE = (
    "The probability of an outcome or action by its name, 'PLAYER:ACTION' where several players have the action, or "
    "'payoff:PLAYER'."
)
Measure = Annotated[str, typer.Argument(metavar="MEASURE", help=MEASURE, autocompletion=completion.measures)]
Measures = Annotated[
    list[str] | None, typer.Argument(metavar="MEASURE", help=MEASURE, autocompletion=completion.measures)
]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NAME=VALUE",
        help="Set a parameter; may be given several times.",
        autocompletion=completion.settings,
    ),
]
Vary = Annotated[
    list[str] | None,
    typer.Option(
        "--vary",
        metavar="NAME[=VALUES]",
        help="Vary a parameter: NAME=LOW:HIGH:COUNT, NAME=LOW:HIGH, NAME=A,B,C, or NAME for its plausible values.",
        autocompletion=completion.settings,
    ),
]
Between = Annotated[
    str | None, typer.Option("--between", metavar="LOW:HIGH", help="Look there, not over the plausible values.")
]
Parameters = Annotated[
    list[str] | None,
    typer.Option(
        "--parameters",
        metavar="A,B",
        help="These parameters alone; the others keep their values.",
        autocompletion=completion.parameters,
    ),
]
Method = Annotated[
    str,
    typer.Option(
        "--method",
        "--concept",
        metavar="CONCEPT",
        help="The solution concept: nash, subgame-perfect, perfect-bayesian, sequential, quantal or correlated. By "
        "default the one that suits the game.",
        autocompletion=completion.methods,
    ),
]
Rationality = Annotated[
    str, typer.Option("--rationality", metavar="NUMBER", help="How rational the players of 'quantal' are, from 0 on.")
]
Limit = Annotated[
    int | None, typer.Option("--limit", metavar="COUNT", help="The most steps that the method's search takes.")
]
Budget = Annotated[
    float | None, typer.Option("--budget", metavar="SECONDS", help="The most time for finding the classes.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON ('deterrence schema' prints its form).")]
Csv = Annotated[bool, typer.Option("--csv", help="Print a table of comma-separated values, with a line of headings.")]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write to a file, in the form that its name ends in: .json, .csv or .txt; .svg, .png or .pdf where "
        "the answer has a picture.",
    ),
]
Force = Annotated[bool, typer.Option("--force", help="Write over files that exist.")]
Plain = Annotated[bool, typer.Option("--plain", help="Print without colour.")]
