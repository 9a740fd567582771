"""The returns room."""

from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    """Registers the room with Django."""

    name = "goldenthread.returns"
    label = "returns"
