"""Brett Benson, Constructing International Security: Alliances, Deterrence, and Moral Hazard (2012)."""
