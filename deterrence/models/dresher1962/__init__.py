"""Melvin Dresher, A Sampling Inspection Problem in Arms Control Agreements: A Game-Theoretic Analysis (1962)."""
