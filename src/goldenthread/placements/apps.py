"""The placements room."""

from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    """Registers the room with Django."""

    name = "goldenthread.placements"
    label = "placements"
