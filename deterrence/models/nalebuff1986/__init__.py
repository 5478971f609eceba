"""Barry Nalebuff, Brinkmanship and Nuclear Deterrence: The Neutrality of Escalation (1986)."""
