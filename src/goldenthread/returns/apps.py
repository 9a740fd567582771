"""The returns room."""

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    """Registers the room with Django, its menu entry, its panels and the job that looks after loads."""

    name = "goldenthread.returns"
    label = "returns"

    def ready(self) -> None:
        """Called once all rooms are loaded."""
        from goldenthread.core import navigation, panels, schedules
        from goldenthread.returns import jobs
        from goldenthread.returns.panels import begin_panel, case_panel, person_panel

        navigation.register("Returns", "returns", "returns.view", 400)
        panels.register("person", person_panel, order=50)
        panels.register("case", case_panel, order=50)
        panels.register("nothing_yet", begin_panel)
        schedules.register("returns.look_after_loads", "*/15 * * * *", jobs.look_after_loads)
