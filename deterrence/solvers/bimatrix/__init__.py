"""Two-player tables: vertices, supports, components and linear programmes."""
