"""The people room."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers the room with Django, its menu, the search in the header, and its nightly job."""

    name = "goldenthread.people"
    label = "people"

    def ready(self) -> None:
        """Called once all rooms are loaded."""
        from goldenthread.core import navigation
        from goldenthread.people import jobs

        navigation.register("People", "people", "people.search", 200)
        navigation.register("Settings", "settings", "people.view_settings", 300)
        navigation.register_search("people", "people.search")
        jobs.register()
