"""Ron Gurantz and Alexander V. Hirsch, Fear, Appeasement, and the Effectiveness of Deterrence (2017)."""
