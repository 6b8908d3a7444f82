"""Tables of the core."""

from klustermotor.core.models.job import Job
from klustermotor.core.models.user import User

__all__ = ["Job", "User"]
