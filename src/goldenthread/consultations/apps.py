"""The consultations room."""

from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    """Registers the room with Django."""

    name = "goldenthread.consultations"
    label = "consultations"
