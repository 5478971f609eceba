"""Games as values: how they are written, their flat form, and what a profile of strategies does in one."""
