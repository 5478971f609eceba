"""The verdicts on the claims of published models, as a table for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from deterrence.models.claim import VERDICTS, Check
from deterrence.report.document import Table
from deterrence.report.text import WIDTH, table_in_rich


def checks_in_rich(checks: Sequence[Check], *, whole: bool) -> Iterator[Any]:
    """Yield what to print: each claim where ``whole``, else those that fail or are undecided; then a table and the sum.

    Parameters
    ----------
    checks
        The checked models.
    whole
        Whether to print every claim, with what was expected and found.
    """
    from rich.text import Text

    for check in checks:
        if whole:
            yield Text(f"{check}\n")
        else:
            for result in check:
                if result.verdict not in ("holds", "depends"):
                    yield Text(f"{check.key}: {result}\n", style="bold red")
    yield table_in_rich(_counts(checks))
    yield Text(_sum_in_words(checks))


def _counts(checks: Sequence[Check]) -> Table:
    rows = tuple((check.key, str(len(check)), *(str(check.count(verdict)) for verdict in VERDICTS)) for check in checks)
    columns = ("model", "claims", "hold", "depend", "fail", "undecided")
    return Table("Claims, checked with the generic solvers", columns, rows)


def _sum_in_words(checks: Sequence[Check]) -> str:
    works = {check.key.partition("/")[0] for check in checks}
    totals = {verdict: sum(check.count(verdict) for check in checks) for verdict in VERDICTS}
    words = [f"{number} {VERDICTS[verdict]}" for verdict, number in totals.items() if number or verdict in ALWAYS_TOLD]
    counts = f"{_many(len(works), 'work')}, {_many(len(checks), 'model')}, {_many(sum(map(len, checks)), 'claim')}"
    return f"{counts}: {', '.join(words)}."


ALWAYS_TOLD = ("holds", "fails")


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def checks_in_text(checks: Sequence[Check], *, whole: bool) -> str:
    """Return the same as plain text."""
    import io

    from rich.console import Console

    stream = io.StringIO()
    console = Console(file=stream, width=WIDTH, no_color=True, highlight=False, legacy_windows=False)
    for part in checks_in_rich(checks, whole=whole):
        console.print(part)
    return "\n".join(line.rstrip() for line in stream.getvalue().splitlines())


def as_records(checks: Sequence[Check]) -> dict[str, list[dict[str, str]]]:
    """Return the verdicts as plain records: model -> claims with place, verdict, expected, found and condition."""
    return {
        check.key: [
            {
                "claim": result.claim.text,
                "place": result.claim.place,
                "basis": result.claim.basis,
                "verdict": result.verdict,
                "expected": result.expected,
                "found": result.found,
                "condition": result.condition,
            }
            for result in check
        ]
        for check in checks
    }
