"""Selten (1978), The Chain Store Paradox."""
