"""Entries beside the registers: new, changed, closed, back again; nothing changes without a person."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from goldenthread.core import clock
from goldenthread.core.models import Notice
from goldenthread.core.refusals import InvalidInput, NotPermitted
from goldenthread.localoffer import actions, queries
from goldenthread.localoffer.enums import Register, RegisterState, State
from goldenthread.localoffer.models import PublicService, RegisterEntry, Service
from goldenthread.localoffer.registers import Listed, read_ofsted
from tests.factories import localoffer as make
from tests.factories.casework import setting
from tests.localoffer.views.test_editing import signed_in

pytestmark = pytest.mark.django_db
OFSTED = Register.OFSTED
NURSERY = Listed("EY123", "Loom Nursery", "Childcare on non-domestic premises", "2 Loom Street", "Threadford",
                 "ZZ1 1ZZ", 0, 5)  # fmt: skip


def match(*rows: Listed) -> dict[str, int]:
    return dict(actions.match_register(by=make.BY, register=OFSTED, rows=rows))


def entry(**given: Any) -> Service:
    own = {"urn": "EY123"}
    address = {"address_1": "2 Loom Street", "city": "Threadford", "postal_code": "ZZ1 1ZZ"}
    places = [make.place(addresses=[address])]
    wanted = {"minimum_age": 0, "maximum_age": 5, "local_offer": own, "service_at_locations": places}
    return make.published(name="Loom Nursery", **(wanted | given))


def changed(**given: Any) -> Listed:
    return Listed(**NURSERY.as_dict() | given)


def test_an_entry_goes_through_every_state() -> None:
    assert match(NURSERY) == {"new": 1}
    service = entry()
    assert service.urn == "EY123"
    assert match(NURSERY) == {"same": 1}
    assert match(changed(name="Weft Nursery", postcode="ZZ2 2ZZ", high_age=4)) == {"changed": 1}
    labels = [one[0] for one in RegisterEntry.objects.get().differences]
    assert labels == ["Name", "Address", "Oldest age"]
    assert match(changed(is_open=False)) == {"closed": 1}
    assert match(NURSERY) == {"same": 1}
    # No longer in the file: closed.
    assert match() == {"closed": 1}
    actions.archive(by=make.BY, service_id=service.pk, reason="Closed.")
    assert match(changed(is_open=False)) == {"same": 1}
    assert match(NURSERY) == {"back": 1}
    service.refresh_from_db()
    assert (service.state, service.number) == (State.ARCHIVED, 1)


def test_what_is_taken_over_is_a_draft_and_what_is_left_stays_left() -> None:
    service = entry()
    match(changed(name="Weft Nursery", street="9 Weft Row", postcode="ZZ2 2ZZ"))
    row = RegisterEntry.objects.get()
    assert actions.leave_as_it_is(by=make.editor(), ids=[row.pk]) == 1
    match(changed(name="Weft Nursery", street="9 Weft Row", postcode="ZZ2 2ZZ"))
    assert RegisterEntry.objects.get().left is not None
    match(changed(name="Weft House Nursery"))
    assert RegisterEntry.objects.get().left is None
    match(changed(name="Weft House Nursery", street="9 Weft Row", postcode="ZZ2 2ZZ"))
    assert actions.take_over(by=make.editor(), ids=[row.pk]) == (1, [])
    document = queries.current_document(Service.objects.get())
    place = document["service_at_locations"][0]["location"]
    assert (document["name"], place["addresses"][0]["postal_code"]) == ("Weft House Nursery", "ZZ2 2ZZ")
    assert "latitude" not in place
    assert PublicService.objects.get(pk=service.pk).name == "Loom Nursery"
    assert RegisterEntry.objects.get().state == RegisterState.SAME
    with pytest.raises(NotPermitted):
        actions.leave_as_it_is(by=make.provider(service.organization), ids=[row.pk])


def test_new_places_become_drafts_once_and_a_childminders_home_is_hidden() -> None:
    minder = Listed("EY9", "", "Childminder", "4 Quiet Close", "Weft", "ZZ3 3ZZ")
    match(NURSERY, minder)
    ids = [one.pk for one in RegisterEntry.objects.all()]
    assert actions.start_from_register(by=make.editor(), ids=ids) == 2
    assert actions.start_from_register(by=make.editor(), ids=ids) == 0
    assert set(Service.objects.values_list("state", "urn")) == {("draft", "EY123"), ("draft", "EY9")}
    assert not PublicService.objects.exists()
    home = Service.objects.get(urn="EY9")
    assert home.name == "Childminder EY9"
    actions.publish(by=make.BY, service_id=home.pk)
    assert "Quiet Close" not in str(PublicService.objects.values())
    assert not PublicService.objects.get().postcodes


def test_settings_that_people_knows_are_the_register_of_gias() -> None:
    setting(urn="100001", name="Weft School", la_code=settings.COUNCIL_LA_CODE)
    setting(urn="100002", name="Far School", la_code="123")
    make.published(name="Far School", local_offer={"urn": "100002"}, service_at_locations=None)
    found = actions.match_register(by=make.BY, register=Register.GIAS)
    assert found["new"] == 1
    assert sum(found.values()) == 2


FILE = (
    "Provider URN,Provider Name,Provider Type,Provider Status,Provider Town,Postcode,Local Authority\n"
    "EY1,Caf\xe9 Nursery,Nursery,Active,Weft,zz11zz,Threadshire\n"
    "EY2,REDACTED,Childminder,Resigned,REDACTED,REDACTED,Threadshire\n"
    "EY3,Far Nursery,Nursery,Active,Far,ZZ9 9ZZ,Elsewhere\n"
).encode("cp1252")


def test_ofsteds_file_is_read_in_its_own_words() -> None:
    rows = list(read_ofsted(FILE, "ofsted.csv", "Threadshire County Council"))
    assert [(one.urn, one.name, one.postcode, one.is_open, one.is_ours) for one in rows] == [
        ("EY1", "Café Nursery", "ZZ1 1ZZ", True, True),
        ("EY2", "", "", False, True),
        ("EY3", "Far Nursery", "ZZ9 9ZZ", True, False),
    ]
    with pytest.raises(InvalidInput, match="no columns of URNs"):
        list(read_ofsted(b"a,b\n1,2\n", "x.csv", "Threadshire"))


def test_the_command_and_the_page(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "ofsted.csv"
    path.write_bytes(FILE)
    call_command("match_registers", "--gias", "--ofsted", path)
    assert "Ofsted: 1 no entry yet" in capsys.readouterr().out
    editor, address = signed_in(make.editor()), reverse("lo_register", args=["ofsted"])
    assert "Café Nursery" in editor.get(address).content.decode()
    wrong = SimpleUploadedFile("x.csv", b"a,b\n1,2\n")
    assert editor.post(address, {"file": wrong}).status_code == 422
    assert editor.post(address, {"file": SimpleUploadedFile("o.csv", FILE)}).status_code == 302
    do = reverse("lo_register_do", args=["ofsted"])
    editor.post(do, {"row": [str(RegisterEntry.objects.get().pk), "x"], "what": "start"})
    assert Service.objects.get().name == "Café Nursery"
    assert editor.post(do, {"what": "nonsense"}).status_code == 404


def test_never_checked_entries_are_overdue_and_asked_for() -> None:
    with clock.fixed(date(2024, 1, 10)):
        service = make.published(assured_date=None)
        make.provider(service.organization)
        assert actions.send_reminders().entries == 1
        assert actions.send_reminders().entries == 0
        assert "never checked" in Notice.objects.get(kind="local_offer_check").body
        editor = signed_in(make.editor())
        page = editor.get(reverse("lo_overdue")).content.decode()
        assert service.name in page
        editor.post(reverse("lo_overdue"), {"service": [str(service.pk), "x"]})
        assert Notice.objects.filter(kind="local_offer_check").count() == 2
    with clock.fixed(date(2024, 11, 10)):
        assert actions.send_reminders().entries == 1
    with clock.fixed(date(2024, 11, 11)):
        actions.confirm_checked(by=make.BY, service_id=service.pk)
        assert actions.send_reminders().entries == 0
        assert service.name not in editor.get(reverse("lo_overdue")).content.decode()
