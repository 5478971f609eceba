"""Sandeep Baliga, Ethan Bueno de Mesquita and Alexander Wolitzky, Deterrence with Imperfect Attribution (2020)."""
