"""The rows of the comparison with other packages: see ``benchmarks/peers.py``."""
