"""Brams and Kilgour (1985), Optimal Deterrence."""
