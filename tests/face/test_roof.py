"""The roof shows what is registered and what is this person's, and asks the database for nothing it need not."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from qms.face import roof
from qms.face.parts import Notice
from qms.face.roof import Place, roof_over
from qms.people.models import Person
from qms.records import registry
from tests.people import Body


@pytest.fixture
def own_hooks(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nothing that other packages hung into the roof."""
    for name in ("places", "personal", "counters", "banners"):
        monkeypatch.setattr(roof, name, [])
    yield


def seen_by(person: Any, path: str = "/") -> roof.Roof:
    request = RequestFactory().get(path)
    request.user = person
    return roof_over(request)


def test_a_stranger_sees_no_menu_no_search_and_may_choose_a_language(db: None) -> None:
    found = seen_by(AnonymousUser())
    assert (found.menu, found.personal, found.person, found.search_url) == ([], [], "", "")
    assert [tongue.code for tongue in found.tongues] == ["ro", "bg", "en"]


def test_the_menu_holds_every_registered_type_and_marks_where_one_is(home: Body) -> None:
    shown = [kind for kind in registry.all_types() if kind.in_menu]
    assert shown
    first = shown[0]
    found = seen_by(home.ann, f"/records/{first.name}/").menu
    assert {str(kind.plural) for kind in shown} <= {str(word.label) for word in found}
    assert [str(word.label) for word in found if word.current] == [str(first.plural)]


def test_a_place_is_shown_only_to_whom_it_is_for(home: Body, own_hooks: None) -> None:
    def for_ann(person: Person) -> bool:
        return person == home.ann

    roof.places.append(Place("Statement", "accessibility", for_ann))
    roof.places.append(Place("Gone", "no-such-address"))
    labels = {name: [word.label for word in seen_by(home.people[name]).menu] for name in ("ann", "bob")}
    assert "Statement" in labels["ann"]
    assert "Statement" not in labels["bob"]
    assert "Gone" not in labels["ann"]


def test_a_banner_is_shown_where_its_package_says_so(home: Body, own_hooks: None) -> None:
    roof.banners.append(lambda request: Notice("You are a guest.") if request.path == "/guest" else None)
    assert [notice.text for notice in seen_by(home.ann, "/guest").banners] == ["You are a guest."]
    assert seen_by(home.ann).banners == []


def test_demonstration_content_says_what_it_is(home: Body) -> None:
    home.ann.organisation.is_demo = True
    assert "demonstration" in str(seen_by(home.ann).banners[0].text)


def test_the_roof_alone_asks_for_nothing_but_the_body(home: Body, own_hooks: None) -> None:
    person = Person.unscoped.get(pk=home.ann.pk)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        seen_by(person)
    assert len(asked) <= 1
