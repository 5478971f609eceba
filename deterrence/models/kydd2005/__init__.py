"""Andrew H. Kydd, Trust and Mistrust in International Relations (2005)."""
