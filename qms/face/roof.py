"""The roof over every page: the body, the words of the menu, search, languages, the person. A context processor.

The menu holds what is registered and nothing else. Packages above the ground add to it from their ``AppConfig.ready``:
``places.append(Place(_("Calendar"), "calendar:year"))`` a word, ``personal.append(...)`` a line of the person's fold,
``counters.append(count)`` the number beside Tasks, ``banners.append(banner)`` a sentence below the roof.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qms.face.parts import Link, Notice, Tone

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as Text
else:
    Text = str


@dataclass(frozen=True)
class Place:
    """A word of the menu, the named address it leads to, whether it is for this person, what waits there."""

    label: Text
    address: str
    for_whom: Callable[[Any], bool] = lambda person: True
    count: Callable[[Any], int] = lambda person: 0


@dataclass(frozen=True)
class Tongue:
    """A language to switch to, by its own name."""

    code: str
    name: str
    current: bool


@dataclass(frozen=True)
class Roof:
    """What templates/base.html shows above and below every page."""

    body: str
    person: str
    menu: Sequence[Link]
    personal: Sequence[Link]
    search_url: str
    tongues: Sequence[Tongue]
    banners: Sequence[Notice]

    @property
    def unread(self) -> int:
        """What waits behind the person's name."""
        return sum(link.count or 0 for link in self.personal)


places: list[Place] = []
personal: list[Place] = []
counters: list[Callable[[Any], int]] = []
banners: list[Callable[[HttpRequest], Notice | None]] = []

OWN_NAMES = {"en": "English", "ro": "Română", "bg": "Български"}
ORDER = ("ro", "bg", "en")


def roof(request: HttpRequest) -> dict[str, Any]:
    """The context processor; nothing is asked of the database until a page shows the roof."""
    return {"roof": SimpleLazyObject(lambda: roof_over(request))}


def roof_over(request: HttpRequest) -> Roof:
    """The roof as this person sees it."""
    user = getattr(request, "user", None)
    person = user if user is not None and user.is_authenticated else None
    return Roof(
        body=str(person.organisation) if person else "",
        person=person.name if person else "",
        menu=_menu(request.path, person) if person else [],
        personal=_links(personal, request.path, person) if person else [],
        search_url=address("search") if person else "",
        tongues=_tongues(),
        banners=[*_demo(person), *filter(None, (banner(request) for banner in banners))],
    )


def address(name: str, *args: Any) -> str:
    """The address of that name; empty where the installation has none."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def _menu(path: str, person: Any) -> list[Link]:
    from qms.records import registry

    inbox = address("inbox")
    waiting = sum(count(person) for count in counters)
    found = [Link(_("Tasks"), inbox, waiting or None, path == inbox)] if inbox else []
    for record_type in registry.all_types():
        place = address("records:list", record_type.name)
        if record_type.in_menu and place:
            found.append(Link(record_type.plural, place, current=path.startswith(place)))
    return found + _links(places, path, person)


def _open_to(place: Place, person: Any) -> bool:
    return bool(address(place.address)) and place.for_whom(person)


def _links(known: Sequence[Place], path: str, person: Any) -> list[Link]:
    return [_link(place, path, person) for place in known if _open_to(place, person)]


def _link(place: Place, path: str, person: Any) -> Link:
    where = address(place.address)
    return Link(place.label, where, place.count(person) or None, current=path.startswith(where))


def _tongues() -> list[Tongue]:
    now = (get_language() or "en")[:2]
    known = [code for code, _name in settings.LANGUAGES]
    return [Tongue(code, OWN_NAMES[code], code == now) for code in ORDER if code in known]


def _demo(person: Any) -> list[Notice]:
    if person is None or not person.organisation.is_demo:
        return []
    return [Notice(_("This is demonstration content: its people, bodies and records are invented."), Tone.WARN)]
