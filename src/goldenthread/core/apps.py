"""The core room."""

from importlib import import_module

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Registers the room with Django."""

    name = "goldenthread.core"
    label = "core"

    def ready(self) -> None:
        """Register the menu and the schedules; import what connects itself to signals and checks."""
        from goldenthread.core import housekeeping, landing, navigation
        from goldenthread.core.roles import Role

        for module in ("checks", "requests", "second_factor", "sign_in_records"):
            import_module(f"{self.name}.{module}")
        navigation.register("Administration", "administration", "core.view_audit", 900)
        landing.register(Role.ADMINISTRATOR, "administration")
        housekeeping.register()
