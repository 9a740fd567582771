
import django.db.models.deletion
import goldenthread.core.ids
from django.db import migrations, models

from goldenthread.core.db import append_only


class Migration(migrations.Migration):

    dependencies = [
        ('localoffer', '0003_search'),
    ]

    operations = [
        migrations.CreateModel(
            name='GuidancePage',
            fields=[
                ('id', models.UUIDField(default=goldenthread.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('topic', models.SlugField(max_length=60)),
                ('order', models.PositiveIntegerField(default=0)),
                ('title', models.CharField(max_length=150)),
                ('summary', models.CharField(max_length=160)),
                ('kind', models.CharField(choices=[('page', 'Page'), ('steps', 'Step by step'), ('policy', 'Policy')], default='page', max_length=8)),
                ('audience', models.CharField(choices=[('families', 'Families'), ('young-people', 'Young people'), ('professionals', 'Professionals')], default='families', max_length=16)),
                ('owner', models.CharField(help_text='A post, never a person.', max_length=120)),
                ('covers', models.JSONField(default=list, help_text='Ids of items of the law.')),
                ('body', models.TextField()),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('live', 'Live')], default='draft', max_length=8)),
                ('version', models.PositiveIntegerField(default=1)),
                ('number', models.PositiveIntegerField(default=1)),
                ('live_number', models.PositiveIntegerField(null=True)),
                ('reviewed_on', models.DateField(null=True)),
                ('review_due', models.DateField(null=True)),
                ('published_on', models.DateField(help_text='When the words that are live went live.', null=True)),
                ('shipped', models.CharField(blank=True, max_length=64)),
            ],
            options={
                'indexes': [models.Index(fields=['topic', 'order', 'slug'], name='lo_guidance_topic'), models.Index(fields=['review_due'], name='lo_guidance_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('live_number__isnull', False), ('published_on__isnull', False), ('state', 'live')), models.Q(('live_number__isnull', True), ('published_on__isnull', True), ('state', 'draft')), _connector='OR'), name='lo_guidance_live_has_version'), models.CheckConstraint(condition=models.Q(models.Q(('review_due__isnull', True), ('reviewed_on__isnull', True)), models.Q(('review_due__gt', models.F('reviewed_on')), ('reviewed_on__isnull', False)), _connector='OR'), name='lo_guidance_review_pair')],
            },
        ),
        migrations.CreateModel(
            name='GuidanceEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('loaded', 'Loaded with the product'), ('started', 'Started'), ('saved', 'Changed'), ('published', 'Published'), ('reviewed', 'Reviewed: still right'), ('withdrawn', 'Taken down'), ('rendition_saved', 'Easy Read or translation changed')], max_length=16)),
                ('language', models.CharField(blank=True, choices=[('easy-read', 'Easy Read'), ('ar', 'Arabic'), ('bn', 'Bengali'), ('zh', 'Chinese'), ('gu', 'Gujarati'), ('ku', 'Kurdish'), ('lt', 'Lithuanian'), ('pa', 'Panjabi'), ('fa', 'Persian'), ('pl', 'Polish'), ('pt', 'Portuguese'), ('ro', 'Romanian'), ('so', 'Somali'), ('tr', 'Turkish'), ('uk', 'Ukrainian'), ('ur', 'Urdu')], max_length=10)),
                ('number', models.PositiveIntegerField(help_text='The version that it was about.')),
                ('note', models.TextField(blank=True)),
                ('at', models.DateTimeField()),
                ('by_id', models.UUIDField(null=True)),
                ('by_label', models.CharField(max_length=150)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='localoffer.guidancepage')),
            ],
            options={
                'indexes': [models.Index(fields=['page', 'at'], name='lo_guidance_event')],
            },
        ),
        migrations.CreateModel(
            name='GuidanceRendition',
            fields=[
                ('id', models.UUIDField(default=goldenthread.core.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('language', models.CharField(choices=[('easy-read', 'Easy Read'), ('ar', 'Arabic'), ('bn', 'Bengali'), ('zh', 'Chinese'), ('gu', 'Gujarati'), ('ku', 'Kurdish'), ('lt', 'Lithuanian'), ('pa', 'Panjabi'), ('fa', 'Persian'), ('pl', 'Polish'), ('pt', 'Portuguese'), ('ro', 'Romanian'), ('so', 'Somali'), ('tr', 'Turkish'), ('uk', 'Ukrainian'), ('ur', 'Urdu')], max_length=10)),
                ('state', models.CharField(choices=[('preparing', 'In preparation'), ('there', 'There')], default='preparing', max_length=10)),
                ('title', models.CharField(max_length=150)),
                ('body', models.TextField(blank=True)),
                ('made_from', models.PositiveIntegerField(help_text='The version of the page that it says.')),
                ('number', models.PositiveIntegerField(default=1)),
                ('shipped', models.CharField(blank=True, max_length=64)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='renditions', to='localoffer.guidancepage')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('page', 'language'), name='lo_rendition_once')],
            },
        ),
        migrations.CreateModel(
            name='GuidanceVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(blank=True, choices=[('easy-read', 'Easy Read'), ('ar', 'Arabic'), ('bn', 'Bengali'), ('zh', 'Chinese'), ('gu', 'Gujarati'), ('ku', 'Kurdish'), ('lt', 'Lithuanian'), ('pa', 'Panjabi'), ('fa', 'Persian'), ('pl', 'Polish'), ('pt', 'Portuguese'), ('ro', 'Romanian'), ('so', 'Somali'), ('tr', 'Turkish'), ('uk', 'Ukrainian'), ('ur', 'Urdu')], max_length=10)),
                ('number', models.PositiveIntegerField()),
                ('content', models.JSONField()),
                ('at', models.DateTimeField()),
                ('by_id', models.UUIDField(null=True)),
                ('by_label', models.CharField(max_length=150)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='localoffer.guidancepage')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('page', 'language', 'number'), name='lo_guidance_version_once')],
            },
        ),
        append_only("localoffer_guidanceversion"),
        append_only("localoffer_guidanceevent"),
    ]
