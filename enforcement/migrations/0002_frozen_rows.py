"""Published versions, review opinions and the ledger refuse every later change, whoever asks.

`QuerySet.update()` and raw SQL walk past `save()`; a trigger does not let them. Row triggers do not see TRUNCATE:
in production revoke it from the application role (docs/operations.md).
"""

from typing import ClassVar

from django.db import migrations

REFUSE_PUBLISHED_VERSION = """
CREATE FUNCTION hengdu_refuse_published_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status = 'published' THEN
        RAISE EXCEPTION 'hengdu: published version % is frozen', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF NEW.status = 'published' AND OLD.status <> 'reviewed' THEN
        RAISE EXCEPTION 'hengdu: version % was not reviewed', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ruleversion_frozen BEFORE UPDATE OR DELETE ON enforcement_ruleversion
    FOR EACH ROW EXECUTE FUNCTION hengdu_refuse_published_version();
"""

# A version is born a draft: otherwise one INSERT could publish without review.
REFUSE_BORN_PUBLISHED = """
CREATE FUNCTION hengdu_version_born_draft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status <> 'draft' THEN
        RAISE EXCEPTION 'hengdu: a version starts as a draft' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ruleversion_born_draft BEFORE INSERT ON enforcement_ruleversion
    FOR EACH ROW EXECUTE FUNCTION hengdu_version_born_draft();
"""

# Shared by the entry tables of every upper floor: entries change only while their version is a draft.
REFUSE_ENTRY_OF_SETTLED_VERSION = """
CREATE FUNCTION hengdu_refuse_settled_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held text;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        SELECT status INTO held FROM enforcement_ruleversion WHERE id = OLD.version_id;
        IF held IS NOT NULL AND held <> 'draft' THEN
            RAISE EXCEPTION 'hengdu: version % is %, its entries are frozen', OLD.version_id, held
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        SELECT status INTO held FROM enforcement_ruleversion WHERE id = NEW.version_id;
        IF held IS NOT NULL AND held <> 'draft' THEN
            RAISE EXCEPTION 'hengdu: version % is %, its entries are frozen', NEW.version_id, held
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    RETURN OLD;
END $$;
"""

REFUSE_ANY_CHANGE = """
CREATE FUNCTION hengdu_refuse_any_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'hengdu: rows of % are never changed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER ledgerentry_append_only BEFORE UPDATE OR DELETE ON enforcement_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION hengdu_refuse_any_change();
CREATE TRIGGER reviewopinion_append_only BEFORE UPDATE OR DELETE ON enforcement_reviewopinion
    FOR EACH ROW EXECUTE FUNCTION hengdu_refuse_any_change();
"""

# The identity of a document is part of every published digest and permalink.
REFUSE_DOCUMENT_IDENTITY_CHANGE = """
CREATE FUNCTION hengdu_refuse_document_identity() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.slug, NEW.kind, NEW.title, NEW.agency_id, NEW.region_code, NEW.line_code)
        IS DISTINCT FROM (OLD.slug, OLD.kind, OLD.title, OLD.agency_id, OLD.region_code, OLD.line_code)
        AND EXISTS (SELECT 1 FROM enforcement_ruleversion WHERE document_id = OLD.id AND status = 'published') THEN
        RAISE EXCEPTION 'hengdu: document % has published versions', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER ruledocument_identity BEFORE UPDATE ON enforcement_ruledocument
    FOR EACH ROW EXECUTE FUNCTION hengdu_refuse_document_identity();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("enforcement", "0001_initial")]

    operations: ClassVar = [
        migrations.RunSQL(
            REFUSE_PUBLISHED_VERSION,
            "DROP TRIGGER ruleversion_frozen ON enforcement_ruleversion;"
            "DROP FUNCTION hengdu_refuse_published_version();",
        ),
        migrations.RunSQL(
            REFUSE_BORN_PUBLISHED,
            "DROP TRIGGER ruleversion_born_draft ON enforcement_ruleversion;"
            "DROP FUNCTION hengdu_version_born_draft();",
        ),
        migrations.RunSQL(
            REFUSE_ENTRY_OF_SETTLED_VERSION,
            "DROP FUNCTION hengdu_refuse_settled_entry();",
        ),
        migrations.RunSQL(
            REFUSE_ANY_CHANGE,
            "DROP TRIGGER ledgerentry_append_only ON enforcement_ledgerentry;"
            "DROP TRIGGER reviewopinion_append_only ON enforcement_reviewopinion;"
            "DROP FUNCTION hengdu_refuse_any_change();",
        ),
        migrations.RunSQL(
            REFUSE_DOCUMENT_IDENTITY_CHANGE,
            "DROP TRIGGER ruledocument_identity ON enforcement_ruledocument;"
            "DROP FUNCTION hengdu_refuse_document_identity();",
        ),
    ]
