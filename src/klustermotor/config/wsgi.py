"""What a web server imports; refuses to start with settings that are not safe."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klustermotor.config.settings")
application = get_wsgi_application()

from klustermotor.core.safety import require_safe_settings  # noqa: E402  needs the settings

require_safe_settings()
