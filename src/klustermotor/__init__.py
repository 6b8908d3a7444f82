"""Klustermotor: run, measure and report a region's business clusters."""

__version__ = "0.1.0"
