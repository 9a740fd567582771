"""A small demonstration county in the database, served, for tests that look at many pages.

It is made once for all tests of this folder and its rows are committed: what one test changes the next one
sees. Rows of every kind are added, so that each page has something to show.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.apps import apps
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django.test import Client, override_settings
from django.urls import reverse
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from goldenthread.casework import actions
from goldenthread.casework.enums import Status
from goldenthread.casework.queries import visible_to
from goldenthread.core import clock, landing, notices
from goldenthread.core.actions import request_sign_in_link
from goldenthread.core.actors import System
from goldenthread.core.models import Notice, NoticeState, User
from goldenthread.core.roles import Role
from goldenthread.demo.actions import make_county
from goldenthread.demo.county import CENSUS_DAY
from goldenthread.people import actions as people
from goldenthread.people.enums import NameKind
from goldenthread.people.models import Person
from goldenthread.placements.models import Placement
from goldenthread.returns.actions import begin_import
from goldenthread.returns.models import ImportState
from tests.browser.county import directory, guidance, planning
from tests.core.jobs_for_tests import fail
from tests.factories import casework as make
from tests.factories import people as make_people
from tests.factories.people import user as make_user
from tests.returns.conftest import load_file
from tests.returns.sen2.builders import PERSON_XML, xml_of

BY = System.COMMAND
PLANS = 60
SECURED, PASSWORD = "secured@threadshire.example", "a long horse of a staple"
NOBODY = ""
# Sixty characters without a place to break: a name as long as names come.
LONG_NAME = "Featherstonehaugh-Threadneedlethwaite-Willowherbington-Smyth"


@dataclass
class County:
    """The served county: where it is, who is in it, and the rows whose pages are looked at."""

    url: str
    people: dict[str, UUID]  # persona: user
    sessions: dict[str, str] = field(default_factory=dict)  # persona: session key
    rows: dict[str, Any] = field(default_factory=dict)

    def enter(self, page: Page, who: str) -> None:
        """Let the page's browser be this persona, signed in and past the second step; NOBODY signs out."""
        page.context.clear_cookies()
        if who != NOBODY:
            name = settings.SESSION_COOKIE_NAME
            page.context.add_cookies([{"name": name, "value": self.sessions[who], "url": self.url}])


@contextmanager
def served_county() -> Iterator[County]:
    """The county, served as a demonstration; afterwards the database is empty again."""
    with override_settings(DEMONSTRATION=True, NOTICE_CHANNEL="screen", ALLOWED_HOSTS=["*"]):
        clock.forget()
        server, ways_in = None, landing.ways_in()
        try:
            # The way in that a site offers which starts as a demonstration.
            apps.get_app_config("demo").ready()
            made = make_county(plans=PLANS, seed=1, by=BY)
            server = LiveServer("localhost")
            county = County(server.url, {one["key"]: UUID(one["user"]) for one in made.personas})
            _fill(county)
            yield county
        finally:
            if server is not None:
                server.stop()
            landing._ways[:] = ways_in
            call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=False)
            clock.forget()


def _fill(county: County) -> None:
    """Add a row of each kind that the county has not, and open a session for everybody."""
    county.people["nobody_yet"] = make_user(Role.FAMILY, name="Una Newcomer").pk
    county.rows |= _cases(county) | _records() | _office() | _secured(county) | _returns()
    county.rows |= planning.rows()
    county.rows |= directory.rows(county.people["provider"])
    county.rows |= guidance.rows()
    for who, key in county.people.items():
        county.sessions[who] = _session(User.objects.get(pk=key))
    county.sessions["half_way"] = _half_way()
    county.sessions["one_step"] = _session(User.objects.get(pk=county.people["secured"]), steps=1)


def _session(user: User, *, steps: int = 2) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    if steps == 2:
        session["second_factor"] = str(user.pk)
    session["account_authentication_methods_user"] = str(user.pk)
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time() + 3600, "reauthenticated": True}
    ]
    session.create()
    return str(session.session_key)


def _half_way() -> str:
    """The session of somebody who gave the password and is asked for the second step."""
    client = Client()
    answer = client.post(reverse("account_login"), {"login": SECURED, "password": PASSWORD})
    assert answer.headers.get("Location") == reverse("mfa_authenticate"), answer
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _credential() -> dict[str, Any]:
    """What a browser tells of a new passkey; its key is of no device."""
    key = ES256({1: 2, 3: -7, -1: 1, -2: b"x" * 32, -3: b"y" * 32})
    about = AttestedCredentialData.create(Aaguid(bytes(16)), b"credential of Sue", key)
    told = AuthenticatorData.create(
        bytes(32), AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT, 0, about
    )
    said = json.dumps({"type": "webauthn.create", "challenge": "", "origin": "http://localhost"})
    return {
        "id": websafe_encode(b"credential of Sue"),
        "rawId": websafe_encode(b"credential of Sue"),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(said.encode()),
            "attestationObject": websafe_encode(bytes(AttestationObject.create("none", told, {}))),
        },
    }


def _secured(county: County) -> dict[str, Any]:
    """An analyst with every kind of second step."""
    user = make_user(Role.ANALYST, name="Sue Secured", email=SECURED, password=PASSWORD)
    county.people["secured"] = user.pk
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    passkey = Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Laptop", "credential": _credential()}
    )
    return {"passkey": passkey.pk}


