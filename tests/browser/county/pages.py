"""Which pages there are, who looks at each, and which addresses are no pages: one table for the sweep.

A new address of any room fails `test_every_page` until it stands here: in `visits`, with somebody who may
see it and what its address needs, or in NO_PAGE with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from goldenthread.casework.actions.available import ACTIONS, is_allowed
from goldenthread.casework.forms.table import DECISIONS
from goldenthread.casework.models import Case
from goldenthread.core.models import User
from goldenthread.people.models import Adviser, Organisation, Relationship, Setting
from tests.browser.county import consultations, directory, guidance, local_offer, planning
from tests.browser.county.served import NOBODY, County

OPEN_DATA = "data for machines"
OF_OPEN_DATA = ("services", "taxonomies", "taxonomy_terms", "organizations", "service_at_locations")
CLOSED_HERE = "accounts are made by an administrator: answers with the page for what is not found"
OTHER_ADDRESS = "leads on to another page"
NO_PAGE = {
    "theme": "a style sheet",
    "health_live": "for machines",
    "health_ready": "for machines",
    "be_persona": "takes a form only",
    "worklist_allocate": "takes a form only",
    "duplicates_look": "takes a form only",
    "duplicate_differ": "takes a form only",
    "return_report": "a file",
    "return_load_checked": "takes a form only",
    "return_cancel": "takes a form only",
    **planning.NO_PAGE,
    **directory.NO_PAGE,
    **local_offer.NO_PAGE,
    **dict.fromkeys(("oruk_bare", "oruk_details", "oruk_openapi"), OPEN_DATA),
    **dict.fromkeys((f"oruk_{kind}{one}" for kind in OF_OPEN_DATA for one in ("", "_one")), OPEN_DATA),
    "administration": OTHER_ADDRESS,
    "account_set_password": "the page to change a password, for those who have none",
    "mfa_download_recovery_codes": "a file",
    "mfa_login_webauthn": "for the script of the page to sign in",
    "openid_connect_login": "leads to the council's own sign-on, where there is one",
    "openid_connect_callback": "the council's own sign-on comes back to it",
    "account_signup": CLOSED_HERE,
    "account_email": CLOSED_HERE,
    "account_email_verification_sent": CLOSED_HERE,
    "account_confirm_email": CLOSED_HERE,
    "account_confirm_login_code": CLOSED_HERE,
    "socialaccount_connections": CLOSED_HERE,
    "socialaccount_signup": CLOSED_HERE,
    "/account/social/login/cancelled/": CLOSED_HERE,
    "/account/social/login/error/": CLOSED_HERE,
    "/account/social/signup/": CLOSED_HERE,
    "/account/social/connections/": CLOSED_HERE,
}
FOR_ANYONE = (
    "home",
    "accessibility",
    "cookies",
    "privacy",
    "gallery",
    "sign_in",
    "sign_in_link",
    "sign_in_link_sent",
    "personas",
    "about_demonstration",
    "law",
    "account_login",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "socialaccount_login_cancelled",
)
OF_A_CASE = ("case", "case_dates", "case_advice", "case_plan", "case_people", "case_timeline", "case_access")
OF_A_PERSON = (
    "person",
    "person_contacts",
    "person_changes",
    "person_looks",
    "person_edit",
    "person_name_new",
    "person_address",
    "contact_new",
    "person_spokesperson",
)
REPORTS = ("reports", "report_waiting", "report_backlog", "report_caseload")
_AVAILABLE = {one.name: one for one in ACTIONS}


@dataclass(frozen=True)
class Visit:
    """One page as one person sees it."""

    name: str
    who: str
    address: str
    status: int = 200


def visits(county: County) -> list[Visit]:
    """Every page of the demonstration, at least once."""
    found = [Visit(name, NOBODY, reverse(name)) for name in FOR_ANYONE]
    for part in (
        _refusals,
        _sign_in,
        _account,
        _lists,
        _cases,
        _people,
        _partners,
        _returns,
        _planning,
        _directory,
        _local_offer,
        _consultations,
        _administration,
    ):
        found += list(part(county))
    return found


def _at(who: str, name: str, *args: Any, query: str = "", status: int = 200) -> Visit:
    return Visit(name, who, reverse(name, args=args) + query, status)


def _refusals(county: County) -> Iterator[Visit]:
    """Pages that say no: each has a way on."""
    yield Visit("nowhere", NOBODY, "/nowhere/", 404)
    yield Visit("nowhere", "coordinator", "/nowhere/", 404)
    yield _at("psychologist", "worklist", status=403)
    yield _at("parent", "family_case", county.rows["assessing"].pk, status=404)
    yield _at("coordinator", "case_do", county.rows["drafted"].pk, "decide-to-assess", status=409)
    yield _at(NOBODY, "sign_in_link_use", "none", status=404)
    yield _at(NOBODY, "socialaccount_login_error", status=401)


def _sign_in(county: County) -> Iterator[Visit]:
    yield _at(NOBODY, "sign_in_link_use", county.rows["token"])
    yield _at(NOBODY, "account_reset_password_from_key", "0", "none")
    yield _at("half_way", "mfa_authenticate")


def _account(county: County) -> Iterator[Visit]:
    for name in ("account_page", "usersessions_list", "account_logout"):
        yield from (_at(who, name) for who in ("coordinator", "parent"))
    for name in ("mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn"):
        yield _at("coordinator", name)
    for name in (
        "account_change_password",
        "account_reauthenticate",
        "mfa_index",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_list_webauthn",
    ):
        yield _at("secured", name)
    for name in ("mfa_remove_webauthn", "mfa_edit_webauthn"):
        yield _at("secured", name, county.rows["passkey"])


def _lists(county: County) -> Iterator[Visit]:
    yield _at("coordinator", "worklist")
    yield _at("coordinator", "worklist", query="?scope=team&tab=all_open")
    yield _at("manager", "worklist", query="?tab=overdue")
    yield _at("inspector", "worklist", query="?tab=plans&status=draft")
    yield _at("manager", "workload")
    for name in REPORTS:
        yield _at("analyst", name)
        yield _at("analyst", name, query="?year=2023")


def _cases(county: County) -> Iterator[Visit]:
    for name in OF_A_CASE:
        yield _at("coordinator", name, county.rows["assessing"].pk)
        yield _at("coordinator", name, county.rows["case_plan"].pk)
    for status in ("requested", "withdrawn", "not_assessing", "not_issuing", "issuing", "draft", "ceased"):
        yield _at("inspector", "case", county.rows[f"case_{status}"].pk)
    yield _at("coordinator", "case", county.rows["fresh"].pk)
    for slug, key in _decisions(county):
        yield _at("manager", "case_do", key, slug)
    place = county.rows["place"]
    yield _at("coordinator", "placement_start", place.case_id)
    yield _at("coordinator", "placement_end", place.case_id, place.pk)
    yield _at("coordinator", "record_request")
    yield _at("coordinator", "record_request_add")
    for name in ("record_request_for", "record_transfer"):
        yield _at("coordinator", name, county.rows["no_case"].pk)


def _decisions(county: County) -> Iterator[tuple[str, Any]]:
    """The page of each decision, on a case where it may be made. Raises LookupError where there is none."""
    manager = User.objects.get(pk=county.people["manager"])
    cases = list(Case.objects.order_by("-created_at"))
    for slug, decision in DECISIONS.items():
        one = _AVAILABLE[decision.name]
        found = next((case.pk for case in cases if is_allowed(one, case, manager)), None)
        if found is None:
            raise LookupError(f"No case of the small county allows {slug}: make one in served.py.")
        yield slug, found


def _people(county: County) -> Iterator[Visit]:
    person = county.rows["person"].pk
    yield _at("coordinator", "people")
    yield _at("coordinator", "person_new")
    for name in OF_A_PERSON:
        yield _at("coordinator", name, person)
    yield _at("parent", "person_looks", county.rows["child_of_parent"])
    yield _at("coordinator", "person_name_remove", person, county.rows["name"].pk)
    yield _at("coordinator", "contact_edit", Relationship.objects.earliest("created_at").pk)
    first, second = (one.pk for one in county.rows["twins"])
    yield _at("manager", "duplicates")
    yield _at("manager", "duplicate", first, second)
    yield _at("manager", "merges")
    yield _at("manager", "merge_undo", county.rows["merge"].pk)


def _partners(county: County) -> Iterator[Visit]:
    for name in ("advisers", "adviser_new", "organisations", "organisation_new", "settings"):
        yield _at("coordinator", name)
    yield _at("coordinator", "adviser_edit", Adviser.objects.earliest("created_at").pk)
    yield _at("coordinator", "organisation_edit", Organisation.objects.earliest("created_at").pk)
    yield _at("coordinator", "setting", Setting.objects.exclude(urn=None).earliest("created_at").pk)
    yield _at("administrator", "settings_load")
    yield _at("psychologist", "my_advice")
    yield _at("psychologist", "my_advice_return", county.rows["advice"].pk)
    yield _at("senco", "my_setting")
    yield _at("senco", "my_setting_answer", county.rows["consultation"].pk)
    for who in ("parent", "young_person", "nobody_yet"):
        yield _at(who, "family_home")
    for who in ("parent", "young_person"):
        yield _at(who, "family_case", county.rows[f"case_of_{who}"])


def _returns(county: County) -> Iterator[Visit]:
    yield _at("administrator", "returns")
    yield _at("administrator", "return_load")
    for name in ("checked", "refused"):
        yield _at("administrator", "return_run", county.rows[name].pk)
    # Else the page looks again by itself while it is being looked at.
    yield _at("administrator", "return_run", county.rows["waiting"].pk, query="?still=1")
    yield _at("administrator", "return_issues", county.rows["checked"].pk)
    yield _at("analyst", "return_run", county.rows["checked"].pk)


def _directory(county: County) -> Iterator[Visit]:
    for who, name, args, query in directory.addresses(county.rows):
        yield _at(who, name, *args, query=query)
    for who, name, args, query in guidance.addresses(county.rows):
        yield _at(who or NOBODY, name, *args, query=query)


def _local_offer(county: County) -> Iterator[Visit]:
    for name, args, query, status in local_offer.addresses(county.rows):
        yield _at(NOBODY, name, *args, query=query, status=status)


def _planning(county: County) -> Iterator[Visit]:
    for who, name, args, query in planning.addresses(county.rows):
        yield _at(who, name, *args, query=query)


def _consultations(county: County) -> Iterator[Visit]:
    for who, name, args, query in consultations.addresses():
        yield _at(who or NOBODY, name, *args, query=query)


def _administration(county: County) -> Iterator[Visit]:
    rows = county.rows
    for name in ("users", "user_invite", "audit", "outbox", "jobs"):
        yield _at("administrator", name)
    yield _at("administrator", "users", query="?q=nobody")
    yield _at("inspector", "audit")
    of_one = ("deactivate", "reset_second_factor", "change_role", "invite_again")
    for name in ("user", *(f"user_{what}" for what in of_one)):
        yield _at("administrator", name, rows["user"].pk)
    yield _at("administrator", "user", rows["closed"].pk)
    yield _at("administrator", "user_activate", rows["closed"].pk)
    yield _at("administrator", "notice", rows["notice"].pk)
    yield _at("administrator", "notice_retry", rows["failed_notice"].pk)
    yield _at("administrator", "job_retry", rows["job"])
