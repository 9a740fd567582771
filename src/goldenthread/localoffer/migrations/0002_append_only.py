from django.db import migrations

from goldenthread.core.db import append_only


class Migration(migrations.Migration):
    dependencies = [("localoffer", "0001_initial")]

    operations = [append_only("localoffer_serviceversion"), append_only("localoffer_serviceevent")]
