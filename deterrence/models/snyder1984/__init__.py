"""Glenn Snyder, The Security Dilemma in Alliance Politics (1984)."""
