"""The table of publications."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The first."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("bundle_hash", models.CharField(max_length=64, unique=True)),
                ("name", models.CharField(max_length=121)),
                ("version", models.CharField(max_length=40)),
                ("evidence_date", models.DateField()),
                ("findings", models.PositiveIntegerField()),
                ("published_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-published_at", "-id"],
            },
        ),
    ]
