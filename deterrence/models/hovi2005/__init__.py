"""Jon Hovi, Robert Huseby and Detlef Sprinz, When Do (Imposed) Economic Sanctions Work? (2005)."""
