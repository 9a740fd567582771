"""The demo room."""

from django.apps import AppConfig
from django.conf import settings


class DemoConfig(AppConfig):
    """Registers the room with Django, and its people as a way to sign in."""

    name = "goldenthread.demo"
    label = "demo"

    def ready(self) -> None:
        """Offer the demonstration's people on the sign-in page."""
        from goldenthread.core import landing

        if settings.DEMONSTRATION:
            landing.register_way_in(
                "Choose who to be",
                "This is a demonstration: be a Plan Co-ordinator, a manager, a parent or somebody else. "
                "Everyone is fictional, and there are no passwords.",
                "personas",
            )
