"""J. Andrés Gannon, Erik Gartzke, Jon Lindsay and Peter Schram, The Shadow of Deterrence (2024)."""
