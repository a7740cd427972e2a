"""An agency opens no case outside its own span of days; what was handed over stays recorded."""

from typing import ClassVar

from django.db import migrations

FILL_AGENCY_NAME = """
UPDATE cases_case SET agency_name = agency.name
    FROM enforcement_agency agency WHERE agency.id = cases_case.agency_id AND cases_case.agency_name = '';
"""

# Only the filing is looked at: a running case of an agency that ended is finished or handed over.
REFUSE_CASE_OF_ENDED_AGENCY = """
CREATE FUNCTION hengdu_refuse_case_of_ended_agency() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM enforcement_agency agency WHERE agency.id = NEW.agency_id
        AND (NEW.opened_on > agency.ended_on OR NEW.opened_on < agency.established_on)) THEN
        RAISE EXCEPTION 'hengdu: agency % does not work on %', NEW.agency_id, NEW.opened_on
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER case_of_working_agency BEFORE INSERT ON cases_case
    FOR EACH ROW EXECUTE FUNCTION hengdu_refuse_case_of_ended_agency();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("cases", "0004_case_handovers")]

    operations: ClassVar = [
        migrations.RunSQL(FILL_AGENCY_NAME, migrations.RunSQL.noop),
        migrations.RunSQL(
            REFUSE_CASE_OF_ENDED_AGENCY,
            "DROP TRIGGER case_of_working_agency ON cases_case;"
            "DROP FUNCTION hengdu_refuse_case_of_ended_agency();",
        ),
        migrations.RunSQL(
            "CREATE TRIGGER cases_casehandover_append_only BEFORE UPDATE OR DELETE ON cases_casehandover "
            "FOR EACH ROW EXECUTE FUNCTION hengdu_refuse_any_change();",
            "DROP TRIGGER cases_casehandover_append_only ON cases_casehandover;",
        ),
    ]
