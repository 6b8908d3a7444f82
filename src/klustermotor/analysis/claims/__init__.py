"""Typed statements bound to computed statistics, and their wording in three languages."""
