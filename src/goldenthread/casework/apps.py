"""The casework room."""

from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    """Registers the room with Django."""

    name = "goldenthread.casework"
    label = "casework"
