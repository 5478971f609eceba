"""The sections of a brief, one a file."""
