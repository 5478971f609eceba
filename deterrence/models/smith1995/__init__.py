"""Alastair Smith, The Success and Use of Economic Sanctions (1995)."""
