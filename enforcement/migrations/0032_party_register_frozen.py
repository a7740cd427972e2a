"""Parties get their first line of history; histories, earlier names and ratings refuse every later change.

A history that holds sealed values (also that of officers) lets them be sealed anew (`rotate_data_keys`), and nothing else: without that a
key could never leave the ring. What a sealed value says is guarded by its own seal, not by the trigger.
"""

from typing import ClassVar

from django.db import migrations

BUT_SEALS = r"""
CREATE FUNCTION hengdu_refuse_any_change_but_seals() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := to_jsonb(OLD);
    after jsonb;
    changed text;
    sealed constant text := '^(hd1\.)?(intl|guomi)\.[a-z0-9]+\.[A-Za-z0-9_-]+$';
BEGIN
    IF TG_OP = 'UPDATE' THEN
        after := to_jsonb(NEW);
        FOR changed IN SELECT key FROM jsonb_each(before) WHERE value IS DISTINCT FROM after -> key LOOP
            IF NOT changed = ANY (TG_ARGV) OR NOT coalesce(before ->> changed ~ sealed AND after ->> changed ~ sealed, false) THEN
                RAISE EXCEPTION 'hengdu: rows of % are never changed', TG_TABLE_NAME
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
        END LOOP;
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'hengdu: rows of % are never changed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""

APPEND_ONLY = """
CREATE TRIGGER partyhistory_append_only BEFORE UPDATE OR DELETE ON enforcement_partyhistory
    FOR EACH ROW EXECUTE FUNCTION hengdu_refuse_any_change_but_seals('id_number', 'id_number_index', 'phone');
DROP TRIGGER officerhistory_append_only ON enforcement_officerhistory;
CREATE TRIGGER officerhistory_append_only BEFORE UPDATE OR DELETE ON enforcement_officerhistory
    FOR EACH ROW EXECUTE FUNCTION hengdu_refuse_any_change_but_seals('id_number', 'id_number_index', 'phone');
CREATE TRIGGER objectclasshistory_append_only BEFORE UPDATE OR DELETE ON enforcement_objectclasshistory
    FOR EACH ROW EXECUTE FUNCTION hengdu_refuse_any_change();
CREATE TRIGGER formername_append_only BEFORE UPDATE OR DELETE ON enforcement_formername
    FOR EACH ROW EXECUTE FUNCTION hengdu_refuse_any_change();
CREATE TRIGGER creditrating_append_only BEFORE UPDATE OR DELETE ON enforcement_creditrating
    FOR EACH ROW EXECUTE FUNCTION hengdu_refuse_any_change();
"""
FREE_AGAIN = """
DROP TRIGGER officerhistory_append_only ON enforcement_officerhistory;
CREATE TRIGGER officerhistory_append_only BEFORE UPDATE OR DELETE ON enforcement_officerhistory
    FOR EACH ROW EXECUTE FUNCTION hengdu_refuse_any_change();
DROP TRIGGER partyhistory_append_only ON enforcement_partyhistory;
DROP TRIGGER objectclasshistory_append_only ON enforcement_objectclasshistory;
DROP TRIGGER formername_append_only ON enforcement_formername;
DROP TRIGGER creditrating_append_only ON enforcement_creditrating;
"""

FIRST_LINES = """
INSERT INTO enforcement_partyhistory
    (id, lock_version, region_code, line_code, seal_id, kind, name, uscc, id_number, id_number_index, representative,
     address, phone, history_change_reason, history_date, history_type)
    SELECT id, lock_version, region_code, line_code, seal_id, kind, name, uscc, id_number, id_number_index, representative,
     address, phone, '开始记录修改历史时的内容', now(), '+' FROM enforcement_party;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("enforcement", "0031_party_register")]

    operations: ClassVar = [
        migrations.RunSQL(FIRST_LINES, migrations.RunSQL.noop),
        migrations.RunSQL(BUT_SEALS, "DROP FUNCTION hengdu_refuse_any_change_but_seals();"),
        migrations.RunSQL(APPEND_ONLY, FREE_AGAIN),
    ]
