from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class InitiativesConfig(AppConfig):
    name = "klustermotor.initiatives"
    label = "initiatives"
    verbose_name = _("Initiatives")

    def ready(self) -> None:
        from klustermotor.core.api.scopes import register_scope
        from klustermotor.core.grants import grant
        from klustermotor.core.navigation import Place, register_place
        from klustermotor.core.search import Searched, register_search
        from klustermotor.initiatives.models import Initiative
        from klustermotor.initiatives.rules import has_a_role, may_keep_register, may_use_register

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
        register_scope("initiatives:read", _("Read initiatives and the figures of their years"))
        grant("core.has_a_role", has_a_role)
        grant("register.view", may_use_register)
        grant("register.change", may_keep_register)
        grant("register.load", may_keep_register)
        register_search(
            Searched(
                "initiative",
                _("Initiatives"),
                Initiative,
                "klustermotor.initiatives.search",
                {Initiative: "pk"},
                order=20,
                weight=1.2,
            )
        )

        from klustermotor.initiatives.privacy import declare

        declare()
