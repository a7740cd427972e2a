from enforcement.ledger.models import CommitmentSalt, LedgerEntry
from enforcement.models.accounts import Account, RoleGrant
from enforcement.models.agencies import Agency, Line, Region
from enforcement.models.documents import DocumentKind, ReviewOpinion, RuleDocument, RuleVersion, VersionStatus
from enforcement.models.law import Law, Provision, Violation
from enforcement.models.officers import Certificate, CertificateCheck, CertificateSuspension, Officer
from enforcement.models.parties import Party, PartyKind
from enforcement.models.sign_in import (
    BrowserSession,
    FormerPassword,
    RecoveryCode,
    SecondFactor,
    SignInFailure,
)

__all__ = [
    "Account",
    "Agency",
    "BrowserSession",
    "Certificate",
    "CertificateCheck",
    "CertificateSuspension",
    "CommitmentSalt",
    "DocumentKind",
    "FormerPassword",
    "Law",
    "LedgerEntry",
    "Line",
    "Officer",
    "Party",
    "PartyKind",
    "Provision",
    "RecoveryCode",
    "Region",
    "ReviewOpinion",
    "RoleGrant",
    "RuleDocument",
    "RuleVersion",
    "SecondFactor",
    "SignInFailure",
    "VersionStatus",
    "Violation",
]
