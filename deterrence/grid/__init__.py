"""Formulas over many points: compiled, scanned, confirmed by exact solutions, and tabulated."""
