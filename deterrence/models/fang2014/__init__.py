"""Songying Fang, Jesse Johnson and Brett Ashley Leeds, To Concede or to Resist? (2014)."""
