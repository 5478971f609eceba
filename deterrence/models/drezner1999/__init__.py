"""Daniel Drezner, The Sanctions Paradox (1999)."""
