"""Files that were loaded, merges, and what registers say; the order in which the feed is paged."""

import django.db.models.deletion
import goldenthread.core.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("localoffer", "0004_guidance"),
    ]

    operations = [
        migrations.CreateModel(
            name="Load",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=goldenthread.core.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("file_name", models.CharField(max_length=200)),
                ("content", models.BinaryField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("checking", "Being checked"),
                            ("checked", "Checked, nothing changed yet"),
                            ("applying", "Being loaded"),
                            ("done", "Loaded"),
                            ("failed", "Could not be read"),
                            ("left", "Left"),
                        ],
                        default="checking",
                        max_length=10,
                    ),
                ),
                ("publish", models.BooleanField(default=False, help_text="False: as drafts.")),
                (
                    "read_as",
                    models.CharField(blank=True, help_text="Which encoding was recognised.", max_length=40),
                ),
                ("rows", models.PositiveIntegerField(default=0)),
                ("done", models.PositiveIntegerField(default=0, help_text="Rows read so far in this state.")),
                ("new", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
                ("same", models.PositiveIntegerField(default=0)),
                ("refused", models.PositiveIntegerField(default=0)),
                (
                    "columns",
                    models.JSONField(default=dict, help_text="Headings that are unknown or only told."),
                ),
                ("findings", models.BinaryField(default=bytes)),
                ("outcomes", models.BinaryField(default=bytes)),
                ("problem", models.TextField(blank=True)),
                ("mend", models.TextField(blank=True)),
                (
                    "seen_at",
                    models.DateTimeField(help_text="When the job last said how far it was.", null=True),
                ),
                ("by_label", models.CharField(max_length=150)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["state", "-created_at"], name="lo_load_state")],
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=goldenthread.core.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "taken",
                    models.JSONField(default=list, help_text="The fields whose words came from the loser."),
                ),
                ("winner_before", models.PositiveIntegerField(help_text="The winner's version before.")),
                ("winner_after", models.PositiveIntegerField(help_text="The winner's version after.")),
                (
                    "winner_state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Waiting for approval"),
                            ("sent_back", "Sent back"),
                            ("scheduled", "Approved, to be published"),
                            ("published", "Published"),
                            ("archived", "Archived"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "loser_state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("submitted", "Waiting for approval"),
                            ("sent_back", "Sent back"),
                            ("scheduled", "Approved, to be published"),
                            ("published", "Published"),
                            ("archived", "Archived"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "loser_live",
                    models.PositiveIntegerField(help_text="The loser's public version before.", null=True),
                ),
                ("by_label", models.CharField(max_length=150)),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_by", models.CharField(blank=True, max_length=150)),
                (
                    "loser",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="localoffer.service"
                    ),
                ),
                ("providers", models.ManyToManyField(related_name="+", to="localoffer.provider")),
                (
                    "winner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="localoffer.service"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at", None)), fields=("loser",), name="lo_merge_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RegisterEntry",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=goldenthread.core.ids.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "register",
                    models.CharField(
                        choices=[
                            ("gias", "Get Information about Schools"),
                            ("ofsted", "Ofsted early years and childcare register"),
                        ],
                        max_length=10,
                    ),
                ),
                ("urn", models.CharField(max_length=20)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "No entry yet"),
                            ("changed", "Differs from the entry"),
                            ("closed", "Closed"),
                            ("back", "Open again"),
                            ("same", "As in the entry"),
                        ],
                        max_length=10,
                    ),
                ),
                ("name", models.CharField(max_length=255)),
                (
                    "says",
                    models.JSONField(
                        default=dict, help_text="What the register says, by field of the entry."
                    ),
                ),
                (
                    "differences",
                    models.JSONField(default=list, help_text="[field, in the entry, in the register]."),
                ),
                (
                    "left",
                    models.JSONField(
                        help_text="What it stood at when somebody chose to leave it so.", null=True
                    ),
                ),
                ("left_by", models.CharField(blank=True, max_length=150)),
                ("seen_at", models.DateTimeField()),
                (
                    "service",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="localoffer.service",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["register", "state", "name"], name="lo_register_state")],
                "constraints": [models.UniqueConstraint(fields=("register", "urn"), name="lo_register_once")],
            },
        ),
        migrations.RemoveIndex(model_name="publicservice", name="lo_public_first"),
        migrations.AddIndex(
            model_name="publicservice",
            index=models.Index(fields=["first_published", "id"], name="lo_public_first"),
        ),
    ]
