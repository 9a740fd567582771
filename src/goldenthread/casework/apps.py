"""The casework room."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Registers the room with Django, its weekly job, and what of it goes along when records are merged."""

    name = "goldenthread.casework"
    label = "casework"

    def ready(self) -> None:
        """Called once all rooms are loaded."""
        from goldenthread.casework import jobs
        from goldenthread.core import schedules
        from goldenthread.people import merging

        schedules.register("casework.measure_pace", jobs.WEEKLY, jobs.measure_pace)
        merging.register("casework.Case", noun=("case", "cases"))
        merging.register("casework.Plan", noun=("plan", "plans"))
