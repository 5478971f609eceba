"""Alan Kuperman, The Moral Hazard of Humanitarian Intervention: Lessons from the Balkans (2008)."""
