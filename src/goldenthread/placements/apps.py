"""The placements room."""

from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    """Registers the room with Django: its panel on the case page, what a setting sees through it, and where
    the caseload counts children and young people."""

    name = "goldenthread.placements"
    label = "placements"

    def ready(self) -> None:
        """Called once all rooms are loaded."""
        from goldenthread.casework.queries import register_sight
        from goldenthread.casework.queries.caseload import register_setting_counts
        from goldenthread.core import panels
        from goldenthread.core.roles import Role
        from goldenthread.placements.panels import case_panel
        from goldenthread.placements.queries import attended_on, attending_sight

        panels.register("case", case_panel, order=10)
        register_sight(Role.SETTING, attending_sight)
        register_setting_counts(attended_on)
