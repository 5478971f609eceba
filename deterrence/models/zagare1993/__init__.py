"""Zagare and Kilgour (1993), Asymmetric Deterrence."""
