from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0005_brought")]

    operations = [
        migrations.AddField(model_name="user", name="latest_day", field=models.DateField(null=True)),
    ]
