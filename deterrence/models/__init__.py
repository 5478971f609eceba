"""Published models, one a file, and real crises under ``cases``; ``catalogue`` lists them by name."""
