"""Real crises as games, built up mechanism by mechanism; all payoffs are the analyst's to set."""
