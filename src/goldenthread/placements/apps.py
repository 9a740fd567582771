"""The placements room."""

from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    """Registers the room with Django, its panel on the case page, and what a setting may see through it."""

    name = "goldenthread.placements"
    label = "placements"

    def ready(self) -> None:
        """Called once all rooms are loaded."""
        from goldenthread.casework.queries import register_sight
        from goldenthread.core import panels
        from goldenthread.core.roles import Role
        from goldenthread.placements.panels import case_panel
        from goldenthread.placements.queries import attending_sight

        panels.register("case", case_panel, order=10)
        register_sight(Role.SETTING, attending_sight)
