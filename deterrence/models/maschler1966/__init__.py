"""Michael Maschler, A Price Leadership Method for Solving the Inspector's Non-Constant-Sum Game (1966)."""
