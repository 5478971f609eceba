"""Answers as pieces of HTML with typeset mathematics, which a notebook shows."""
