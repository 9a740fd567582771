"""That something public changed, for who remembers the open data."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("localoffer", "0005_keeping")]

    operations = [
        migrations.CreateModel(
            name="FeedChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.BigIntegerField(help_text="Random.")),
                ("made_at", models.DateTimeField(db_index=True)),
            ],
        ),
    ]
