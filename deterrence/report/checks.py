"""The verdicts on the claims of published models, as a table for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from deterrence.models.claim import Check
from deterrence.report.document import Table
from deterrence.report.text import table_in_rich


def checks_in_rich(checks: Sequence[Check], *, whole: bool) -> Iterator[Any]:
    """Yield what to print: each claim where ``whole``, else those that fail; then a table and the sum.

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
                if result.verdict == "fails":
                    yield Text(f"{check.key}: {result}\n", style="bold red")
    yield table_in_rich(_counts(checks))
    yield Text(_sum_in_words(checks))


def _counts(checks: Sequence[Check]) -> Table:
    rows = tuple(
        (check.key, str(len(check)), *(str(check.count(verdict)) for verdict in ("holds", "depends", "fails")))
        for check in checks
    )
    return Table("Claims, checked with the generic solvers", ("model", "claims", "hold", "depend", "fail"), rows)


def _sum_in_words(checks: Sequence[Check]) -> str:
    works = {check.key.partition("/")[0] for check in checks}
    claims = sum(map(len, checks))
    hold, depend, fail = (sum(check.count(verdict) for check in checks) for verdict in ("holds", "depends", "fails"))
    counts = f"{_many(len(works), 'work')}, {_many(len(checks), 'model')}, {_many(claims, 'claim')}"
    return f"{counts}: {hold} hold{f', {depend} depend on the parameters' if depend else ''}, {fail} fail."


def _many(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def as_json(checks: Sequence[Check]) -> str:
    """Return the verdicts as JSON: model -> list of claims with place, verdict, expected, found and condition."""
    import json

    verdicts = {
        check.key: [
            {
                "claim": result.claim.text,
                "place": result.claim.place,
                "verdict": result.verdict,
                "expected": result.expected,
                "found": result.found,
                "condition": result.condition,
            }
            for result in check
        ]
        for check in checks
    }
    return json.dumps(verdicts, indent=1, ensure_ascii=False)
