"""The demo room."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """Registers the room with Django."""

    name = "goldenthread.demo"
    label = "demo"
