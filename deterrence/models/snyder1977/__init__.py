"""Snyder and Diesing (1977), Conflict Among Nations."""
