"""Addresses for editors and providers: /local-offer/edit/."""

from django.urls import URLPattern, URLResolver, path

from goldenthread.localoffer.views import deciding, duplicates, editing, loads, organizations, registers

_ENTRY = "<uuid:service_id>/"
_ORGANIZATION = "organisations/<uuid:organization_id>/"
_FILE = "files/<uuid:load_id>/"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", editing.listing, name="lo_entries"),
    path("new/", editing.start, name="lo_new"),
    path("organisations/", organizations.listing, name="lo_organizations"),
    path("organisations/new/", organizations.start, name="lo_organization_new"),
    path(_ORGANIZATION, organizations.show, name="lo_organization"),
    path(_ORGANIZATION + "change/", organizations.change, name="lo_organization_change"),
    path(_ORGANIZATION + "people/<uuid:provider_id>/end/", organizations.unlink, name="lo_provider_end"),
    path("files/", loads.listing, name="lo_loads"),
    path("files/new/", loads.give, name="lo_load_new"),
    path("files/services.<slug:kind>", loads.sheet, name="lo_sheet"),
    path(_FILE, loads.show, name="lo_load"),
    path(_FILE + "report.csv", loads.report, name="lo_load_report"),
    path(_FILE + "do/<slug:what>/", loads.decide, name="lo_load_do"),
    path("overdue/", registers.overdue, name="lo_overdue"),
    path("registers/<slug:which>/", registers.register, name="lo_register"),
    path("registers/<slug:which>/do/", registers.decide, name="lo_register_do"),
    path("duplicates/", duplicates.listing, name="lo_duplicates"),
    path("duplicates/look/", duplicates.look, name="lo_duplicates_look"),
    path("duplicates/<uuid:pair_id>/", duplicates.compare, name="lo_pair"),
    path("duplicates/<uuid:pair_id>/different/", duplicates.differ, name="lo_pair_differ"),
    path("merges/", duplicates.merges, name="lo_merges"),
    path("merges/<uuid:merge_id>/undo/", duplicates.undo, name="lo_merge_undo"),
    path(_ENTRY, editing.entry, name="lo_entry"),
    path(_ENTRY + "preview/", editing.preview, name="lo_preview"),
    path(_ENTRY + "changes/", editing.changes, name="lo_changes"),
    path(_ENTRY + "versions/", editing.versions, name="lo_versions"),
    path(_ENTRY + "versions/<int:number>/", editing.version, name="lo_version"),
    path(_ENTRY + "do/<slug:what>/", deciding.decide, name="lo_decide"),
    path(_ENTRY + "part/<slug:part>/", editing.section, name="lo_section"),
]
