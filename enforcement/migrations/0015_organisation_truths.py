"""What must hold of agencies and delegations whoever writes: raw SQL and `QuerySet.update()` included."""

from typing import ClassVar

from django.db import migrations

APPEND_ONLY_TABLES = ("regionchange", "agencyname", "agencysuccession", "attachment")
APPEND_ONLY = "".join(
    f"CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE ON enforcement_{name}"
    " FOR EACH ROW EXECUTE FUNCTION hengdu_refuse_any_change();"
    for name in APPEND_ONLY_TABLES
)
APPEND_ONLY_REVERSE = "".join(
    f"DROP TRIGGER {name}_append_only ON enforcement_{name};" for name in APPEND_ONLY_TABLES
)

# A superior stands above in the same line: a strictly shorter prefix, so that no cycle can be written.
SUPERIOR_STANDS_ABOVE = """
CREATE FUNCTION hengdu_superior_stands_above() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    above record;
BEGIN
    IF NEW.superior_id IS NOT NULL THEN
        SELECT region_code, line_code INTO above FROM enforcement_agency WHERE id = NEW.superior_id;
        IF above.line_code <> NEW.line_code OR length(above.region_code) >= length(NEW.region_code)
            OR left(NEW.region_code, length(above.region_code)) <> above.region_code THEN
            RAISE EXCEPTION 'hengdu: agency % does not stand above %', NEW.superior_id, NEW.id
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    IF TG_OP = 'UPDATE' AND EXISTS (
        SELECT 1 FROM enforcement_agency below WHERE below.superior_id = NEW.id
            AND (below.line_code <> NEW.line_code OR length(NEW.region_code) >= length(below.region_code)
                OR left(below.region_code, length(NEW.region_code)) <> NEW.region_code)) THEN
        RAISE EXCEPTION 'hengdu: agency % would no longer stand above its subordinates', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER agency_superior_stands_above
    BEFORE INSERT OR UPDATE OF superior_id, region_code, line_code ON enforcement_agency
    FOR EACH ROW EXECUTE FUNCTION hengdu_superior_stands_above();
"""

# Whoever was merged away cannot come back as the successor of its successor.
SUCCESSION_WITHOUT_CYCLE = """
CREATE FUNCTION hengdu_succession_without_cycle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.kind <> 'duties_moved' AND EXISTS (
        WITH RECURSIVE later(id) AS (
            SELECT NEW.successor_id
            UNION
            SELECT step.successor_id FROM enforcement_agencysuccession step
                JOIN later ON step.predecessor_id = later.id WHERE step.kind <> 'duties_moved'
        ) SELECT 1 FROM later WHERE id = NEW.predecessor_id) THEN
        RAISE EXCEPTION 'hengdu: agency % would succeed itself', NEW.predecessor_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.kind <> 'duties_moved' AND NOT EXISTS (
        SELECT 1 FROM enforcement_agency WHERE id = NEW.predecessor_id AND ended_on = NEW.effective_on - 1) THEN
        RAISE EXCEPTION 'hengdu: agency % does not end the day before', NEW.predecessor_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER agencysuccession_without_cycle BEFORE INSERT ON enforcement_agencysuccession
    FOR EACH ROW EXECUTE FUNCTION hengdu_succession_without_cycle();
"""

# Concluded terms never change; a delegation can only be revoked, once. 行政处罚法 第二十条第四款: never passed on.
DELEGATION_HOLDS = """
CREATE FUNCTION hengdu_delegation_holds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'hengdu: delegation % is never deleted', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - ARRAY['revoked_on', 'revoked_reason', 'lock_version']
            IS DISTINCT FROM to_jsonb(OLD) - ARRAY['revoked_on', 'revoked_reason', 'lock_version']
            OR (OLD.revoked_on IS NOT NULL AND NEW.revoked_on IS DISTINCT FROM OLD.revoked_on) THEN
            RAISE EXCEPTION 'hengdu: the terms of delegation % are fixed', OLD.id
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended('delegations', 0));
    IF EXISTS (
        SELECT 1 FROM enforcement_delegation other
        WHERE (other.delegate_agency_id = NEW.agency_id OR other.agency_id = NEW.delegate_agency_id)
            AND other.valid_from <= NEW.valid_until AND other.valid_until >= NEW.valid_from
            AND (other.revoked_on IS NULL OR other.revoked_on > NEW.valid_from)) THEN
        RAISE EXCEPTION 'hengdu: delegated powers may not be delegated further'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER delegation_holds BEFORE INSERT OR UPDATE OR DELETE ON enforcement_delegation
    FOR EACH ROW EXECUTE FUNCTION hengdu_delegation_holds();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("enforcement", "0014_organisations")]

    operations: ClassVar = [
        migrations.RunSQL(APPEND_ONLY, APPEND_ONLY_REVERSE),
        migrations.RunSQL(
            SUPERIOR_STANDS_ABOVE,
            "DROP TRIGGER agency_superior_stands_above ON enforcement_agency;"
            "DROP FUNCTION hengdu_superior_stands_above();",
        ),
        migrations.RunSQL(
            SUCCESSION_WITHOUT_CYCLE,
            "DROP TRIGGER agencysuccession_without_cycle ON enforcement_agencysuccession;"
            "DROP FUNCTION hengdu_succession_without_cycle();",
        ),
        migrations.RunSQL(
            DELEGATION_HOLDS,
            "DROP TRIGGER delegation_holds ON enforcement_delegation;"
            "DROP FUNCTION hengdu_delegation_holds();",
        ),
    ]
