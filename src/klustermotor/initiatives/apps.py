from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    name = "klustermotor.initiatives"
    label = "initiatives"
    verbose_name = _("Initiatives")

    def ready(self) -> None:
        from klustermotor.core.navigation import Place, register_place
        from klustermotor.core.search import Source, register_search
        from klustermotor.initiatives.queries import find

        def may(permission: str):
            def visible(request: HttpRequest) -> bool:
                return request.user.has_perm(permission)

            return visible

        register_place(
            Place(
                "initiatives",
                _("Initiatives"),
                "initiatives",
                "/initiatives",
                30,
                may("initiatives.list"),
            )
        )
        register_place(
            Place(
                "administration",
                _("Administration"),
                "users",
                "/administration",
                90,
                may("core.administer"),
            )
        )
        register_search(Source("initiatives", _("Initiatives"), find, order=20))
