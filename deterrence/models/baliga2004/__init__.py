"""Sandeep Baliga and Tomas Sjöström, Arms Races and Negotiations (2004)."""
