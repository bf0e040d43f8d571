from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0007_shown")]

    operations = [
        migrations.AddField(model_name="user", name="discreet", field=models.BooleanField(default=False)),
    ]
