"""An answer as the command line gives it: text, JSON, a table or a picture, printed or in a file."""

from __future__ import annotations

import csv
import io
import json
import math
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deterrence.cli import streams
from deterrence.errors import ParameterError

SCHEMA = 1
"""The version of the JSON's form; it changes where a field changes or goes, not where one is added."""
PICTURES = (".svg", ".png", ".pdf")
FORMS = {".json": "json", ".csv": "csv", ".txt": "text", **dict.fromkeys(PICTURES, "picture")}
"""By the ending of a file's name, the form in which it is written."""
TEXTS = tuple(ending for ending in FORMS if ending not in PICTURES)


@dataclass(frozen=True)
class Answer:
    """What a command found out.

    Attributes
    ----------
    question
        What was asked: the verb, the game, and what else matters.
    fields
        What was found, by name.
    columns, rows
        The same as a table in long form: a row for each number.
    text
        Gives it in sentences.
    plot
        Draws it, where it has a picture.
    """

    question: Mapping[str, Any]
    fields: Mapping[str, Any]
    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]
    text: Callable[[], str]
    plot: Callable[[], Any] | None = None

    def in_json(self, *, ascii_only: bool = False) -> str:
        """Return the answer with its question as JSON."""
        from deterrence import __version__

        document = {
            "deterrence": __version__,
            "schema": SCHEMA,
            "question": dict(self.question),
            "answer": dict(self.fields),
        }
        return json.dumps(document, indent=1, ensure_ascii=ascii_only, allow_nan=False)

    def in_csv(self) -> str:
        """Return the table with a line of headings; numbers as decimals, since spreadsheets take 1/3 for a date."""
        stream = io.StringIO()
        table = csv.writer(stream, lineterminator="\n")
        table.writerow([_cell(column) for column in self.columns])
        table.writerows([_cell(value) for value in row] for row in self.rows)
        return stream.getvalue()

    def picture(self, ending: str) -> bytes:
        """Return the answer's picture as a file of this ending."""
        import matplotlib as mpl

        mpl.use("Agg")
        import matplotlib.pyplot as plt

        assert self.plot is not None
        axes = self.plot()
        first = axes.flat[0] if hasattr(axes, "flat") else axes
        stream = io.BytesIO()
        first.figure.savefig(stream, format=ending.removeprefix("."), bbox_inches="tight", dpi=200)
        plt.close(first.figure)
        return stream.getvalue()


@dataclass(frozen=True)
class Form:
    """In which form an answer is wanted, and where.

    Attributes
    ----------
    kind
        ``"text"``, ``"json"``, ``"csv"`` or ``"picture"``.
    output
        The file; ``None`` for standard output.
    """

    kind: str
    output: Path | None

    @classmethod
    def of(cls, *, json: bool, csv: bool, output: Path | None, force: bool, pictures: bool = True) -> Form:
        """Return the form that options ask for, refused before the work where it cannot be given."""
        if json and csv:
            raise ParameterError("Give either --json or --csv, not both.")
        asked = "json" if json else "csv" if csv else ""
        if output is None:
            return cls(asked or "text", None)
        check_place(output, force=force)
        endings = [ending for ending in FORMS if pictures or ending not in PICTURES]
        if output.suffix.lower() not in endings:
            raise ParameterError(
                f"Cannot tell what to write to {str(output)!r}: give a name that ends in {', '.join(endings)}."
            )
        kind = FORMS[output.suffix.lower()]
        if asked not in ("", kind):
            raise ParameterError(f"--{asked} and a file that ends in {output.suffix} contradict each other.")
        return cls(kind, output)

    def give(self, answer: Answer) -> None:
        """Print an answer, or write it to the file and say so."""
        if self.output is not None:
            self._write(answer, self.output)
        elif self.kind == "text":
            streams.print_text(answer.text())
        elif self.kind == "csv":
            sys.stdout.write(answer.in_csv())
        else:
            encoding = str(getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "")
            streams.print_text(answer.in_json(ascii_only=encoding != "utf8"))

    def _write(self, answer: Answer, output: Path) -> None:
        from deterrence.exchange.files.documents import write_file

        if self.kind == "picture" and answer.plot is None:
            raise ParameterError(f"This answer has no picture; give a name that ends in {', '.join(TEXTS)}.")
        forms: dict[str, Callable[[], str | bytes]] = {
            "json": lambda: answer.in_json() + "\n",
            "csv": answer.in_csv,
            "text": lambda: answer.text() + "\n",
            "picture": lambda: answer.picture(output.suffix.lower()),
        }
        content = forms[self.kind]()
        content = content if isinstance(content, bytes) else content.encode("utf-8")
        write_file(output, content, overwrite=True)
        streams.print_text(wrote(output, len(content)))


def wrote(output: Path, size: int) -> str:
    """Return the sentence that a file was written."""
    return f"Wrote {output} ({-(-size // 1024)} KB)."


def check_place(output: Path, *, force: bool) -> None:
    """Refuse a file in a folder that is not there, or one that exists where it is not to be written over."""
    from deterrence.report.writing import check_folder

    check_folder(output)
    if output.exists() and not force:
        raise ParameterError(f"{str(output)!r} exists and is left as it is. Give --force to write over it.")


def number(value: Any) -> dict[str, Any] | None:
    """Return a number for JSON: as a decimal, and exactly as text where it is exact; null for none."""
    if value is None:
        return None
    return {"number": decimal(value), "exact": None if isinstance(value, float) else str(_exact(value))}


def decimal(value: Any) -> float | int | None:
    """Return a number as JSON and tables have it: whole, or the nearest double; nothing where it is not finite."""
    if value is None:
        return None
    try:
        rounded = float(value)
    except OverflowError:
        return None
    if not math.isfinite(rounded):
        return None
    return int(rounded) if rounded.is_integer() and abs(rounded) < 2**53 else rounded


def numbers(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return numbers by name, for JSON."""
    return {name: number(value) for name, value in values.items()}


def _exact(value: Any) -> Any:
    from deterrence.games.expression import exact_number, shortest

    return shortest(exact_number(value))


def _cell(value: Any) -> Any:
    """Return a value as a cell that a spreadsheet takes for what it is: no text is read as a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f"'{value}" if value[:1] in "=+-@\t\r" and value else value
    return decimal(value)


def question(verb: str, model: Any, *, method: Any = None, **more: Any) -> dict[str, Any]:
    """Return what every question says: its verb, game, parameters' values, and concept, and more."""
    game = model.game
    return {
        "verb": verb,
        "model": model.key or None,
        "game": game.name,
        "parameters": numbers(game.values),
        "method": method if method is None or isinstance(method, str) else method.concept,
        **more,
    }


def formula(value: Any) -> str | None:
    """Return a formula, or an exact number, as text; nothing for none."""
    from deterrence.games.expression import is_symbolic, show_value

    if value is None or isinstance(value, float):
        return None if value is None else repr(value)
    return show_value(value) if is_symbolic(value) and getattr(value, "free_symbols", None) else str(_exact(value))


def as_formula(value: Any) -> str:
    """Return a formula as a cell: in brackets where a spreadsheet would take it for its own, or for a date."""
    text = formula(value) or ""
    return text if not text or text.isdigit() or text[0].isalpha() else f"({text})"