def _cases(county: County) -> dict[str, Any]:
    """One case of each status, one with a long name, and work for the adviser and the school."""
    rows: dict[str, Any] = {f"case_{one}": make.case_at(one, received=date(2023, 1, 9)) for one in Status}
    _plans_in_motion()
    received = CENSUS_DAY - timedelta(50)
    child = make_people.person(forename="Wren", surname=LONG_NAME)
    fresh = actions.receive_request(person_id=child.pk, by=BY, on=received, source="1")
    worker = county.people["coordinator"]
    actions.allocate(case_ids=[fresh.pk], caseworker_id=worker, by=BY, on=CENSUS_DAY)
    assessing = make.case_at(Status.ASSESSING, received=received)
    adviser = User.objects.get(pk=county.people["psychologist"]).adviser
    asked = {"case_id": assessing.pk, "by": BY, "on": received + timedelta(31)}
    actions.request_advice(**asked, kind="psychological", adviser_id=adviser.pk)
    actions.claim_exception(
        **asked, rule="advice_returned", ground="A3", evidence="Missed it.", starts_on=CENSUS_DAY
    )
    drafted = make.case_at(Status.DRAFT, received=CENSUS_DAY - timedelta(112))
    school = User.objects.get(pk=county.people["senco"]).setting_user.setting_id
    actions.consult_setting(case_id=drafted.pk, by=BY, on=CENSUS_DAY - timedelta(1), setting_id=school)
    return (
        rows
        | {
            "fresh": fresh,
            "assessing": assessing,
            "drafted": drafted,
            "advice": assessing.advice.get(),
            "consultation": drafted.setting_consultations.get(),
            "no_case": make_people.person(forename="Free"),
            "place": Placement.objects.filter(ends_on=None).earliest("created_at"),
        }
        | _of_families(county)
    )


def _plans_in_motion() -> None:
    """A plan that is to cease, and one to amend after its review."""
    ceasing, amending = (make.case_at(Status.PLAN, received=date(2023, 1, 9)) for _ in range(2))
    on, by = CENSUS_DAY - timedelta(3), BY
    actions.decide_to_cease(case_id=ceasing.pk, by=by, on=on, cease_reason="2", reason="Needs are met.")
    actions.record_review_meeting(case_id=amending.pk, by=by, on=on - timedelta(10))
    actions.record_review_decision(case_id=amending.pk, by=by, on=on, outcome="A", reason="More hours.")


def _of_families(county: County) -> dict[str, Any]:
    """The case that each family persona sees."""
    rows: dict[str, Any] = {}
    for who in ("parent", "young_person"):
        case = visible_to(User.objects.get(pk=county.people[who])).earliest("received_on")
        rows |= {f"case_of_{who}": case.pk, f"child_of_{who}": case.person_id}
    return rows


def _records() -> dict[str, Any]:
    """A pair who may be one person, and a pair that was merged."""
    twins = make_people.people(*[make_people.new_person(surname="Twinly") for _ in range(2)])
    kept, gone = make_people.people(*[make_people.new_person(surname="Mergely") for _ in range(2)])
    people.look_for_duplicates(by=BY)
    merge = people.merge_people(by=BY, kept_id=kept.pk, gone_id=gone.pk, reason="The same certificate.")
    name = people.add_name(
        by=BY, person_id=twins[0].pk, name=people.OtherName(NameKind.FORMER, surname="Earlier")
    )
    return {"twins": twins, "merge": merge, "person": twins[0], "name": name}


def _office() -> dict[str, Any]:
    """Notices sent and not, a job that failed, accounts open and closed, and a link to sign in by."""
    family = make_user(Role.FAMILY, name="Lee Linkly")
    request_sign_in_link(email=family.email, go_to="")
    link = notices.text_of(Notice.objects.get(to_email=family.email))
    notices.send(to_email="parent@example.org", subject="A step is done", body="Dear Sam", kind="test")
    Notice.objects.filter(kind="test").update(state=NoticeState.FAILED, problem="The server answered 550.")
    closed = make_user(Role.ADVISER, name="Clo Closed", is_active=False)
    return {
        "token": link.partition("/sign-in/link/use/")[2].split("/")[0],
        "notice": Notice.objects.earliest("created_at"),
        "failed_notice": Notice.objects.get(kind="test"),
        "job": fail.enqueue().id,
        "user": make_user(Role.ANALYST, name="Ann Active"),
        "closed": closed,
    }


def _returns() -> dict[str, Any]:
    """A return that was checked and has findings, one that was refused, and one that waits."""
    with tempfile.TemporaryDirectory(prefix="returns-") as folder:
        file, bad = Path(folder) / "return.xml", Path(folder) / "bad.xml"
        file.write_text(xml_of(PERSON_XML, PERSON_XML.replace("2017-05-04", "3019-05-04")), encoding="utf-8")
        bad.write_bytes(b"Surname;Forename")
        checked, refused = load_file(file, as_of=CENSUS_DAY, check=True), load_file(bad, as_of=CENSUS_DAY)
    assert (refused.state, checked.issues.exists()) == (ImportState.REFUSED, True)
    waiting = begin_import(by=System.IMPORT, as_of=CENSUS_DAY, file_name="return.xml")
    return {"checked": checked, "refused": refused, "waiting": waiting}


def names_of_children() -> set[str]:
    """The surnames and identifiers of everybody in the record, in small letters."""
    found: set[str] = set()
    for row in Person.objects.values_list("surname", "upn", "uln", "nhs_number"):
        found |= {str(value).lower() for value in row if value and len(str(value)) > 4}
    return found
