"""The form of what ``--json`` prints, as JSON Schema: one document, whose answer depends on the verb."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from deterrence.cli.answer import SCHEMA
from deterrence.models.theory import WORDS

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
BOOLEAN: Schema = {"type": "boolean"}
COUNT: Schema = {"type": "integer", "minimum": 0}
DECIMAL: Schema = {"type": ["number", "null"]}
OPTIONAL_TEXT: Schema = {"type": ["string", "null"]}


def _record(**properties: Schema) -> Schema:
    """Return the form of an object with just these fields."""
    return {"type": "object", "required": list(properties), "additionalProperties": False, "properties": properties}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _by_name(values: Schema) -> Schema:
    return {"type": "object", "additionalProperties": values}


NUMBER: Schema = {
    "description": "A number as the nearest double and, where it is exact, as a fraction in text; null where none is.",
    "anyOf": [{"type": "null"}, _record(number=DECIMAL, exact=OPTIONAL_TEXT)],
}
FORMULA: Schema = {"description": "An expression in the parameters, or an exact number, as text.", **OPTIONAL_TEXT}
NUMBERS = _by_name(NUMBER)
RANGE = _record(low=DECIMAL, high=DECIMAL)
STATUS = {"status": TEXT, "complete": BOOLEAN}
FREE = {"information_set": TEXT, "kind": {"enum": ["probability", "belief"]}, "of": TEXT}

PIECE = _record(low=NUMBER, high=NUMBER, actions=NUMBERS)
EQUILIBRIUM = _record(
    name=TEXT,
    strategies={
        "description": (
            "Information set -> action -> probability; where it depends on a number that the player privately knows, "
            "intervals of that number, or words; of a continuous model and of numbers chosen, numbers by name."
        ),
        **_by_name({"anyOf": [NUMBER, NUMBERS, _list(PIECE), TEXT]}),
    },
    beliefs=_by_name({"anyOf": [NUMBERS, TEXT]}),
    outcomes=NUMBERS,
    payoffs=NUMBERS,
    on_path=_list(TEXT),
    free=_list(_record(**FREE, low=NUMBER, high=NUMBER)),
    regret=NUMBER,
)
EQUILIBRIUM_CLASS = _record(
    name=TEXT,
    when={"description": "When the class exists, in words.", **TEXT},
    condition={"description": "The same as SymPy writes it.", **TEXT},
    strategies=_by_name(_by_name(FORMULA)),
    beliefs=_by_name(_by_name(FORMULA)),
    outcomes=_by_name(FORMULA),
    payoffs=_by_name(FORMULA),
    free=_list(_record(**FREE, symbol=TEXT, low=FORMULA, high=FORMULA)),
)
SIDE = _record(low=NUMBER, high=NUMBER)
BOUNDARY = _record(
    value=NUMBER,
    formula=FORMULA,
    direction=TEXT,
    below=SIDE,
    above=SIDE,
    classes_that_end=_list(TEXT),
    classes_that_begin=_list(TEXT),
)
THRESHOLD = _record(
    parameter=TEXT,
    value=NUMBER,
    formula=FORMULA,
    direction=TEXT,
    complete=BOOLEAN,
    boundaries=_list(BOUNDARY),
    beyond={"description": "Jumps at admissible values where none is plausible.", **_list(NUMBER)},
)
PLAUSIBLE = {"anyOf": [{"type": "null"}, _record(low=NUMBER, high=NUMBER, why=TEXT)]}
PARAMETER = _record(name=TEXT, meaning=TEXT, symbol=TEXT, value=NUMBER, low=NUMBER, high=NUMBER, plausible=PLAUSIBLE)
BREAK = _record(player=TEXT, information_set=TEXT, kind={"enum": ["choice", "belief"]}, gain=NUMBER, sentence=TEXT)
COUNTEREXAMPLE = {"anyOf": [{"type": "null"}, _record(values=NUMBERS, sentence=TEXT)]}
RADIUS = _record(
    parameter=TEXT,
    value=NUMBER,
    scale=NUMBER,
    below=NUMBER,
    above=NUMBER,
    nearest=NUMBER,
    distance=DECIMAL,
)
INDEX_ENDS = ("alone", "alone_low", "alone_high", "total", "total_low", "total_high")
MODEL = _record(
    key=TEXT,
    title=TEXT,
    authors=TEXT,
    year={"type": ["integer", "string", "null"]},
    relation=TEXT,
    topic=TEXT,
    players=COUNT,
    hidden_information=BOOLEAN,
    kind=TEXT,
    parameters=COUNT,
    claims=COUNT,
    placed=COUNT,
    **dict.fromkeys(WORDS, _list(TEXT)),
)
CLAIM = _record(**dict.fromkeys(("claim", "place", "basis", "verdict", "expected", "found", "condition"), TEXT))

ANSWERS: Mapping[str, Schema] = {
    "solve": {
        "anyOf": [
            _record(**STATUS, count=COUNT, equilibria=_list(EQUILIBRIUM)),
            {
                "description": "Of correlated equilibria: ranges over all of them.",
                **_record(**STATUS, outcomes=_by_name(RANGE), payoffs=_by_name(RANGE)),
            },
        ]
    },
    "characterize": _record(**STATUS, count=COUNT, classes=_list(EQUILIBRIUM_CLASS)),
    "sweep": _record(
        **STATUS,
        classes=_list(TEXT),
        columns={"description": "The varied parameters, then measure, low, high and classes.", **_list(TEXT)},
        rows=_list(_list({"type": ["number", "string", "null"]})),
    ),
    "threshold": _record(complete=BOOLEAN, thresholds=_list(THRESHOLD)),
    "regions": _record(
        **STATUS,
        exact=BOOLEAN,
        classes=_list(TEXT),
        regions=_list(_record(classes=_list(TEXT), share=DECIMAL)),
        borders=_list(TEXT),
    ),
    "robustness": _record(
        proved=BOOLEAN,
        parameters=_list(RADIUS),
        together={"anyOf": [{"type": "null"}, _record(distance=DECIMAL, values=NUMBERS)]},
        left_out=_list(TEXT),
    ),
    "sensitivity": _record(
        status=TEXT,
        confidence=DECIMAL,
        rejected=DECIMAL,
        too_small_for=_list(TEXT),
        indices=_list(_record(measure=TEXT, parameter=TEXT, **dict.fromkeys(INDEX_ENDS, DECIMAL))),
    ),
    "compare": _record(
        **STATUS, rows=_list(_record(scenario=TEXT, measure=TEXT, low=DECIMAL, high=DECIMAL, equilibria=COUNT))
    ),
    "verify": {
        "anyOf": [
            _record(
                holds=BOOLEAN,
                verdict={"enum": ["holds", "fails", "open"]},
                claim=TEXT,
                where=TEXT,
                found=TEXT,
                points=COUNT,
                counterexample=COUNTEREXAMPLE,
            ),
            {
                "description": "Of a profile at the present values (--here).",
                **_record(
                    holds=BOOLEAN,
                    concepts=_by_name({"type": ["boolean", "null"]}),
                    regret=NUMBER,
                    payoffs=NUMBERS,
                    outcomes=NUMBERS,
                    breaks=_list(BREAK),
                ),
            },
        ]
    },
    "show": _record(
        title=TEXT,
        source=OPTIONAL_TEXT,
        relation=OPTIONAL_TEXT,
        changed=OPTIONAL_TEXT,
        topic=OPTIONAL_TEXT,
        players=_list(TEXT),
        outcomes=_list(TEXT),
        actions=_list(TEXT),
        parameters=_list(PARAMETER),
        assumptions=_list(TEXT),
        does_not_say=OPTIONAL_TEXT,
        game={"description": "The game file ('deterrence schema game'); null of a model that is no finite tree."},
    ),
    "check": _record(holds=BOOLEAN, counts=_by_name(COUNT), models=_by_name(_list(CLAIM))),
    "models": _record(count=COUNT, models=_list(MODEL)),
}
"""By the verb, the form of the answer."""

QUESTION: Schema = {
    "type": "object",
    "required": ["verb"],
    "additionalProperties": False,
    "properties": {
        "verb": {"enum": list(ANSWERS)},
        "model": {"description": "The model's key; null of a game of one's own.", **OPTIONAL_TEXT},
        "game": TEXT,
        "parameters": {"description": "The values of all parameters.", **NUMBERS},
        "method": {"description": "The solution concept in words.", **OPTIONAL_TEXT},
        "refinements": _list(TEXT),
        "measures": _list(TEXT),
        "vary": _by_name(_list(DECIMAL)),
        "in_parameters": {"description": "The parameters that the question is about.", **_list(TEXT)},
        "scenarios": _by_name(NUMBERS),
        "n": COUNT,
        "seed": {"type": "integer"},
        **dict.fromkeys(("topic", "kind", "relation", "mechanism", "actors", "information", "result"), OPTIONAL_TEXT),
        "author": OPTIONAL_TEXT,
        "grep": OPTIONAL_TEXT,
    },
}


@cache
def answer_schema() -> Schema:
    """Return the JSON Schema of what ``--json`` prints."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An answer of the command line of the deterrence library",
        "type": "object",
        "required": ["deterrence", "schema", "question", "answer"],
        "additionalProperties": False,
        "properties": {
            "deterrence": {"description": "The version of the library.", **TEXT},
            "schema": {"const": SCHEMA},
            "question": QUESTION,
            "answer": {"type": "object"},
        },
        "allOf": [
            {
                "if": {"properties": {"question": {"properties": {"verb": {"const": verb}}}}},
                "then": {"properties": {"answer": {"$ref": f"#/$defs/{verb}"}}},
            }
            for verb in ANSWERS
        ],
        "$defs": dict(ANSWERS),
    }
