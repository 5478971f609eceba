"""Equilibria at many points at once, in floating point, with a margin beyond which points are left to exact solvers."""
