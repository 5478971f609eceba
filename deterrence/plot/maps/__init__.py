"""Maps of two parameters: regions, their names and their colours."""
