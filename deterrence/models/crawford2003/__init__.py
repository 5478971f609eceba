"""Timothy Crawford, Pivotal Deterrence: Third-Party Statecraft and the Pursuit of Peace (2003)."""
