"""What citations and addresses name stays: the title and first day of a text, the place of a provision.

A text without provisions and a provision that nothing cites may still be corrected; afterwards a wrong row is ended or
left, and the right one registered.
"""

from typing import ClassVar

from django.db import migrations

KEEP_TEXT = """
CREATE FUNCTION hengdu_keep_law_identity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.name, NEW.effective_from) IS DISTINCT FROM (OLD.name, OLD.effective_from)
        AND EXISTS (SELECT 1 FROM enforcement_provision WHERE law_id = OLD.id) THEN
        RAISE EXCEPTION 'hengdu: law % has provisions, its title and first day stay', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER law_identity BEFORE UPDATE ON enforcement_law
    FOR EACH ROW EXECUTE FUNCTION hengdu_keep_law_identity();
"""

KEEP_PROVISION = """
CREATE FUNCTION hengdu_keep_provision_identity() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    cited boolean;
BEGIN
    SELECT EXISTS (SELECT 1 FROM enforcement_violation_violated WHERE provision_id = OLD.id)
        OR EXISTS (SELECT 1 FROM enforcement_violation_punished_by WHERE provision_id = OLD.id)
        OR EXISTS (
            SELECT 1 FROM enforcement_entrycitation c JOIN enforcement_law l ON l.name = c.law_name
            WHERE l.id = OLD.law_id AND (c.article, c.paragraph, c.item)
                IS NOT DISTINCT FROM (OLD.article::smallint, OLD.paragraph::smallint, OLD.item::smallint)
        ) INTO cited;
    IF NOT cited THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF TG_OP = 'DELETE' OR (NEW.law_id, NEW.article, NEW.paragraph, NEW.item)
        IS DISTINCT FROM (OLD.law_id, OLD.article, OLD.paragraph, OLD.item) THEN
        RAISE EXCEPTION 'hengdu: provision % is cited, its place stays', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER provision_identity BEFORE UPDATE OR DELETE ON enforcement_provision
    FOR EACH ROW EXECUTE FUNCTION hengdu_keep_provision_identity();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("enforcement", "0029_law_rows_frozen")]

    operations: ClassVar = [
        migrations.RunSQL(
            KEEP_TEXT,
            "DROP TRIGGER law_identity ON enforcement_law; DROP FUNCTION hengdu_keep_law_identity();",
        ),
        migrations.RunSQL(
            KEEP_PROVISION,
            "DROP TRIGGER provision_identity ON enforcement_provision; DROP FUNCTION hengdu_keep_provision_identity();",
        ),
    ]
