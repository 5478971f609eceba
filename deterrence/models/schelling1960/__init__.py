"""Schelling (1960), The Strategy of Conflict."""
