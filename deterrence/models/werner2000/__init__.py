"""Suzanne Werner, Deterring Intervention: The Stakes of War and Third-Party Involvement (2000)."""
