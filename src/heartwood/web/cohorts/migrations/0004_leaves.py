from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cohorts", "0003_turns")]

    operations = [
        migrations.AddField(
            model_name="enrolment",
            name="leaves",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="enrolment",
            name="opened",
            field=models.PositiveSmallIntegerField(default=0),
        ),
    ]
