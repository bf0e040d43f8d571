from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0006_latest_day")]

    operations = [
        migrations.AddField(model_name="user", name=name, field=models.BooleanField(default=False))
        for name in ("plant_off", "fortnight_off", "map_off")
    ]
