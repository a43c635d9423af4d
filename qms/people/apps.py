from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "qms.people"
    label = "people"
    verbose_name = _("people")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from qms.face.roof import Place, banners, personal
        from qms.people import invitations, welcome, welcome_views  # noqa: F401  (they register what they mail)

        personal.append(Place(_("My account"), "people:me"))
        personal.append(Place(_("People and units"), "people:list", _administers))
        personal.append(Place(_("Welcome list"), "welcome", _administers))
        banners.append(welcome.banner)


def _administers(person: Any) -> bool:
    """Asked by the roof of every page, of the actor of the request, who has read his roles."""
    from qms.people.actors import actor_of
    from qms.people.welcome import is_administrator

    return is_administrator(getattr(person, "acting", None) or actor_of(person))
