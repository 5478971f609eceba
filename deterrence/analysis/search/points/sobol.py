"""Sobol indices of a design's rows, with bootstrap intervals, and whether the design is large enough for them."""

from __future__ import annotations

from typing import Any

import numpy as np

from deterrence.analysis.search.points.saltelli import SAME, constant

ENOUGH = 16
"""With fewer complete rows than this no indices are given."""
RESAMPLES = 499
NARROW = 0.1
"""An interval as narrow as this is never too wide."""
KEYS = ("alone", "alone low", "alone high", "total", "total low", "total high")


def sobol_indices(rows: np.ndarray, names: tuple[str, ...], label: str, confidence: float, seed: int) -> Any:
    """Return the Sobol indices of one label, with intervals, from its values as (part, row) of a design."""
    import pandas as pd

    rows = rows[:, np.isfinite(rows).all(axis=0)] if rows.size else np.zeros((2, 0))
    rows = rows[:, : 2 ** int(np.log2(max(1, rows.shape[1])))]
    columns: dict[str, Any] = {"measure": label, "parameter": list(names)}
    if rows.shape[1] < ENOUGH or constant(rows[:2]):
        return pd.DataFrame({**columns, **{key: np.full(len(names), np.nan) for key in KEYS}})
    if len(names) == 1:  # all of the variance is its own
        return pd.DataFrame({**columns, **dict.fromkeys(KEYS, 1.0)})
    return pd.DataFrame({**columns, **_estimated(rows, confidence, np.random.default_rng(seed))})


def too_small(indices: Any) -> list[str]:
    """Return the parameters for whose total index a design is too small.

    That index is above one, which no index is, or its interval is wider than the index itself.
    """
    width = indices["total high"] - indices["total low"]
    wide = width > np.maximum(indices["total"], NARROW)
    return list(dict.fromkeys(indices["parameter"][(indices["total"] > 1 + SAME) | wide]))


def _estimated(rows: np.ndarray, confidence: float, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Return the indices and the ends of their intervals (Saltelli et al. 2010, table 2, b and f)."""
    count = rows.shape[1]
    f_a, f_b, f_ab = rows[0] - rows[:2].mean(), rows[1] - rows[:2].mean(), rows[2:] - rows[:2].mean()
    terms = np.vstack([f_b * (f_ab - f_a), (f_a - f_ab) ** 2 / 2, (f_a + f_b) / 2, (f_a**2 + f_b**2) / 2]).T
    whole = _shares(terms.mean(axis=0)[None, :])[0]
    weights = rng.multinomial(count, np.full(count, 1 / count), RESAMPLES) / count
    with np.errstate(all="ignore"):
        resampled = _shares(weights @ terms)
    ends = np.array([_interval(whole[k], resampled[:, k], confidence) for k in range(len(whole))]).T
    first, total = np.split(np.vstack([whole, ends]), 2, axis=1)
    return dict(zip(KEYS, (*first, *total), strict=True))


def _shares(means: np.ndarray) -> np.ndarray:
    """Return the indices from the means of their terms: those alone, then the totals."""
    variance = means[:, -1] - means[:, -2] ** 2
    shares: np.ndarray = means[:, :-2] / variance[:, None]
    return shares


def _interval(index: float, resampled: np.ndarray, confidence: float) -> tuple[float, float]:
    """Return the bias-corrected percentile interval (Efron 1981)."""
    from scipy.special import ndtr, ndtri

    known = resampled[np.isfinite(resampled)]
    if not len(known) or np.ptp(known) <= SAME:
        return index, index
    below = np.clip(((known < index).mean() + (known <= index).mean()) / 2, 1 / len(known), 1 - 1 / len(known))
    half = ndtri((1 + confidence) / 2)
    low, high = np.quantile(known, ndtr(2 * ndtri(below) + np.array([-half, half])))
    return min(float(low), index), max(float(high), index)
