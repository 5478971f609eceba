"""Answers about games with numbers without end: strategies in cutoffs and schedules, and equilibria in them."""
