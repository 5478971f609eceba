"""Robert Jervis, Cooperation under the Security Dilemma (1978)."""
