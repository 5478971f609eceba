"""Game trees as drawings: what is written on them, and where it stands."""
