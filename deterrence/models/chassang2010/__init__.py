"""Sylvain Chassang and Gerard Padró i Miquel, Conflict and Deterrence under Strategic Risk (2010)."""
