from enforcement.ledger.models import CommitmentSalt, LedgerEntry
from enforcement.models.accounts import Account, RoleGrant
from enforcement.models.agencies import Agency, Line, Region
from enforcement.models.documents import DocumentKind, ReviewOpinion, RuleDocument, RuleVersion, VersionStatus
from enforcement.models.law import Law, Provision, Violation
from enforcement.models.officers import Certificate, CertificateCheck, CertificateSuspension, Officer
from enforcement.models.parties import Party, PartyKind

__all__ = [
    "Account",
    "Agency",
    "Certificate",
    "CertificateCheck",
    "CertificateSuspension",
    "CommitmentSalt",
    "DocumentKind",
    "Law",
    "LedgerEntry",
    "Line",
    "Officer",
    "Party",
    "PartyKind",
    "Provision",
    "Region",
    "ReviewOpinion",
    "RoleGrant",
    "RuleDocument",
    "RuleVersion",
    "VersionStatus",
    "Violation",
]
