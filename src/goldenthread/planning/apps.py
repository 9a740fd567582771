"""The planning room."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """Registers the room with Django, its menu entry, where finance officers begin and its job."""

    name = "goldenthread.planning"
    label = "planning"

    def ready(self) -> None:
        """Called once all rooms are loaded."""
        from goldenthread.core import landing, navigation, schedules
        from goldenthread.core.roles import Role
        from goldenthread.planning import jobs

        navigation.register("Planning", "planning", "planning.view", 350)
        landing.register(Role.FINANCE, "planning")
        schedules.register("planning.look_after_runs", "*/5 * * * *", jobs.look_after_runs)
