"""What a work or a commentary claims, and what the solvers say of it."""

from __future__ import annotations

from deterrence.games.words import listed
from deterrence.models.claim import VERDICTS
from deterrence.models.model import Model
from deterrence.report.document import Section, Table
from deterrence.report.sections.asking import Asking


def claims(asking: Asking) -> Section:
    """Answer which claims hold in the model, which fail and which depend."""
    model = asking.model
    checked = model.check(lambda share: asking.progress(share, "checking the claims"))
    rows = tuple((result.claim.text, result.verdict, result.in_words) for result in checked)
    counts = [f"{checked.count(verdict)} {word}" for verdict, word in VERDICTS.items() if checked.count(verdict)]
    words = (
        f"Of {len(checked)} claims, checked with the solvers over the declared ranges of the parameters, "
        f"{listed(counts)}. A verdict is about the model, not about the world."
    )
    table = Table("Claims", ("claim", "verdict", "what was found"), rows)
    return Section(f"Do the {_source(model)} claims hold in the model?", (words,), (table,))


def _source(model: Model) -> str:
    """Return whose claims they are, as a possessive."""
    return "commentary's" if "commentary" in model.citation else "source's"
