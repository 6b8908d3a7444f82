"""Every write to the register, in a transaction, with its action code for the history."""

from klustermotor.register.services.organisations import organisation_for

__all__ = ["organisation_for"]
