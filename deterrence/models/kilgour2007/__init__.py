"""Kilgour and Zagare (2007), Explaining Limited Conflicts."""
