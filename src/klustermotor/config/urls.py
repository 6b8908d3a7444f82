"""Every address starts here; each room lists its own in its ``urls.py``."""

from django.conf import settings
from django.urls import include, path

from klustermotor.config import api

urlpatterns = [
    path("account/", include("allauth.account.urls")),
    path("account/mfa/", include("allauth.mfa.urls")),
    path("api/docs", api.docs, name="api_docs"),
    path("api/v1/openapi.json", api.openapi, name="api_openapi"),
    path("api/v1/", api.api.urls),
    path("", include("klustermotor.core.urls")),
    path("", include("klustermotor.register.urls")),
    path("", include("klustermotor.initiatives.urls")),
    path("", include("klustermotor.surveys.urls")),
    path("", include("klustermotor.evaluation.urls")),
    path("", include("klustermotor.portal.urls")),
]
if settings.OIDC_ISSUER:
    urlpatterns.append(path("account/", include("allauth.socialaccount.urls")))
    urlpatterns.append(
        path("account/", include("allauth.socialaccount.providers.openid_connect.urls"))
    )

handler403 = "klustermotor.core.views.frame.forbidden"
handler404 = "klustermotor.core.views.frame.not_found"
