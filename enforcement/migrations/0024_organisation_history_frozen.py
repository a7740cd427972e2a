"""Histories of agencies and delegations refuse every change; a delegation without its document may get it, once."""

from typing import ClassVar

from django.db import migrations

TABLES = ("agencyhistory", "delegationhistory")
APPEND_ONLY = "".join(
    f"CREATE TRIGGER {name}_append_only BEFORE UPDATE OR DELETE ON enforcement_{name}"
    " FOR EACH ROW EXECUTE FUNCTION hengdu_refuse_any_change();"
    for name in TABLES
)
FREE_AGAIN = "".join(f"DROP TRIGGER {name}_append_only ON enforcement_{name};" for name in TABLES)

FIRST_LINES = """
INSERT INTO enforcement_agencyhistory
    (id, lock_version, region_code, line_code, code, name, short_name, document_prefix, kind, authority_basis,
     established_on, ended_on, uscc, contact_phone, address, legal_office_contact, legal_office_phone,
     review_authority, court, region_id, line_id, superior_id, history_change_reason, history_date, history_type)
    SELECT id, lock_version, region_code, line_code, code, name, short_name, document_prefix, kind, authority_basis,
     established_on, ended_on, uscc, contact_phone, address, legal_office_contact, legal_office_phone,
     review_authority, court, region_id, line_id, superior_id, '开始记录修改历史时的内容', now(), '+'
    FROM enforcement_agency;
INSERT INTO enforcement_delegationhistory
    (id, lock_version, region_code, line_code, agency_id, delegate_agency_id, delegate_name, delegate_uscc,
     document_number, signed_on, attachment_id, document_digest, acts, penalty_kinds, matters, violation_codes,
     valid_from, valid_until, published_on, revoked_on, revoked_reason, recorded_at,
     history_change_reason, history_date, history_type)
    SELECT id, lock_version, region_code, line_code, agency_id, delegate_agency_id, delegate_name, delegate_uscc,
     document_number, signed_on, attachment_id, document_digest, acts, penalty_kinds, matters, violation_codes,
     valid_from, valid_until, published_on, revoked_on, revoked_reason, recorded_at,
     '开始记录修改历史时的内容', now(), '+'
    FROM enforcement_delegation;
"""

DELEGATION_HOLDS = """
CREATE OR REPLACE FUNCTION hengdu_delegation_holds() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    free text[] := ARRAY['revoked_on', 'revoked_reason', 'lock_version'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'hengdu: delegation %% is never deleted', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'UPDATE' THEN
        %s
        IF to_jsonb(NEW) - free IS DISTINCT FROM to_jsonb(OLD) - free
            OR (OLD.revoked_on IS NOT NULL AND NEW.revoked_on IS DISTINCT FROM OLD.revoked_on) THEN
            RAISE EXCEPTION 'hengdu: the terms of delegation %% are fixed', OLD.id
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
"""
DOCUMENT_ONCE = """IF OLD.attachment_id IS NULL THEN
            free := free || ARRAY['attachment_id', 'document_digest'];
        END IF;"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("enforcement", "0023_organisation_history")]

    operations: ClassVar = [
        migrations.RunSQL(FIRST_LINES, migrations.RunSQL.noop),
        migrations.RunSQL(APPEND_ONLY, FREE_AGAIN),
        migrations.RunSQL(DELEGATION_HOLDS % DOCUMENT_ONCE, DELEGATION_HOLDS % ""),
    ]
