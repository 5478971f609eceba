"""Whang, McLean and Kuberski, Coercion, Information, and the Success of Sanction Threats (2013)."""
