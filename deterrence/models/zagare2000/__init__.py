"""Zagare and Kilgour (2000), Perfect Deterrence."""
