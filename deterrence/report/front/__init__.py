"""The two pages of a brief that everybody reads: what to expect, what moves it, and what would overturn it."""
