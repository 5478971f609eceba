"""What a work or a commentary claims, and what the solvers say of it."""

from __future__ import annotations

from deterrence.models.claim import CheckedClaim, Verdict
from deterrence.report.document import Section, Table
from deterrence.report.sections.asking import Asking


def claims(asking: Asking) -> Section:
    """Answer which claims hold in the model, which fail and which depend."""
    model = asking.model
    checked = model.check(lambda share: asking.progress(share, "asking the claims"))
    rows = tuple((one.claim.text, one.verdict, _found(one)) for one in checked)
    counts = [f"{checked.count(verdict)} {word}" for verdict, word in _WORDS if checked.count(verdict)]
    words = (
        f"Of {len(checked)} claims, asked of the solvers at the present values and around them: {', '.join(counts)}. "
        "A verdict is on the model and not on the world."
    )
    return Section(
        "What becomes of the claims?", (words,), (Table("Claims", ("claim", "verdict", "what was found"), rows),)
    )


_WORDS: tuple[tuple[Verdict, str], ...] = (("holds", "hold"), ("depends", "depend"), ("fails", "fail"))


def _found(one: CheckedClaim) -> str:
    told = f"expected {one.expected}, found {one.found}" if one.expected else one.found
    condition = one.condition.rstrip(".")
    words = f"{told[:1].upper()}{told[1:].rstrip('.')}."
    return f"{words} {condition[:1].upper()}{condition[1:]}." if condition else words
