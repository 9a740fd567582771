"""The casework room."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Registers the room with Django, its jobs, and what of it goes along when records are merged."""

    name = "goldenthread.casework"
    label = "casework"

    def ready(self) -> None:
        """Called once all rooms are loaded."""
        from goldenthread.casework import jobs
        from goldenthread.core import schedules
        from goldenthread.people import merging

        schedules.register("casework.measure_pace", jobs.WEEKLY, jobs.measure_pace)
        schedules.register("casework.count_caseload", jobs.HOURLY, jobs.count_caseload)
        schedules.register("casework.count_work", jobs.EVERY_FEW_MINUTES, jobs.count_work)
        merging.register("casework.Case", noun=("case", "cases"))
        merging.register("casework.Plan", noun=("plan", "plans"))
        _show_pages()


def _show_pages() -> None:
    """The menu, where each role begins, what a person's page shows, whom partners know through a case."""
    from goldenthread.casework.panels import person_panel
    from goldenthread.casework.queries import pages
    from goldenthread.core import landing, navigation, panels
    from goldenthread.core.roles import Role
    from goldenthread.people import visibility

    panels.register("person", person_panel, order=10)
    navigation.register("Worklist", "worklist", "casework.view", 100)
    navigation.register("Workload", "workload", "casework.allocate", 110)
    navigation.register("Reports", "reports", "casework.reports", 120)
    navigation.register("The law", "law", "casework.reports", 800)
    own = {
        Role.ANALYST: "reports",
        Role.FAMILY: "family_home",
        Role.ADVISER: "my_advice",
        Role.SETTING: "my_setting",
    }
    for role, page in own.items():
        landing.register(role, page)
    for role in (Role.PLAN_COORDINATOR, Role.MANAGER, Role.INSPECTOR):
        landing.register(role, "worklist")
    for role in (Role.ADVISER, Role.SETTING):
        visibility.register(role, pages.people_known_through_cases)
