"""Edward Green and Robert Porter, Noncooperative Collusion under Imperfect Price Information (1984)."""
