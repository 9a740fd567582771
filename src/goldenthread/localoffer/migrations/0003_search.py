"""The index of the search."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("localoffer", "0002_append_only")]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("number", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("service_id", models.UUIDField(unique=True)),
                ("name", models.CharField(help_text="Folded, for sorting.", max_length=255)),
                ("words", models.BinaryField()),
                ("facts", models.BinaryField()),
                ("is_gone", models.BooleanField(default=False)),
                ("changed_in", models.PositiveBigIntegerField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="SearchState",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("number", models.PositiveBigIntegerField(default=0)),
                ("stamp", models.CharField(blank=True, max_length=32)),
                ("stamps", models.JSONField(default=list)),
                (
                    "rules",
                    models.CharField(
                        blank=True, help_text="Digest of how words were read.", max_length=64
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("id", models.PositiveIntegerField(primary_key=True, serialize=False)),
                ("word", models.CharField(max_length=120, unique=True)),
            ],
        ),
    ]
