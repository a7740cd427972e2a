"""Repeals are frozen; the days a version is in force are derived by the database, which refuses an overlap.

The derivation says in SQL what `in_force_on` says: a version ends on its own end, its repeal or the effective day of the
next version, whichever comes first; a version withdrawn before its effective day has no days and replaces nothing.
"""

from typing import ClassVar

from django.db import migrations

REPEALS = """
CREATE TRIGGER versionrepeal_append_only BEFORE UPDATE OR DELETE ON enforcement_versionrepeal
    FOR EACH ROW EXECUTE FUNCTION hengdu_refuse_any_change();
CREATE FUNCTION hengdu_repeal_of_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM enforcement_ruleversion WHERE id = NEW.version_id AND status = 'published') THEN
        RAISE EXCEPTION 'hengdu: version % is not published, there is nothing to repeal', NEW.version_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER versionrepeal_of_published BEFORE INSERT ON enforcement_versionrepeal
    FOR EACH ROW EXECUTE FUNCTION hengdu_repeal_of_published();
"""
REPEALS_GONE = """
DROP TRIGGER versionrepeal_of_published ON enforcement_versionrepeal;
DROP FUNCTION hengdu_repeal_of_published();
DROP TRIGGER versionrepeal_append_only ON enforcement_versionrepeal;
"""

DERIVE = """
CREATE FUNCTION hengdu_derive_version_spans(which bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    -- One derivation of a document at a time; a second one then sees what the first committed.
    PERFORM 1 FROM enforcement_ruledocument WHERE id = which FOR NO KEY UPDATE;
    DELETE FROM enforcement_versionspan WHERE document_id = which;
    INSERT INTO enforcement_versionspan (version_id, document_id, starts_on, withdrawn, days)
    SELECT id, which, effective_from, withdrawn,
        CASE WHEN withdrawn THEN 'empty'::daterange
        ELSE daterange(effective_from, LEAST(effective_until, ends_on, lead(effective_from) OVER (
            PARTITION BY withdrawn ORDER BY effective_from, number)), '[)') END
    FROM (
        SELECT version.id, version.number, version.effective_from, version.effective_until, repeal.ends_on,
            COALESCE(repeal.ends_on <= version.effective_from, false) AS withdrawn
        FROM enforcement_ruleversion AS version
        LEFT JOIN enforcement_versionrepeal AS repeal ON repeal.version_id = version.id
        WHERE version.document_id = which AND version.status = 'published'
    ) AS published;
END $$;
CREATE FUNCTION hengdu_version_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM hengdu_derive_version_spans(NEW.document_id);
    RETURN NULL;
END $$;
CREATE TRIGGER ruleversion_spans AFTER INSERT OR UPDATE ON enforcement_ruleversion
    FOR EACH ROW WHEN (NEW.status = 'published') EXECUTE FUNCTION hengdu_version_published();
CREATE FUNCTION hengdu_version_repealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM hengdu_derive_version_spans(document_id) FROM enforcement_ruleversion WHERE id = NEW.version_id;
    RETURN NULL;
END $$;
CREATE TRIGGER versionrepeal_spans AFTER INSERT ON enforcement_versionrepeal
    FOR EACH ROW EXECUTE FUNCTION hengdu_version_repealed();
"""
DERIVE_GONE = """
DROP TRIGGER versionrepeal_spans ON enforcement_versionrepeal;
DROP FUNCTION hengdu_version_repealed();
DROP TRIGGER ruleversion_spans ON enforcement_ruleversion;
DROP FUNCTION hengdu_version_published();
DROP FUNCTION hengdu_derive_version_spans(bigint);
"""

FILL = """
SELECT hengdu_derive_version_spans(document_id)
FROM (SELECT DISTINCT document_id FROM enforcement_ruleversion WHERE status = 'published') AS published;
SET CONSTRAINTS ALL IMMEDIATE;
"""

# Only the two triggers above may write; a statement that comes from outside is refused.
GUARD = """
CREATE FUNCTION hengdu_refuse_written_span() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'hengdu: spans of versions are derived, not written'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER versionspan_derived BEFORE INSERT OR UPDATE OR DELETE ON enforcement_versionspan
    FOR EACH ROW EXECUTE FUNCTION hengdu_refuse_written_span();
"""
GUARD_GONE = """
DROP TRIGGER versionspan_derived ON enforcement_versionspan;
DROP FUNCTION hengdu_refuse_written_span();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("enforcement", "0036_version_repeals")]

    operations: ClassVar = [
        migrations.RunSQL(REPEALS, REPEALS_GONE),
        migrations.RunSQL(DERIVE, DERIVE_GONE),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(GUARD, GUARD_GONE),
        # The unique effective day now stands in the spans, where a withdrawn version leaves its day free.
        migrations.RemoveConstraint(model_name="ruleversion", name="rule_version_one_per_effective_day"),
    ]
