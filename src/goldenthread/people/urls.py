"""Addresses of the people room: they carry keys only, never what was typed or anything personal."""

from django.urls import URLPattern, URLResolver, path

from goldenthread.people.views import changes, duplicates, partners, records, search, settings

urlpatterns: list[URLPattern | URLResolver] = [
    path("", search.find, name="people"),
    path("new/", search.add, name="person_new"),
    path("<uuid:person_id>/", records.person, name="person"),
    path("<uuid:person_id>/contacts/", records.contacts, name="person_contacts"),
    path("<uuid:person_id>/changes/", records.changes, name="person_changes"),
    path("<uuid:person_id>/who-has-looked/", records.looks, name="person_looks"),
    path("<uuid:person_id>/edit/", changes.edit, name="person_edit"),
    path("<uuid:person_id>/names/new/", changes.add_name, name="person_name_new"),
    path("<uuid:person_id>/names/<uuid:name_id>/remove/", changes.remove_name, name="person_name_remove"),
    path("<uuid:person_id>/address/", changes.record_address, name="person_address"),
    path("<uuid:person_id>/contacts/new/", changes.add_contact, name="contact_new"),
    path("<uuid:person_id>/who-speaks/", changes.set_spokesperson, name="person_spokesperson"),
    path("contacts/<uuid:relationship_id>/", changes.edit_contact, name="contact_edit"),
    path("duplicates/", duplicates.listing, name="duplicates"),
    path("duplicates/look/", duplicates.look, name="duplicates_look"),
    path("duplicates/<uuid:first_id>/<uuid:second_id>/", duplicates.compare, name="duplicate"),
    path("duplicates/<uuid:first_id>/<uuid:second_id>/differ/", duplicates.differ, name="duplicate_differ"),
    path("merges/", duplicates.merges, name="merges"),
    path("merges/<uuid:merge_id>/undo/", duplicates.undo, name="merge_undo"),
    path("settings/", settings.listing, name="settings"),
    path("settings/load/", settings.load, name="settings_load"),
    path("settings/<uuid:setting_id>/", settings.detail, name="setting"),
    path("advisers/", partners.advisers, name="advisers"),
    path("advisers/new/", partners.adviser, name="adviser_new"),
    path("advisers/<uuid:adviser_id>/", partners.adviser, name="adviser_edit"),
    path("organisations/", partners.organisations, name="organisations"),
    path("organisations/new/", partners.organisation, name="organisation_new"),
    path("organisations/<uuid:organisation_id>/", partners.organisation, name="organisation_edit"),
]
