"""The method: tables and arrays in, results out. No database, no files, no clock."""
