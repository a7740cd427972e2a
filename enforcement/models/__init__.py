from enforcement.ledger.models import CommitmentSalt, LedgerCheckpoint, LedgerEntry, PublicLogEntry
from enforcement.models.accounts import Account, RoleGrant
from enforcement.models.agencies import Agency, AgencyKind, Line, Region
from enforcement.models.agency_changes import AgencyName, AgencySuccession, SuccessionKind
from enforcement.models.attachments import Attachment
from enforcement.models.citations import EntryCitation
from enforcement.models.delegations import DelegatedAct, Delegation, PenaltyKind
from enforcement.models.documents import DocumentKind, ReviewOpinion, RuleDocument, RuleVersion, VersionStatus
from enforcement.models.equipment import Calibration, Custody, Equipment
from enforcement.models.expiry_notices import ExpiryNotice
from enforcement.models.law import (
    Law,
    LawChange,
    LawEnding,
    LawLevel,
    Provision,
    ProvisionSuccession,
    Violation,
)
from enforcement.models.matters import Matter, MatterKind
from enforcement.models.officers import Certificate, CertificateCheck, CertificateSuspension, Officer
from enforcement.models.operations import ApiKey, Operation
from enforcement.models.parties import (
    ClassMembership,
    CreditRating,
    CreditTier,
    FormerName,
    ObjectClass,
    Party,
    PartyKind,
)
from enforcement.models.qualifications import Qualification
from enforcement.models.region_changes import RegionChange, RegionChangeKind
from enforcement.models.repeals import RepealRequest, VersionRepeal, VersionSpan
from enforcement.models.reviews import EntryOpinion, OpinionAnswer
from enforcement.models.saved_drafts import SavedDraft
from enforcement.models.search_rows import SearchRow
from enforcement.models.sensitive_reads import ReadKind, SensitiveRead, SensitiveReadAlert
from enforcement.models.sign_in import (
    BrowserSession,
    FormerPassword,
    RecoveryCode,
    SecondFactor,
    SignInFailure,
)
from enforcement.models.training import Examination, Training, TrainingRequirement
from enforcement.models.version_files import VersionFile
from enforcement.models.version_notices import NoticeReceipt, VersionNotice

__all__ = [
    "Account",
    "Agency",
    "AgencyKind",
    "AgencyName",
    "AgencySuccession",
    "ApiKey",
    "Attachment",
    "BrowserSession",
    "Calibration",
    "Certificate",
    "CertificateCheck",
    "CertificateSuspension",
    "ClassMembership",
    "CommitmentSalt",
    "CreditRating",
    "CreditTier",
    "Custody",
    "DelegatedAct",
    "Delegation",
    "DocumentKind",
    "EntryCitation",
    "EntryOpinion",
    "Equipment",
    "Examination",
    "ExpiryNotice",
    "FormerName",
    "FormerPassword",
    "Law",
    "LawChange",
    "LawEnding",
    "LawLevel",
    "LedgerCheckpoint",
    "LedgerEntry",
    "Line",
    "Matter",
    "MatterKind",
    "NoticeReceipt",
    "ObjectClass",
    "Officer",
    "Operation",
    "OpinionAnswer",
    "Party",
    "PartyKind",
    "PenaltyKind",
    "Provision",
    "ProvisionSuccession",
    "PublicLogEntry",
    "Qualification",
    "ReadKind",
    "RecoveryCode",
    "Region",
    "RegionChange",
    "RegionChangeKind",
    "RepealRequest",
    "ReviewOpinion",
    "RoleGrant",
    "RuleDocument",
    "RuleVersion",
    "SavedDraft",
    "SearchRow",
    "SecondFactor",
    "SensitiveRead",
    "SensitiveReadAlert",
    "SignInFailure",
    "SuccessionKind",
    "Training",
    "TrainingRequirement",
    "VersionFile",
    "VersionNotice",
    "VersionRepeal",
    "VersionSpan",
    "VersionStatus",
    "Violation",
]
