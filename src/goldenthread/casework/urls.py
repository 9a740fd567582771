"""Addresses of the casework room."""

from django.urls import URLPattern, URLResolver, path

from goldenthread.casework.views import (
    case,
    decide,
    family,
    law,
    moving,
    partners,
    reports,
    requests,
    worklist,
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("worklist/", worklist.worklist, name="worklist"),
    path("worklist/allocate/", worklist.allocate, name="worklist_allocate"),
    path("workload/", worklist.workload, name="workload"),
    path("reports/", reports.timeliness, name="reports"),
    path("reports/waiting/", reports.waiting, name="report_waiting"),
    path("reports/backlog/", reports.backlog, name="report_backlog"),
    path("reports/caseload/", reports.caseload, name="report_caseload"),
    path("law/", law.law, name="law"),
    path("mine/", family.home, name="family_home"),
    path("mine/<uuid:case_id>/", family.case, name="family_case"),
    path("asked/", partners.my_advice, name="my_advice"),
    path("asked/<uuid:advice_id>/", partners.return_advice, name="my_advice_return"),
    path("setting/", partners.my_setting, name="my_setting"),
    path("setting/<uuid:consultation_id>/", partners.answer, name="my_setting_answer"),
    path("record/", requests.find, name="record_request"),
    path("record/new/", requests.add, name="record_request_add"),
    path("record/<uuid:person_id>/", requests.record, name="record_request_for"),
    path("record/<uuid:person_id>/transfer/", moving.transfer, name="record_transfer"),
    path("<uuid:case_id>/", case.overview, name="case"),
    path("<uuid:case_id>/dates/", case.dates, name="case_dates"),
    path("<uuid:case_id>/advice/", case.advice, name="case_advice"),
    path("<uuid:case_id>/plan/", case.plan, name="case_plan"),
    path("<uuid:case_id>/people/", case.people, name="case_people"),
    path("<uuid:case_id>/timeline/", case.timeline, name="case_timeline"),
    path("<uuid:case_id>/access/", case.access, name="case_access"),
    path("<uuid:case_id>/do/<slug:action>/", decide.decide, name="case_do"),
]
