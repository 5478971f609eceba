"""Solvers of games with numbers without end: types from a law, choices between two ends."""
