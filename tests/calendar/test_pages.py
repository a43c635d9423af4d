"""The calculator and the calendar of a year, as a browser without JavaScript meets them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from qms.calendar.models import CalendarException
from qms.people.models import Person
from tests.calendar.conftest import Bodies, exception

NEW = {"day": "2026-04-14", "purpose": "Bridge day", "act": "HG 1/2026"}


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def ask(person: Person, **asked: str) -> Any:
    question = {"rule": "RO_CPC_FREE_DAYS", "start": "2026-11-13", "span": "15"} | asked
    return signed_in(person).get(reverse("calendar:due"), question)


def test_the_calculator_answers_with_weekday_explanation_and_skipped_days(bodies: Bodies) -> None:
    answer = ask(bodies.sorin)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Wednesday, 2 December 2026" in page
    assert "neither the first nor the last day counted" in page
    assert page.count("<td") == 9
    assert "Saint Andrew&#x27;s Day" in page


def test_the_calculator_counts_the_bodys_own_exceptions(bodies: Bodies) -> None:
    exception(bodies.constanta, "2026-12-02")
    assert "Thursday, 3 December 2026" in ask(bodies.sorin).content.decode()
    assert "Wednesday, 2 December 2026" in ask(bodies.boris).content.decode()


def test_an_empty_question_shows_the_form_and_the_rules(bodies: Bodies) -> None:
    page = signed_in(bodies.sorin).get(reverse("calendar:due"))
    assert page.status_code == 200
    assert "EU_1182_71" in page.content.decode()
    assert "There is no rule" not in page.content.decode()


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"span": "0"}, "at least 1"),
        ({"span": "15q"}, "A span is a number of days"),
        ({"span": ""}, "required"),
        ({"start": "31.02.2026"}, "Enter a valid date"),
        ({"start": "1999-12-31"}, "from the year 2000"),
        ({"rule": "RO_CPC"}, "Select a valid choice"),
        ({"rule": "RO_WORKING", "span": "2m"}, "give a number of days"),
        ({"rule": "EU_1182_71"}, "by the holidays of a country"),
        ({"rule": "EU_1182_71", "country": "HU"}, "Select a valid choice"),
    ],
)
def test_a_question_that_cannot_be_answered_says_why(bodies: Bodies, asked: dict[str, str], says: str) -> None:
    answer = ask(bodies.sorin, **asked)
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_a_european_rule_takes_the_country_chosen(bodies: Bodies) -> None:
    asked = {"rule": "EU_1182_71", "start": "2026-11-27", "span": "5"}
    assert "Thursday, 3 December 2026" in ask(bodies.sorin, country="RO", **asked).content.decode()
    assert "Wednesday, 2 December 2026" in ask(bodies.sorin, country="BG", **asked).content.decode()


def test_the_year_lists_holidays_and_exceptions_of_the_body(bodies: Bodies) -> None:
    exception(bodies.above, "2026-04-14", purpose="From above")
    exception(bodies.ruse, "2026-04-15", purpose="From Ruse")
    page = signed_in(bodies.sorin).get(reverse("calendar:year"), {"year": "2026"}).content.decode()
    assert "Easter Monday" in page
    assert "From above" in page
    assert "From Ruse" not in page
    assert "Unification Day" not in page
    assert reverse("calendar:exception_new") not in page
    assert "Unification Day" in signed_in(bodies.boris).get(reverse("calendar:year")).content.decode()


@pytest.mark.parametrize("year", ["", "26", "abcd", "1850", "9999", "٢٠٢٦"])
def test_a_year_that_is_none_shows_this_year(bodies: Bodies, year: str) -> None:
    answer = signed_in(bodies.sorin).get(reverse("calendar:year"), {"year": year})
    assert "Calendar 2026" in answer.content.decode()


def test_the_pages_ask_a_fixed_number_of_queries(bodies: Bodies, django_assert_max_num_queries: Any) -> None:
    for day in range(13, 24):
        exception(bodies.constanta, f"2026-04-{day}")
    client = signed_in(bodies.ada)
    with django_assert_max_num_queries(10):
        client.get(reverse("calendar:year"))
    with django_assert_max_num_queries(9):
        client.get(reverse("calendar:due"), {"rule": "RO_CIVIL", "start": "2026-04-03", "span": "10"})


def test_the_administrator_adds_changes_and_sets_aside_an_exception(bodies: Bodies) -> None:
    client = signed_in(bodies.ada)
    new = reverse("calendar:exception_new")
    assert client.get(new).status_code == 200
    answer = client.post(new, NEW | {"key": str(uuid4())}, follow=True)
    assert answer.redirect_chain[0][0] == f"{reverse('calendar:year')}?year=2026"
    assert "Bridge day" in answer.content.decode()
    row = CalendarException.objects.of(bodies.constanta.pk).get()
    edit = reverse("calendar:exception_edit", args=(row.uid,))
    assert "Bridge day" in client.get(edit).content.decode()

    changed = NEW | {"purpose": "Recovered day", "is_void": "on", "version": "1", "key": str(uuid4())}
    refused = client.post(edit, changed)
    assert refused.status_code == 422
    assert client.post(edit, changed | {"reason": "HG 2/2026"}).status_code == 302
    row.refresh_from_db()
    assert (row.purpose, row.is_void, row.version) == ("Recovered day", True, 2)

    late = client.post(edit, changed | {"reason": "again", "purpose": "Third", "key": str(uuid4())})
    assert late.status_code == 422
    assert "Somebody changed it meanwhile" in late.content.decode()


def test_the_same_form_sent_twice_adds_one_exception(bodies: Bodies) -> None:
    client, form = signed_in(bodies.ada), NEW | {"key": str(uuid4())}
    new = reverse("calendar:exception_new")
    assert [client.post(new, form).status_code for _n in range(2)] == [302, 302]
    assert CalendarException.objects.of(bodies.constanta.pk).count() == 1
    other = client.post(new, form | {"day": "2026-04-15"})
    assert other.status_code == 422


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"day": ""}, "required"),
        ({"day": "1999-01-01"}, "from the year 2000"),
        ({"purpose": "x" * 201}, "at most 200"),
        ({"day": "2026-04-20"}, "exception already"),
    ],
)
def test_a_mistake_is_said_beside_its_field(bodies: Bodies, given: dict[str, str], says: str) -> None:
    exception(bodies.constanta, "2026-04-20")
    answer = signed_in(bodies.ada).post(reverse("calendar:exception_new"), NEW | given)
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_others_do_not_reach_a_bodys_exceptions(bodies: Bodies) -> None:
    row = exception(bodies.constanta, "2026-04-14")
    edit = reverse("calendar:exception_edit", args=(row.uid,))
    missing = reverse("calendar:exception_edit", args=(uuid4(),))
    assert signed_in(bodies.sorin).get(edit).status_code == 403
    assert signed_in(bodies.sorin).post(reverse("calendar:exception_new"), NEW).status_code == 403
    for stranger in (bodies.boris, bodies.anca):
        assert [signed_in(stranger).get(url).status_code for url in (edit, missing)] == [404, 404]
        assert signed_in(stranger).post(edit, NEW | {"reason": "x"}).status_code == 404
    assert Client().get(edit).status_code == 302
    row.refresh_from_db()
    assert row.version == 1
