"""Answers as values: equilibria at a point, classes of them as formulas, and measures of both."""
