from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_described"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="erase_at",
            field=models.DateTimeField(db_index=True, null=True),
        ),
    ]
