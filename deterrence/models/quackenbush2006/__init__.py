"""Stephen Quackenbush, Not Only Whether but Whom: Three-Party Extended Deterrence (2006)."""
