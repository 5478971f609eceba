"""Signals chosen from a continuum by a player whose type is hidden: costly signals, and talk that costs nothing."""
