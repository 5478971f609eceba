"""Patterns of games with laws of any kind: their equations as functions, and all of their roots by bounds."""
