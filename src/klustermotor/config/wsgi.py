"""What a web server imports; refuses to start with settings that are not safe."""

import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klustermotor.config.settings")
application = get_wsgi_application()

from klustermotor.core.safety import require_safe_settings  # noqa: E402  needs the settings

require_safe_settings()


def _warm() -> None:
    from klustermotor.report.figures.svg import warm

    warm()


# Beside the first requests: the charts' runtime takes seconds to start.
threading.Thread(target=_warm, daemon=True).start()
