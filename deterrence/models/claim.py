"""Claims of a published work about its model, and what the library's own solvers say of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from deterrence.errors import DeterrenceError
from deterrence.models._agreement import agree, in_words, resolved

Verdict = Literal["holds", "fails", "depends"]


@dataclass(frozen=True)
class Finding:
    """A verdict on a claim that is more than one value to compare.

    Attributes
    ----------
    verdict
        ``"holds"``, ``"fails"`` or ``"depends"``.
    found
        What the solvers found, in words.
    condition
        Where the verdict depends: the condition or region in which the claim holds, in words.
    """

    verdict: Verdict
    found: str
    condition: str = ""


@dataclass(frozen=True, eq=False)
class Claim:
    """A statement of a work about its model, and the question by which the library tests it.

    Attributes
    ----------
    text
        The statement in a sentence.
    place
        Where it stands in the work: a chapter, proposition, table or page; ``"re-derived"`` where it follows
        from the work's equations and was not read there word for word.
    ask
        Ask the library's own verbs about a model and return what they say: a value to compare with
        ``expects``, or a :class:`Finding`. The functions of :mod:`deterrence.models.ask` make the usual ones.
    expects
        What the work says: a truth value, a name, an exact number, a tuple, set or mapping of those; a decimal
        number as text, ``"0.793651"``, of which the digits given are compared; or a function of the
        parameters that returns a formula or a condition, such as ``lambda p: p.war <= p.loss``.

    Examples
    --------
    >>> from deterrence import models
    >>> from deterrence.models import Claim, ask
    >>> claim = Claim("At the defaults nobody strikes.", "own", ask.value_at("strike"), 0)
    >>> claim.check(models.load("strike")).verdict
    'holds'
    """

    text: str
    place: str
    ask: Callable[[Any], Any]
    expects: Any = True

    def check(self, model: Any) -> CheckedClaim:
        """Ask the library, and return the claim with its verdict.

        An error of the library is a verdict too: the claim fails, and the error says why.
        """
        expected = resolved(self.expects, model.game)
        try:
            answer = self.ask(model)
        except DeterrenceError as error:
            return CheckedClaim(self, "fails", in_words(expected), f"no answer: {error}")
        if isinstance(answer, Finding):
            return CheckedClaim(self, answer.verdict, "", answer.found, answer.condition)
        verdict: Verdict = "holds" if agree(expected, answer, model.game) else "fails"
        return CheckedClaim(self, verdict, in_words(expected), in_words(answer))


@dataclass(frozen=True, eq=False)
class CheckedClaim:
    """A claim with its verdict: what was expected and what the generic solvers found, in words."""

    claim: Claim
    verdict: Verdict
    expected: str
    found: str
    condition: str = ""

    @property
    def in_words(self) -> str:
        """What was expected and found in a sentence, and the condition of a verdict that depends in another."""
        result = f"expected {self.expected}, found {self.found}" if self.expected else self.found
        sentences = [part for part in (result, self.condition) if part]
        return " ".join(f"{sentence[:1].upper()}{sentence[1:].rstrip('.')}." for sentence in sentences)

    def __str__(self) -> str:
        return f"{self.verdict}: {self.claim.text} ({self.claim.place}) {self.in_words}"


@dataclass(frozen=True, eq=False)
class Check:
    """All claims of a model with their verdicts.

    A check iterates over its checked claims and has a length.

    Attributes
    ----------
    key
        The model's key.
    results
        The claims in their order, each with its verdict.
    """

    key: str
    results: tuple[CheckedClaim, ...]

    @property
    def holds(self) -> bool:
        """Whether no claim fails."""
        return all(result.verdict != "fails" for result in self.results)

    def count(self, verdict: Verdict) -> int:
        """Return how many claims have a verdict."""
        return sum(result.verdict == verdict for result in self.results)

    def __iter__(self) -> Iterator[CheckedClaim]:
        return iter(self.results)

    def __len__(self) -> int:
        return len(self.results)

    def to_frame(self) -> Any:
        """Return a data frame with one row a claim: text, place, expected, found, verdict, condition."""
        import pandas as pd

        rows = [(r.claim.text, r.claim.place, r.expected, r.found, r.verdict, r.condition) for r in self.results]
        return pd.DataFrame(rows, columns=["claim", "place", "expected", "found", "verdict", "condition"])

    def __str__(self) -> str:
        held = self.count("holds")
        depends = f", {self.count('depends')} depend on the parameters" if self.count("depends") else ""
        head = f"{self.key}: {held} of {len(self)} claims hold{depends}."
        return "\n".join([head, *(f"  {result}" for result in self.results)])
