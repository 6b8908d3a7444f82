"""Figures as the language writes them."""
