"""The planning room."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """Registers the room with Django."""

    name = "goldenthread.planning"
    label = "planning"
