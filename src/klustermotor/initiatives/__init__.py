"""Cluster initiatives and business networks, and who works with them."""
