"""Spence (1973), Job Market Signaling."""
