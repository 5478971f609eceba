"""Slantchev (2005), Military Coercion in Interstate Crises."""
