"""Elimination of dominated strategies round by round, in strategic forms and at the information sets of trees."""
