"""Officers get their seals; officers and certificates that exist already get their first line of history."""

from typing import ClassVar

from django.db import migrations

SEALS = "UPDATE enforcement_officer SET seal_id = gen_random_uuid();"
OFFICERS = """
INSERT INTO enforcement_officerhistory
    (lock_version, staff_number, name, agency_id, position, is_auxiliary, joined_on, left_on, region_code, line_code,
     id, history_change_reason, history_date, history_type)
SELECT lock_version, staff_number, name, agency_id, position, is_auxiliary, joined_on, left_on, region_code, line_code,
    id, '开始记录修改历史时的内容', now(), '+' FROM enforcement_officer;
"""
CERTIFICATES = """
INSERT INTO enforcement_certificatehistory
    (lock_version, number, line_codes, issuing_authority, valid_from, valid_until, revoked_on, revocation_kind,
     revocation_reason, officer_id, id, history_change_reason, history_date, history_type)
SELECT lock_version, number, line_codes, issuing_authority, valid_from, valid_until, revoked_on, revocation_kind,
    revocation_reason, officer_id, id, '开始记录修改历史时的内容', now(), '+' FROM enforcement_certificate;
"""
SUSPENSIONS = """
INSERT INTO enforcement_certificatesuspensionhistory
    (lock_version, starts_on, ends_on, reason, certificate_id, id, history_change_reason, history_date, history_type)
SELECT lock_version, starts_on, ends_on, reason, certificate_id, id, '开始记录修改历史时的内容', now(), '+'
    FROM enforcement_certificatesuspension;
"""
CHECKS = """
INSERT INTO enforcement_certificatecheckhistory
    (lock_version, year, checked_on, result, note, certificate_id, id, history_change_reason, history_date, history_type)
SELECT lock_version, year, checked_on, result, note, certificate_id, id, '开始记录修改历史时的内容', now(), '+'
    FROM enforcement_certificatecheck;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("enforcement", "0025_people_records")]

    operations: ClassVar = [
        migrations.RunSQL(sql, migrations.RunSQL.noop)
        for sql in (SEALS, OFFICERS, CERTIFICATES, SUSPENSIONS, CHECKS)
    ]
