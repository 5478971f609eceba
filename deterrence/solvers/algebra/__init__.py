"""Polynomials in probabilities and beliefs: equations, inequalities, signs and conditions."""
