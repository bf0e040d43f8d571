from cryptography.fernet import Fernet
from django.conf import settings
from django.db import migrations, models


def seal(apps, schema_editor):
    """What people called their own sittings is sealed like all they write."""
    sitting = apps.get_model("practices", "Sitting")
    wrapped = dict(apps.get_model("people", "PersonKey").objects.values_list("person_id", "wrapped"))
    for one in sitting.objects.filter(by_hand=True, sealed_title=None).iterator():
        if one.person_id in wrapped:
            own = Fernet(settings.SECRETS.master().decrypt(bytes(wrapped[one.person_id])))
            one.title, one.sealed_title = "", own.encrypt(one.title.encode())
            one.save(update_fields=["title", "sealed_title"])


class Migration(migrations.Migration):
    dependencies = [("practices", "0007_voice_notes"), ("people", "0010_former_clock")]

    operations = [
        migrations.AlterField(
            model_name="sitting", name="title", field=models.CharField(blank=True, max_length=200)
        ),
        migrations.AddField(model_name="sitting", name="sealed_title", field=models.BinaryField(null=True)),
        migrations.RunPython(seal, migrations.RunPython.noop),
    ]
