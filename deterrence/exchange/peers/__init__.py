"""Other programs: nashpy, Gambit and OpenSpiel, their answers as a second opinion, and learning dynamics."""
