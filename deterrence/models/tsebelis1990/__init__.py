"""George Tsebelis, Penalty Has No Impact on Crime: A Game-Theoretic Analysis (1990)."""
