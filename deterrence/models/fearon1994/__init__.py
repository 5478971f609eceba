"""James Fearon, Domestic Political Audiences and the Escalation of International Disputes (1994)."""
