"""三员: whoever holds one of the three administrators' duties holds no other duty, whoever asks and by whatever way.

The account row is locked, so that two grants given at the same moment see each other.
"""

from typing import ClassVar

from django.db import migrations

KEEP_DUTIES_APART = """
CREATE FUNCTION hengdu_keep_duties_apart() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    administrators text[] := ARRAY['system_admin', 'security_admin', 'audit_admin'];
BEGIN
    PERFORM 1 FROM enforcement_account WHERE id = NEW.account_id FOR UPDATE;
    IF EXISTS (
        SELECT 1 FROM enforcement_rolegrant
        WHERE account_id = NEW.account_id AND id IS DISTINCT FROM NEW.id AND role <> NEW.role
            AND (role = ANY (administrators) OR NEW.role = ANY (administrators))
    ) THEN
        RAISE EXCEPTION 'hengdu: duty % may not be held beside the others of account %', NEW.role, NEW.account_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER roles_kept_apart BEFORE INSERT OR UPDATE ON enforcement_rolegrant
    FOR EACH ROW EXECUTE FUNCTION hengdu_keep_duties_apart();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("enforcement", "0009_accounts_and_sign_in")]

    operations: ClassVar = [
        migrations.RunSQL(
            KEEP_DUTIES_APART,
            "DROP TRIGGER roles_kept_apart ON enforcement_rolegrant; DROP FUNCTION hengdu_keep_duties_apart();",
        ),
    ]
