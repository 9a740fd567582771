"""The planning room."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """Registers the room with Django, its menu entry and the job that looks after forecasts."""

    name = "goldenthread.planning"
    label = "planning"

    def ready(self) -> None:
        """Called once all rooms are loaded."""
        from goldenthread.core import navigation, schedules
        from goldenthread.planning import jobs

        navigation.register("Planning", "planning", "planning.view", 350)
        schedules.register("planning.look_after_runs", "*/5 * * * *", jobs.look_after_runs)
