"""Backward induction where players choose numbers: each choice is made knowing what is replied to it."""
