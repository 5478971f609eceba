"""Jonathan Eaton and Maxim Engers, Sanctions (1992)."""
