"""What happened to a comment, and what was published of a year, is never changed or deleted."""

from django.db import migrations

from goldenthread.core.db import append_only


class Migration(migrations.Migration):
    dependencies = [("consultations", "0001_first")]

    operations = [append_only("consultations_commentevent"), append_only("consultations_publication")]
