"""Pages about people's rights and the law."""
