"""The same application for a server that speaks ASGI."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klustermotor.config.settings")
application = get_asgi_application()

from klustermotor.core.safety import require_safe_settings  # noqa: E402  needs the settings

require_safe_settings()
