"""What must hold before a page is served to anyone outside this machine."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def unsafe_settings() -> list[str]:
    """Return one sentence per setting that must be mended before serving; none in ``demo``."""
    if settings.DEMO:
        return []
    faults = []
    if settings.DEBUG:
        faults.append("KLUSTERMOTOR_DEBUG is on: unset it, it shows code and settings to visitors.")
    if not settings.ALLOWED_HOSTS:
        faults.append("ALLOWED_HOSTS is empty: name the site's addresses, as kluster.region.se.")
    if "*" in settings.ALLOWED_HOSTS:
        faults.append("ALLOWED_HOSTS is *: name the site's addresses, as kluster.region.se.")
    if len(settings.SECRET_KEY) < 50 or len(set(settings.SECRET_KEY)) < 5:
        faults.append(
            "SECRET_KEY is too short: use 50 random characters or more, or unset it and let "
            "Klustermotor make one under KLUSTERMOTOR_HOME/keys."
        )
    faults += [
        f"CSRF_TRUSTED_ORIGINS holds {origin}: it must start with https://."
        for origin in settings.CSRF_TRUSTED_ORIGINS
        if urlsplit(origin).scheme != "https"
    ]
    return faults


def require_safe_settings() -> None:
    """Raise ``ImproperlyConfigured`` that lists every unsafe setting and its remedy."""
    faults = unsafe_settings()
    if faults:
        raise ImproperlyConfigured("Klustermotor does not start:\n- " + "\n- ".join(faults))
