"""Cho and Kreps (1987), Signaling Games and Stable Equilibria."""
