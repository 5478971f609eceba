"""Questions about what moves an answer: sweeps, thresholds, and their kin.

Importing the package registers what continuous models answer, beside what each verb registers for finite games.
"""

from deterrence.analysis import numerical

__all__ = ["numerical"]
