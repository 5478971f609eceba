"""Liping Fang, Keith Hipel and Marc Kilgour, Interactive Decision Making (1993)."""
