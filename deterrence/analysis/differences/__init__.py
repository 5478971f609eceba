"""How two games differ: as they are written, in what is played now, in when it is played, and in where it changes."""
