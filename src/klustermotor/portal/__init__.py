"""The overview, what the public sees, and the demonstration region."""
