"""Games as JSON, TOML, tables and SVG."""
