"""The Local Offer room."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LocalOfferConfig(AppConfig):
    """Registers the room with Django."""

    name = "goldenthread.localoffer"
    label = "localoffer"

    def ready(self) -> None:
        """Called once all rooms are loaded."""
        from goldenthread.core import landing, navigation, schedules
        from goldenthread.core.roles import Role
        from goldenthread.localoffer import jobs, published
        from goldenthread.localoffer.guidance import checks
        from goldenthread.localoffer.oruk.api import changes
        from goldenthread.localoffer.search import indexing

        navigation.register_public("Local Offer", "local_offer", 10)
        navigation.register("Local Offer entries", "lo_entries", "localoffer.edit", 300)
        navigation.register("My services", "lo_entries", "localoffer.provide", 300)
        navigation.register("Guidance", "lo_guidance_pages", "localoffer.edit", 310)
        navigation.register("What the law asks for", "lo_coverage", "localoffer.view_board", 320)
        landing.register(Role.EDITOR, "lo_entries")
        landing.register(Role.PROVIDER, "lo_entries")
        schedules.register("localoffer.look_after_entries", "30 4 * * *", jobs.look_after_entries)
        schedules.register("localoffer.find_duplicates", "40 3 * * *", jobs.find_duplicates)
        published.listen(changes.note)
        schedules.register("localoffer.forget_changes", "40 2 * * *", changes.forget)
        published.listen(indexing.update)
        post_migrate.connect(indexing.after_migrate, sender=self)
        checks.register_all()
