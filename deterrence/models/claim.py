"""Claims of a published work about its model, and what the library's own solvers say of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from deterrence.errors import DeterrenceError, unknown
from deterrence.models._agreement import Agreement, in_words, resolved

Verdict = Literal["holds", "fails", "depends", "undecided"]
"""What a check says of a claim; *undecided* where the question itself broke down."""
VERDICTS: Mapping[Verdict, str] = MappingProxyType(
    {"holds": "hold", "depends": "depend on the parameters", "fails": "fail", "undecided": "could not be decided"}
)
"""Verdict -> what so many claims do, in the order in which they are counted."""


Basis = Literal["stated", "re-derived", "computed", "own"]

BASES: Mapping[Basis, str] = MappingProxyType(
    {
        "stated": "the work says so",
        "re-derived": "follows from the model's equations, and was derived again",
        "computed": "a number worked out by other means than the solvers, by hand or by a search of its own",
        "own": "no statement of the work: about an extension, or a question of the library's own",
    }
)
"""On what a claim rests, and what that means."""


def origin(place: str, basis: str) -> str:
    """Return in words where a claim stands, if that is known, and on what it rests, if the work does not state it."""
    return "; ".join(part for part in (place, "" if basis == "stated" else basis) if part)


DRAWS = re.compile(r"\bin (\d+ of )?\d+ draws\b")
"""What is said of a verdict that rests on draws."""


@dataclass(frozen=True)
class Finding:
    """A verdict on a claim that is more than one value to compare.

    Attributes
    ----------
    verdict
        ``"holds"``: proved over the ranges that the claim speaks of, or true in each of at least 200 draws from
        them, as ``found`` then says. ``"fails"``: it is not so. ``"depends"``: it is so in part of the ranges.
        ``"undecided"``: the question could not be answered.
    found
        What the solvers found, in words; with a counterexample where there is one.
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
        Where it stands in the work: a proposition, section, page or table, as far as that was looked up; else
        empty.
    ask
        Ask the library's own verbs about a model and return what they say: a value to compare with
        ``expects``, or a :class:`Finding`. The functions of :mod:`deterrence.models.ask` make the usual ones.
    expects
        What the work says: a truth value, a name, an exact number, a tuple, set or mapping of those; a decimal
        number as text, ``"0.793651"``, of which the digits given are compared; or a function of the
        parameters that returns a formula or a condition, such as ``lambda p: p.war <= p.loss``.
    basis
        On what it rests: ``"stated"``, the work says so; ``"re-derived"``, it follows from the model's equations and
        was derived again; ``"computed"``, a number worked out by other means than the solvers; ``"own"``, it is
        about an extension or a question of the library's own.

    Raises
    ------
    UnknownNameError
        If the basis is none of these.

    Examples
    --------
    >>> from deterrence import models
    >>> from deterrence.models import Claim, ask
    >>> claim = Claim(
    ...     "At the defaults nobody strikes.", "", ask.value_at("strike"), 0, basis="own"
    ... )
    >>> claim.check(models.load("strike")).verdict
    'holds'
    """

    text: str
    place: str
    ask: Callable[[Any], Any]
    expects: Any = True
    basis: Basis = "re-derived"

    def __post_init__(self) -> None:
        if self.basis not in BASES:
            raise unknown("basis of a claim", self.basis, BASES)

    @property
    def origin(self) -> str:
        """The place in the work, where one is known, and on what the claim rests: "ch. 2; re-derived"."""
        return origin(self.place, self.basis)

    def check(self, model: Any) -> CheckedClaim:
        """Ask the library, and return the claim with its verdict.

        An error is a verdict too: where the library refuses an answer the claim fails, with the sentence that
        says why; an error of any other kind leaves it undecided.
        """
        try:
            expected = resolved(self.expects, model.game)
            return self._compared(expected, self._answer(model), model.game)
        except Exception as error:  # noqa: BLE001  (a question may be anybody's function; the check goes on)
            return undecided(self, error)

    def _answer(self, model: Any) -> Any:
        try:
            return self.ask(model)
        except DeterrenceError as error:
            return Finding("fails", f"no answer: {error}")

    def _compared(self, expected: Any, answer: Any, game: Any) -> CheckedClaim:
        if isinstance(answer, Finding):
            return CheckedClaim(self, answer.verdict, "", answer.found, answer.condition)
        agreement = Agreement(game)
        verdict: Verdict = "holds" if agreement.agree(expected, answer) else "fails"
        found = "; ".join([in_words(answer), *dict.fromkeys(agreement.evidence)])
        return CheckedClaim(self, verdict, in_words(expected), found)


def undecided(claim: Claim, error: BaseException) -> CheckedClaim:
    """Return a claim with the verdict that an error prevented any other."""
    return CheckedClaim(claim, "undecided", "", f"could not be decided: {type(error).__name__}: {error}")


@dataclass(frozen=True, eq=False)
class CheckedClaim:
    """A claim with its verdict: what was expected and what the generic solvers found, in words."""

    claim: Claim
    verdict: Verdict
    expected: str
    found: str
    condition: str = ""

    @property
    def by_draws(self) -> bool:
        """Whether the verdict rests on draws from the ranges, as ``found`` then says, and not on a proof."""
        return DRAWS.search(self.found) is not None

    @property
    def in_words(self) -> str:
        """What was expected and found in a sentence, and the condition of a verdict that depends in another."""
        result = f"expected {self.expected}, found {self.found}" if self.expected else self.found
        sentences = [part for part in (result, self.condition) if part]
        return " ".join(f"{sentence[:1].upper()}{sentence[1:].rstrip('.')}." for sentence in sentences)

    def __str__(self) -> str:
        origin = f" ({self.claim.origin})" if self.claim.origin else ""
        return f"{self.verdict}: {self.claim.text}{origin} {self.in_words}"


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
        """Whether every claim is answered and none fails; claims may depend on the parameters."""
        return all(result.verdict in ("holds", "depends") for result in self.results)

    def count(self, verdict: Verdict) -> int:
        """Return how many claims have a verdict."""
        return sum(result.verdict == verdict for result in self.results)

    def __iter__(self) -> Iterator[CheckedClaim]:
        return iter(self.results)

    def __len__(self) -> int:
        return len(self.results)

    def to_frame(self) -> Any:
        """Return a data frame with one row a claim: text, place, basis, expected, found, verdict, condition."""
        import pandas as pd

        rows = [
            (r.claim.text, r.claim.place, r.claim.basis, r.expected, r.found, r.verdict, r.condition)
            for r in self.results
        ]
        return pd.DataFrame(rows, columns=["claim", "place", "basis", "expected", "found", "verdict", "condition"])

    def __str__(self) -> str:
        held = f"{self.count('holds')} of {len(self)} claims hold"
        others = [f"{self.count(verdict)} {words}" for verdict, words in OTHERS.items() if self.count(verdict)]
        told = ", ".join([held, *others])
        head = f"{self.key}: {told}." if self.key else f"{told}."
        return "\n".join([head, *(f"  {result}" for result in self.results)])


OTHERS = {verdict: words for verdict, words in VERDICTS.items() if verdict != "holds"}
