"""``deterrence verify``: whether a profile or a proposition of one's own is true for all parameter values in range."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from deterrence.cli import options
from deterrence.cli.answer import Answer, Form, number, numbers, question
from deterrence.cli.given import model_of, names_of
from deterrence.cli.methods import method_of
from deterrence.cli.progress import with_progress
from deterrence.errors import ParameterError

COLUMNS = ("claim", "where", "verdict", "found", "counterexample")
PAIR = "PLAYER=ACTION"


def verify(
    name: options.Name,
    *,
    profile: Annotated[
        list[str] | None,
        typer.Option(
            "--profile",
            metavar="PLAYER=ACTION,…",
            help="Strategies: by player or information set an action, or ACTION:PROBABILITY with a number or a "
            "formula; repeatable.",
        ),
    ] = None,
    that: Annotated[
        str,
        typer.Option(
            "--that",
            metavar="TEXT",
            help="A proposition, such as 'probability(war) <= 1/2', or the name of an equilibrium class.",
        ),
    ] = "",
    where: Annotated[
        list[str] | None,
        typer.Option("--where", metavar="CONDITION", help="Only where this holds, such as 'prize > war'; repeatable."),
    ] = None,
    exactly: Annotated[
        str,
        typer.Option("--exactly", metavar="CONDITION", help="It is an equilibrium where this holds and nowhere else."),
    ] = "",
    some: Annotated[
        bool, typer.Option("--some", help="The proposition is true in some equilibrium, not in every one.")
    ] = False,
    here: Annotated[
        bool, typer.Option("--here", help="Check the profile at the present values alone, and say what breaks it.")
    ] = False,
    settings: options.Settings = None,
    parameters: options.Parameters = None,
    method: options.Method = "",
    budget: options.Budget = None,
    as_json: options.Json = False,
    as_csv: options.Csv = False,
    output: options.Output = None,
    force: options.Force = False,
    plain: options.Plain = False,
) -> None:
    """Tell whether a claim is true for all parameter values in range; if not, give a counterexample.

    The exit status is 0 where it holds, else 1.
    """
    form = Form.of(json=as_json, csv=as_csv, output=output, force=force, pictures=False)
    if bool(profile) == bool(that):
        raise ParameterError("Give one claim: --profile 'PLAYER=ACTION,…', or --that 'probability(war) <= 1/2'.")
    concept, model = method_of(method), model_of(name, settings)
    claim: Any = strategies_of(profile) if profile else that
    if here:
        found = _here(model, claim, concept)
    else:
        options_given: dict[str, Any] = {"where": list(where or ()) or None, "exactly": exactly or None}
        options_given |= {
            "some": some,
            "budget": budget,
            "parameters": names_of(parameters, model.game),
            "method": concept,
        }
        found = with_progress(
            lambda progress: _verified(model, claim, options_given, progress),
            f"Verifying a claim about {model.game.name}",
            plain=plain,
        )
    form.give(found)
    if not found.fields["holds"]:
        sys.exit(1)


def strategies_of(texts: list[str] | None) -> dict[str, Any]:
    """Return strategies from texts such as ``Challenger=strike,Defender=retaliate:1/3``.

    Raises
    ------
    ParameterError
        If a part is not of this form, or a place is named twice with an action alone.
    """
    found: dict[str, Any] = {}
    for part in (part.strip() for text in texts or () for part in text.split(",") if part.strip()):
        place, equals, played = (side.strip() for side in part.partition("="))
        if not equals or not played:
            raise ParameterError(
                f"--profile takes {PAIR} or PLAYER=ACTION:PROBABILITY, with commas between; got {part!r}."
            )
        action, colon, chance = (side.strip() for side in played.partition(":"))
        if not isinstance(found.setdefault(place, {}), dict) or action in found[place]:
            raise ParameterError(f"--profile says twice what {place!r} does; give probabilities, ACTION:PROBABILITY.")
        found[place][action] = chance if colon else 1
    return found


def _verified(model: Any, claim: Any, given: dict[str, Any], progress: Any) -> Answer:
    from deterrence.analysis.referee.verify import verify as find
    from deterrence.solvers.solve import chosen_method

    found = find(model.game, claim, progress=progress, **given)
    wrong = found.counterexample
    fields = {
        "holds": found.holds is True,
        "verdict": found.verdict,
        "claim": found.claim,
        "where": found.where,
        "found": found.found,
        "points": found.points,
        "counterexample": None if wrong is None else {"values": numbers(wrong.values), "sentence": wrong.sentence},
    }
    row = (found.claim, found.where, found.verdict, found.found, "" if wrong is None else str(wrong))
    return Answer(
        question("verify", model, method=chosen_method(model.game, given["method"])),
        fields,
        COLUMNS,
        [row],
        lambda: str(found),
    )


def _here(model: Any, claim: Any, concept: Any) -> Answer:
    from deterrence.analysis.referee.profile import profile as check
    from deterrence.solvers.solve import chosen_method

    if isinstance(claim, str):
        raise ParameterError("--here checks a profile: give --profile.")
    found = check(model.game, claim, method=concept)
    breaks = [
        {"player": item.player, "information_set": item.information_set, "kind": item.kind, "gain": number(item.gain),
         "sentence": item.sentence}
        for item in found.breaks
    ]  # fmt: skip
    fields = {
        "holds": found.is_equilibrium is True,
        "concepts": dict(found.concepts),
        "regret": number(found.regret),
        "payoffs": numbers(found.payoffs),
        "outcomes": numbers(found.outcomes),
        "breaks": breaks,
    }
    row = (found.verdict, "at the present values", "", "", " ".join(map(str, found.breaks)))
    return Answer(
        question("verify", model, method=chosen_method(model.game, concept)), fields, COLUMNS, [row], lambda: str(found)
    )
