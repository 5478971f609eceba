"""Games that fall into parts at a public move: each part is solved alone."""
