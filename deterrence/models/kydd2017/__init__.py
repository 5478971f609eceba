"""Andrew Kydd and Roseanne McManus, Threats and Assurances in Crisis Bargaining (2017)."""
