"""Who may visit the addresses of the portal; `core/testing/access.py` tells how this works."""

from klustermotor.core.testing.access import LOGGED_IN

MAY = {"overview": LOGGED_IN}
