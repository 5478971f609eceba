"""Glenn Snyder, The Balance of Power and the Balance of Terror (1965)."""
