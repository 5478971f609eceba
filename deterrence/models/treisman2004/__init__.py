"""Daniel Treisman, Rational Appeasement (2004)."""
