"""Versions, results and actual figures are never changed: the database itself refuses."""

from django.db import migrations

from goldenthread.core.db import append_only


class Migration(migrations.Migration):
    dependencies = [("planning", "0001_first")]

    operations = [
        append_only("planning_inputversion"),
        append_only("planning_scenarioversion"),
        append_only("planning_runresult"),
        append_only("planning_actualfigure"),
    ]
