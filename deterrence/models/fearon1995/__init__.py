"""James Fearon, Rationalist Explanations for War (1995)."""
