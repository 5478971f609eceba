"""Navin Bapat, Understanding State Sponsorship of Militant Groups (2012)."""
