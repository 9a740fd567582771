"""The consultations room."""

from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    """Registers the room with Django, its menu entries and the job that clears away."""

    name = "goldenthread.consultations"
    label = "consultations"

    def ready(self) -> None:
        """Called once all rooms are loaded."""
        from goldenthread.consultations import jobs, targets
        from goldenthread.core import navigation, schedules

        targets.register_page("have_your_say", "Have your say")
        targets.register_page("what_people_said", "What people said")
        targets.register_page("you_said_we_did", "You said, we did")
        targets.register_page("who_helped", "Who helped to make this")
        navigation.register_public("Have your say", "have_your_say", 20)
        navigation.register("Comments", "comments", "consultations.moderate", 420)
        navigation.register("Gaps", "gaps", "localoffer.view_board", 430)
        schedules.register("consultations.clear_away", "50 2 * * *", jobs.clear_away)
