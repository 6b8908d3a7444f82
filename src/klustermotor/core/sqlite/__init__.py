"""SQLite for Django, with a home that makes itself."""
