"""Kreps and Wilson (1982), Reputation and Imperfect Information."""
