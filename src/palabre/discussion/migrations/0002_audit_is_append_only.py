"""The audit log is append-only in the database too: a line once written cannot be changed."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER audit_is_append_only BEFORE UPDATE ON discussion_auditentry
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
"""
POSTGRES = """
CREATE FUNCTION refuse_audit_update() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$;
CREATE TRIGGER audit_is_append_only BEFORE UPDATE ON discussion_auditentry
FOR EACH ROW EXECUTE FUNCTION refuse_audit_update();
"""


def protect(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    schema_editor.execute({"sqlite": SQLITE, "postgresql": POSTGRES}[vendor])


def unprotect(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    on = " ON discussion_auditentry" if vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER audit_is_append_only{on}")


class Migration(migrations.Migration):
    dependencies = [("discussion", "0001_initial")]

    operations = [migrations.RunPython(protect, unprotect)]
