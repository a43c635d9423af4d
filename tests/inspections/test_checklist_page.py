"""The checklist page: read by section, answered item by item, with and without JavaScript, by several at once."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from procedures.checklists.structure import NUMBER, PHOTO, Checklist, Item, Section
from qms.lifecycle.perform import create, perform
from qms.people.models import Person
from qms.trail.models import TrailEvent
from tests.inspections import make
from tests.inspections.make import answered, checklist_in_force, in_progress, planned
from tests.people import Body
from tests.reports.sample import photo_bytes
from workflows.inspections.commands import save_answer
from workflows.inspections.models import Answer, Inspection, Measure
from workflows.nonconformities.models import Nonconformity


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page_of(mission: Inspection) -> str:
    return reverse("inspections:checklist", kwargs={"uid": mission.uid})


def item_of(mission: Inspection, item: str) -> str:
    return reverse("inspections:answer", kwargs={"uid": mission.uid, "item": item})


def sent(answer: str | None = None, version: int = 0, **more: Any) -> dict[str, Any]:
    given = {"version": version, "key": str(uuid4()), **more}
    return given | ({"answer": answer} if answer is not None else {})


def now(mission: Inspection, item: str) -> Answer:
    answer: Answer = Answer.unscoped.get(inspection=mission, item=item)
    return answer


def test_the_page_prints_the_answers_of_the_form_for_every_item(home: Body) -> None:
    page = signed_in(home.ines).get(page_of(in_progress(home))).content.decode()
    assert page.count('name="answer"') == 9
    for text in ("Is condition 2 met?", "Not applicable", "Law 1/2020, art. 5", "Answered 0 of 3"):
        assert text in page


def test_back_to_the_page_shows_no_stored_copy(home: Body) -> None:
    assert "no-store" in signed_in(home.ines).get(page_of(in_progress(home)))["Cache-Control"]


def test_another_bodys_checklist_is_not_there(home: Body, away: Body) -> None:
    mission, stranger = in_progress(home), signed_in(away.lena)
    assert stranger.get(page_of(mission)).status_code == 404
    assert stranger.post(item_of(mission, "i1"), sent("yes")).status_code == 404
    assert stranger.get(page_of(mission).replace(str(mission.uid), str(uuid4()))).status_code == 404
    assert signed_in(home.ines).post(item_of(mission, "i99"), sent("yes")).status_code == 404


def test_without_javascript_an_answer_is_saved_and_leads_back_to_its_item(home: Body) -> None:
    mission = in_progress(home)
    reply = signed_in(home.ines).post(item_of(mission, "i2"), sent("yes"))
    assert (reply.status_code, reply["Location"]) == (302, f"{page_of(mission)}?section=s1#item-i2")
    assert now(mission, "i2").value == "yes"


def test_htmx_gets_the_item_with_head_and_foot_only(home: Body) -> None:
    reply = signed_in(home.ines).post(item_of(in_progress(home), "i1"), sent("yes"), headers={"HX-Request": "true"})
    body = reply.content.decode()
    assert reply.status_code == 200
    assert body.count('class="at-question') == 1
    assert body.count("hx-swap-oob") == 2
    assert "Answered 1 of 3" in body
    assert "Next without an answer: 1.2" in body
    assert "<html" not in body


def test_no_opens_what_was_found_and_asks_for_it(home: Body) -> None:
    mission, client = in_progress(home), signed_in(home.ines)
    assert "(required)" not in client.get(page_of(mission)).content.decode()
    reply = client.post(item_of(mission, "i1"), sent("no"), headers={"HX-Request": "true"})
    assert "(required)" in reply.content.decode()
    assert "the form asks what was found" in reply.content.decode()
    client.post(item_of(mission, "i1"), sent(version=1, fact="No plan on floor 2."))
    assert (now(mission, "i1").value, now(mission, "i1").comment) == ("no", "No plan on floor 2.")
    assert "the form asks what was found" not in client.get(page_of(mission)).content.decode()


def test_an_older_answer_gets_both_shown_and_overwrites_nothing(home: Body) -> None:
    mission = in_progress(home)
    save_answer(mission, "i1", home.lena, value="yes", comment="Seen by Lena.")
    for headers in ({}, {"HX-Request": "true"}):
        reply = signed_in(home.ines).post(item_of(mission, "i1"), sent("no", fact="Not there."), headers=headers)
        body = reply.content.decode()
        assert reply.status_code == 409
        assert "Lena HOME changed it" in body
        assert "Seen by Lena." in body
        assert "Not there.</textarea>" in body
        assert "Save mine: No" in body
    assert now(mission, "i1").comment == "Seen by Lena."
    signed_in(home.ines).post(item_of(mission, "i1"), sent("no", version=1, fact="Not there."))
    assert (now(mission, "i1").value, now(mission, "i1").version) == ("no", 2)


def test_a_form_sent_twice_is_carried_out_once(home: Body) -> None:
    mission, client, form = in_progress(home), signed_in(home.ines), sent("yes")
    for _time in range(2):
        assert client.post(item_of(mission, "i1"), form).status_code == 302
    assert TrailEvent.objects.filter(stream=now(mission, "i1").uid).count() == 1
    save_answer(mission, "i1", home.lena, value="na", version=1)
    assert client.post(item_of(mission, "i1"), form).status_code == 302
    assert now(mission, "i1").value == "na"


def test_a_lost_reply_does_not_turn_the_senders_next_thought_into_a_conflict(home: Body) -> None:
    mission, client, form = in_progress(home), signed_in(home.ines), sent("yes")
    client.post(item_of(mission, "i1"), form)
    assert client.post(item_of(mission, "i1"), form | {"answer": "no", "fact": "After all not."}).status_code == 302
    assert (now(mission, "i1").value, now(mission, "i1").version) == ("no", 2)
    save_answer(mission, "i1", home.lena, value="yes", version=2)
    assert client.post(item_of(mission, "i1"), form | {"answer": "na"}).status_code == 409
    assert now(mission, "i1").value == "yes"


@pytest.mark.parametrize(
    "given",
    [{"answer": "maybe"}, {"answer": "yes", "version": "x"}, {"answer": "yes", "key": "1"}, {"fact": "a\x00b"},
     {"answer": "yes", "version": "-1"}, {"answer": "y" * 10_001}, {"answer": "yes", "version": "9" * 30}],
)  # fmt: skip
def test_what_is_no_answer_is_said_beside_its_item(home: Body, given: dict[str, str]) -> None:
    mission = in_progress(home)
    for headers in ({}, {"HX-Request": "true"}):
        reply = signed_in(home.ines).post(item_of(mission, "i1"), sent() | given, headers=headers)
        assert reply.status_code == 422
        assert "at-missing-line" in reply.content.decode()
    assert not Answer.unscoped.filter(inspection=mission).exists()


def test_who_is_not_of_the_team_reads_and_is_told_why_he_does_not_answer(home: Body) -> None:
    mission, reader = in_progress(home), signed_in(home.ivo)
    page = reader.get(page_of(mission)).content.decode()
    assert "disabled" in page
    assert "Only the team" in reader.post(item_of(mission, "i1"), sent("yes")).content.decode()
    assert reader.post(item_of(mission, "i1"), sent("yes")).status_code == 403


def test_before_it_begins_and_after_it_left_the_site_the_checklist_is_closed(home: Body) -> None:
    mission = answered(in_progress(home), home)
    perform(mission, "draw_up_report", home.lena)
    client = signed_in(home.ines)
    assert "The checklist is closed" in client.get(page_of(mission)).content.decode()
    assert client.post(item_of(mission, "i1"), sent("na", version=1)).status_code == 403
    assert signed_in(home.lena).get(page_of(planned(home, checklist_in_force(home, "LV-02")))).status_code == 200


def with_kinds(body: Body, monkeypatch: pytest.MonkeyPatch) -> Inspection:
    items = (Item("n", {"en": "How many?"}, NUMBER), Item("p", {"en": "Show it."}, PHOTO))
    section = Section("s", {"en": "Counting"}, "", items)
    monkeypatch.setattr(make, "a_checklist", lambda items=0: Checklist("en", {"en": "Kinds"}, (section,)))
    return in_progress(body, checklist_in_force(body, "LV-09"))


def test_a_number_takes_a_comma_and_can_be_taken_back(home: Body, monkeypatch: pytest.MonkeyPatch) -> None:
    mission, client = with_kinds(home, monkeypatch), signed_in(home.ines)
    client.post(item_of(mission, "n"), sent("1 234,5"))
    assert now(mission, "n").value == "1234.5"
    assert client.post(item_of(mission, "n"), sent("many", version=1)).status_code == 422
    client.post(item_of(mission, "n"), sent("", version=1))
    assert now(mission, "n").value is None
    assert [item.key for item in Inspection.unscoped.get(pk=mission.pk).unanswered] == ["n", "p"]


def test_a_photo_is_evidence_of_its_answer_and_answers_an_item_that_asks_for_one(
    home: Body, monkeypatch: pytest.MonkeyPatch, tmp_path: Any, settings: Any
) -> None:
    settings.STORAGE_DIR = tmp_path
    mission, client = with_kinds(home, monkeypatch), signed_in(home.ines)
    form = sent() | {"photo": SimpleUploadedFile("plan.png", photo_bytes())}
    client.post(item_of(mission, "p"), form)
    assert len(now(mission, "p").value or ()) == 1
    client.post(item_of(mission, "p"), form | {"photo": SimpleUploadedFile("plan.png", photo_bytes())})
    assert len(now(mission, "p").value or ()) == 1
    assert "plan.png" in client.get(page_of(mission)).content.decode()
    bad = client.post(item_of(mission, "p"), sent(version=9) | {"photo": SimpleUploadedFile("a.exe", b"MZ")})
    assert bad.status_code in (409, 422)


def test_a_failed_item_leads_to_a_nonconformity_that_knows_where_it_comes_from(home: Body) -> None:
    mission, client = answered(in_progress(home), home), signed_in(home.ines)
    new = reverse("records:new", kwargs={"type_name": "nonconformity"})
    link = f"{new}?origin_type=inspection&amp;origin={mission.uid}&amp;origin_item=i2"
    assert link in client.get(page_of(mission)).content.decode()
    form = client.get(link.replace("&amp;", "&")).content.decode()
    for text in ("Is condition 2 met? (Law 1/2020, art. 5)", "Seen on site.", "Marea Calmă"):
        assert text in form
    given = mission.finding("i2", "en")
    origin = {"origin_type": "inspection", "origin": str(mission.uid), "origin_item": "i2", "key": str(uuid4())}
    assert client.post(new, given | origin).status_code == 302
    found = Nonconformity.unscoped.get()
    assert (found.origin, found.origin_item, found.reported_by) == (mission.uid, "i2", home.ines)
    for address in (page_of(mission), f"/records/inspection/{mission.uid}/"):
        page = client.get(address).content.decode()
        assert found.reference in page
        assert "Report a nonconformity" not in page


@pytest.mark.parametrize("item", ["i1", "i99"])
def test_an_item_that_does_not_fail_is_no_origin(home: Body, item: str) -> None:
    mission = answered(in_progress(home), home)
    new = reverse("records:new", kwargs={"type_name": "nonconformity"})
    origin = {"origin_type": "inspection", "origin": str(mission.uid), "origin_item": item, "key": str(uuid4())}
    reply = signed_in(home.ines).post(new, mission.finding("i2", "en") | origin)
    assert reply.status_code == 422
    assert not Nonconformity.unscoped.exists()


def test_another_bodys_inspection_is_no_origin(home: Body, away: Body) -> None:
    mission = answered(in_progress(home), home)
    new = reverse("records:new", kwargs={"type_name": "nonconformity"})
    origin = {"origin_type": "inspection", "origin": str(mission.uid), "origin_item": "i2"}
    client = signed_in(away.ines)
    assert "Seen on site." not in client.get(new, origin).content.decode()
    given = mission.finding("i2", "en") | {"unit": ""}
    assert client.post(new, given | origin | {"key": str(uuid4())}).status_code == 422


def test_a_failed_item_leads_to_a_measure_with_rules_of_the_country(home: Body) -> None:
    mission, client = answered(in_progress(home), home), signed_in(home.ines)
    new = f"/records/measure/new?inspection={mission.pk}&item=i2"
    form = client.get(new).content.decode()
    assert "Seen on site." in form
    assert "RO_CALENDAR" in form
    assert "BG_" not in form
    fields = {"inspection": mission.pk, "item": "i2", "title": "Plan", "description": "Hang the plan.", "span": "10"}
    reply = client.post(new, fields | {"rule": "RO_CALENDAR", "key": str(uuid4())})
    assert reply.status_code == 302
    assert Measure.unscoped.get().item == "i2"
    assert signed_in(home.stan).get(new).status_code == 403


def statements(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        act()
    return sum(not query["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")) for query in seen)


def test_the_page_takes_as_many_statements_for_sixty_items_as_for_three(home: Body) -> None:
    counts = []
    for items in (3, 60):
        mission = answered(in_progress(home, checklist_in_force(home, f"LV-{items}", items)), home)
        client = signed_in(home.ines)
        client.get(page_of(mission))
        counts.append(statements(lambda client=client, mission=mission: client.get(page_of(mission))))  # type: ignore[misc]
    assert counts[0] == counts[1]
    assert counts[1] <= 12


def test_saving_an_answer_takes_at_most_ten_statements(home: Body) -> None:
    mission = Inspection.unscoped.select_related("organisation", "checklist").get(pk=in_progress(home).pk)
    first = statements(lambda: save_answer(mission, "i1", home.ines, value="yes", key=uuid4()))
    change = statements(lambda: save_answer(mission, "i1", home.ines, value="na", version=1, key=uuid4()))
    assert max(first, change) <= 10


def test_eight_times_the_same_form_and_two_people_at_once(real_db: Any) -> None:
    from tests.people import make_body

    body = make_body("HOME", "RO", "ro")
    mission, key = in_progress(body, checklist_in_force(body, items=8)), uuid4()

    def give(item: str, who: Person, value: str, form: Any = None) -> Callable[[], Any]:
        return lambda: save_answer(mission, item, who, value=value, key=form or uuid4())

    assert not [e for e in real_db.together(*[give("i1", body.ines, "yes", key)] * 8) if isinstance(e, Exception)]
    assert TrailEvent.objects.filter(stream=now(mission, "i1").uid).count() == 1
    both = real_db.together(give("i2", body.ines, "yes"), give("i2", body.lena, "na"))
    assert sorted(type(each).__name__ for each in both) == ["Answer", "Stale"]
    jobs = [give(f"i{n}", body.ines if n % 2 else body.lena, "yes") for n in range(3, 9)]
    assert {type(each).__name__ for each in real_db.together(*jobs)} == {"Answer"}
    assert Answer.unscoped.filter(inspection=mission).count() == 8


def test_a_measure_of_another_missions_item_is_refused(home: Body) -> None:
    from django.core.exceptions import ValidationError

    mission = in_progress(home)
    with pytest.raises(ValidationError):
        create(
            Measure, home.lena, organisation=home.organisation, inspection=mission, item="i99", title="x",
            description="x", rule="RO_CALENDAR", span="10",
        )  # fmt: skip
