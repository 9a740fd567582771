"""What is worked out beside a forecast: never changed, like the forecast itself."""

import django.db.models.deletion
from django.db import migrations, models

import goldenthread.core.ids
from goldenthread.core.db import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("planning", "0002_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="RunAnalysis",
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("savings", "What each mitigation saves"),
                            ("hangs", "What the deficit hangs on"),
                            ("moved", "What moved since the run before"),
                            ("before", "What was seen before it"),
                        ],
                        max_length=10,
                    ),
                ),
                ("content", models.JSONField()),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="analyses",
                        to="planning.forecastrun",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("run", "kind"), name="run_analysis_once")],
            },
        ),
        append_only("planning_runanalysis"),
    ]
