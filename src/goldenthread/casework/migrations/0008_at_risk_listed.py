from django.db import migrations, models

from goldenthread.core.db import learn_sizes


def _look_at_it(apps, schema_editor):
    """A database that was filled before knows nothing of the new index, and would take a wrong one."""
    learn_sizes()


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0007_work_count'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='case',
            name='case_final_due',
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['stage', 'final_due_on', 'forecast_on', 'caseworker', 'id'], name='case_at_risk'),
        ),
        migrations.RunPython(_look_at_it, migrations.RunPython.noop, elidable=True),
    ]
