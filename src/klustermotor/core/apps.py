from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "klustermotor.core"
    label = "core"

    def ready(self) -> None:
        from klustermotor.core.navigation import Place, register_place

        register_place(
            Place(
                name="administration",
                label=_("Administration"),
                url_name="users",
                prefix="/users",
                order=900,
                visible=lambda request: request.user.has_perm("core.administer"),
            )
        )
