"""Frank Zagare and D. Marc Kilgour, Alignment Patterns, Crisis Bargaining, and Extended Deterrence (2003)."""
