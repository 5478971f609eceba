"""James D. Fearon, Selection Effects and Deterrence (2002)."""
