"""Decisions, issued documents and case events are never changed; a settled proposal neither."""

from typing import ClassVar

from django.db import migrations

APPEND_ONLY_TABLES = ("cases_decision", "cases_casedocument", "cases_caseevent")

REFUSE_SETTLED_PROPOSAL = """
CREATE FUNCTION hengdu_refuse_settled_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.verdict <> 'pending' THEN
        RAISE EXCEPTION 'hengdu: proposal % is settled', OLD.id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER proposal_settled BEFORE UPDATE OR DELETE ON cases_proposal
    FOR EACH ROW EXECUTE FUNCTION hengdu_refuse_settled_proposal();
"""

# No decision without a required review: the proposal it rests on must have been approved.
REQUIRE_APPROVED_PROPOSAL = """
CREATE FUNCTION hengdu_decision_needs_approval() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM cases_proposal
        WHERE id = NEW.proposal_id AND case_id = NEW.case_id AND verdict = 'approved' AND outcome = NEW.outcome
    ) THEN
        RAISE EXCEPTION 'hengdu: decision % rests on no approved proposal', NEW.number
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER decision_approved BEFORE INSERT ON cases_decision
    FOR EACH ROW EXECUTE FUNCTION hengdu_decision_needs_approval();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cases", "0001_initial"), ("enforcement", "0002_frozen_rows")]

    operations: ClassVar = [
        *[
            migrations.RunSQL(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION hengdu_refuse_any_change();",
                f"DROP TRIGGER {table}_append_only ON {table};",
            )
            for table in APPEND_ONLY_TABLES
        ],
        migrations.RunSQL(
            REFUSE_SETTLED_PROPOSAL,
            "DROP TRIGGER proposal_settled ON cases_proposal; DROP FUNCTION hengdu_refuse_settled_proposal();",
        ),
        migrations.RunSQL(
            REQUIRE_APPROVED_PROPOSAL,
            "DROP TRIGGER decision_approved ON cases_decision; DROP FUNCTION hengdu_decision_needs_approval();",
        ),
    ]
