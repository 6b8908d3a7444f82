"""How often something may be done: a count per key and window of time, in the cache.

Each web process counts for itself, so with several of them the limit is that many times as high.
"""

import hashlib
import time

from django.core.cache import cache


def seconds_to_wait(what: str, who: str, limit: int, seconds: int) -> int:
    """Count one more time and return 0, or, past the limit, how long until the next window."""
    now = int(time.time())
    window = now // seconds
    # The cache's keys may be seen by others; whose they are shall not.
    hidden = hashlib.sha256(f"{what}:{who}".encode()).hexdigest()
    key = f"throttle:{hidden}:{window}"
    if cache.add(key, 1, timeout=seconds):
        return 0
    try:
        count = cache.incr(key)
    except ValueError:  # it ran out between the two
        return 0
    return 0 if count <= limit else (window + 1) * seconds - now
