"""Every address starts here; each room lists its own in its ``urls.py``."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

from klustermotor.core.views import frame

urlpatterns = [
    path("account/", include("allauth.account.urls")),
    path("account/mfa/", include("allauth.mfa.urls")),
    path("", include("klustermotor.core.urls")),
    *[path("", include(f"{room}.urls")) for room in settings.ROOMS if find_spec(f"{room}.urls")],
]
if not (find_spec("klustermotor.portal") and find_spec("klustermotor.portal.urls")):
    urlpatterns.append(path("", frame.start, name="overview"))
if settings.OIDC_ISSUER:
    urlpatterns.append(path("account/", include("allauth.socialaccount.urls")))
    urlpatterns.append(
        path("account/", include("allauth.socialaccount.providers.openid_connect.urls"))
    )

handler403 = "klustermotor.core.views.frame.forbidden"
handler404 = "klustermotor.core.views.frame.not_found"
