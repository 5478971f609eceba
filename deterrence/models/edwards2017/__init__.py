"""Benjamin Edwards and others, Strategic Aspects of Cyberattack, Attribution, and Blame (2017)."""
