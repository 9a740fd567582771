"""The Local Offer room."""

from django.apps import AppConfig


class LocalOfferConfig(AppConfig):
    """Registers the room with Django."""

    name = "goldenthread.localoffer"
    label = "localoffer"
