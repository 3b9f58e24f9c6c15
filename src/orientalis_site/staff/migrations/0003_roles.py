"""The roles, as groups with the permissions of their duties."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

NAMES = {
    "read": "Read petitions and the queue",
    "draft": "Write texts and updates",
    "publish": "Publish what somebody else wrote",
    "close": "Close a petition",
    "moderate": "Moderate reasons and signatures",
    "fraud": "Run fraud rules",
    "hide": "Hide a petition",
    "deliver": "Deliver to offices",
    "audit": "Read the audit",
    "users": "Manage accounts",
}
ROLES = {
    "creator": ("read", "draft"),
    "reviewer": ("read", "publish", "close"),
    "moderator": ("read", "moderate", "fraud"),
    "admin": tuple(NAMES),
}


def add(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make permissions and groups. Django makes permissions only after all migrations, so they are made here."""
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(app_label="staff", model="duty")
    permissions = {
        code: apps.get_model("auth", "Permission").objects.get_or_create(
            content_type=kind, codename=code, defaults={"name": name}
        )[0]
        for code, name in NAMES.items()
    }
    for role, codes in ROLES.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=role)
        group.permissions.set([permissions[code] for code in codes])


def remove(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the groups away; their members stay, without roles."""
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):
    """After the duties."""

    dependencies = [
        ("staff", "0002_duties"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(add, remove)]
