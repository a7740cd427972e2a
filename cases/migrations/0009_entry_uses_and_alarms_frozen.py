"""Uses of entries never change, parts of an alarm are written once, and nothing is approved past an open alarm."""

from typing import ClassVar

from django.db import migrations

# Both are written while the proposal they belong to is pending.
ONLY_WHILE_PENDING = """
CREATE FUNCTION hengdu_needs_pending_proposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM cases_proposal WHERE id = NEW.proposal_id AND verdict = 'pending') THEN
        RAISE EXCEPTION 'hengdu: proposal % is settled', NEW.proposal_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER entry_use_pending BEFORE INSERT ON cases_entryuse
    FOR EACH ROW EXECUTE FUNCTION hengdu_needs_pending_proposal();
CREATE TRIGGER leniency_alarm_pending BEFORE INSERT ON cases_leniencyalarm
    FOR EACH ROW EXECUTE FUNCTION hengdu_needs_pending_proposal();
CREATE TRIGGER entry_use_append_only BEFORE UPDATE OR DELETE ON cases_entryuse
    FOR EACH ROW EXECUTE FUNCTION hengdu_refuse_any_change();
"""
NOT_ONLY_WHILE_PENDING = """
DROP TRIGGER entry_use_append_only ON cases_entryuse;
DROP TRIGGER leniency_alarm_pending ON cases_leniencyalarm;
DROP TRIGGER entry_use_pending ON cases_entryuse;
DROP FUNCTION hengdu_needs_pending_proposal();
"""

ALARM_PARTS_ONCE = """
CREATE FUNCTION hengdu_alarm_parts_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE'
        OR (NEW.case_id, NEW.proposal_id, NEW.kind, NEW.entry_id, NEW.explanation, NEW.raised_at)
            IS DISTINCT FROM
            (OLD.case_id, OLD.proposal_id, OLD.kind, OLD.entry_id, OLD.explanation, OLD.raised_at)
        OR (OLD.answer <> '' AND (NEW.answer_class, NEW.answer, NEW.answered_by_id, NEW.answered_at)
            IS DISTINCT FROM (OLD.answer_class, OLD.answer, OLD.answered_by_id, OLD.answered_at))
        OR (OLD.inquiry <> '' AND (NEW.inquiry, NEW.inquired_by_id, NEW.inquired_at)
            IS DISTINCT FROM (OLD.inquiry, OLD.inquired_by_id, OLD.inquired_at))
        OR (OLD.reply <> '' AND (NEW.reply, NEW.replied_by_id, NEW.replied_at)
            IS DISTINCT FROM (OLD.reply, OLD.replied_by_id, OLD.replied_at))
        OR (OLD.finding <> '' AND (NEW.finding, NEW.finding_reasons, NEW.settled_by_id, NEW.settled_at)
            IS DISTINCT FROM (OLD.finding, OLD.finding_reasons, OLD.settled_by_id, OLD.settled_at))
    THEN
        RAISE EXCEPTION 'hengdu: this part of alarm % is settled', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.answer <> OLD.answer AND NOT EXISTS (
        SELECT 1 FROM cases_proposal WHERE id = NEW.proposal_id AND verdict = 'pending'
    ) THEN
        RAISE EXCEPTION 'hengdu: the proposal of alarm % is settled', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER leniency_alarm_parts_once BEFORE UPDATE OR DELETE ON cases_leniencyalarm
    FOR EACH ROW EXECUTE FUNCTION hengdu_alarm_parts_once();
"""

NOT_PAST_AN_OPEN_ALARM = """
CREATE FUNCTION hengdu_alarms_answered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.verdict = 'approved' AND EXISTS (
        SELECT 1 FROM cases_leniencyalarm WHERE proposal_id = NEW.id AND answer = ''
    ) THEN
        RAISE EXCEPTION 'hengdu: proposal % has an open alarm', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER proposal_alarms_answered BEFORE INSERT OR UPDATE ON cases_proposal
    FOR EACH ROW EXECUTE FUNCTION hengdu_alarms_answered();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cases", "0008_entry_uses_and_alarms")]

    operations: ClassVar = [
        migrations.RunSQL(ONLY_WHILE_PENDING, NOT_ONLY_WHILE_PENDING),
        migrations.RunSQL(
            ALARM_PARTS_ONCE,
            "DROP TRIGGER leniency_alarm_parts_once ON cases_leniencyalarm;"
            " DROP FUNCTION hengdu_alarm_parts_once();",
        ),
        migrations.RunSQL(
            NOT_PAST_AN_OPEN_ALARM,
            "DROP TRIGGER proposal_alarms_answered ON cases_proposal; DROP FUNCTION hengdu_alarms_answered();",
        ),
    ]
