"""Every suspension written in two columns becomes a row of its own.

Backwards only the latest suspension of a certificate fits into the columns again.
"""

from typing import ClassVar

from django.db import migrations

COPY_INTO_ROWS = """
INSERT INTO enforcement_certificatesuspension (certificate_id, starts_on, ends_on, reason)
SELECT id, suspended_from, suspended_until, '由原登记转入' FROM enforcement_certificate
WHERE suspended_from IS NOT NULL;
"""
COPY_INTO_COLUMNS = """
UPDATE enforcement_certificate AS held
SET suspended_from = latest.starts_on, suspended_until = latest.ends_on
FROM (
    SELECT DISTINCT ON (certificate_id) certificate_id, starts_on, ends_on
    FROM enforcement_certificatesuspension ORDER BY certificate_id, starts_on DESC
) AS latest
WHERE latest.certificate_id = held.id;
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("enforcement", "0005_people_certificates")]

    operations: ClassVar = [migrations.RunSQL(COPY_INTO_ROWS, COPY_INTO_COLUMNS)]
