"""Games with a state that nobody sees and of which each of two players has a noisy signal (global games)."""
