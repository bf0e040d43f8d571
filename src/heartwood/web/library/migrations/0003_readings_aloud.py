from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("library", "0002_sounds_as_chosen")]

    operations = [
        migrations.AddField(
            model_name="rendering",
            name="reading",
            field=models.PositiveSmallIntegerField(null=True),
        ),
    ]
