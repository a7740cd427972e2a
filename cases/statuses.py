"""Words of the procedure that rules and models share."""

from __future__ import annotations

from django.db.models import TextChoices


class CaseStatus(TextChoices):
    """Stages of the procedure, in the order of the law; a case may skip some but never go round them."""

    INVESTIGATION = "investigation", "调查取证"
    APPROVAL = "approval", "审核"
    NOTICE = "notice", "告知"
    DECISION = "decision", "待决定"
    DELIVERY = "delivery", "送达"
    EXECUTION = "execution", "执行"
    CLOSED = "closed", "已结案"
    WITHDRAWN = "withdrawn", "已撤案"


ENDED = frozenset({CaseStatus.CLOSED, CaseStatus.WITHDRAWN})


class Confidentiality(TextChoices):
    """保密级别 of a case and its documents, from the most open to the closest."""

    PUBLIC = "public", "公开"
    INTERNAL = "internal", "内部"
    SENSITIVE = "sensitive", "敏感"
    TRADE_SECRET = "trade_secret", "商业秘密"


# Read by everybody with a duty in scope; above that only by those named in `CaseQuerySet.within_level`.
OPEN_LEVELS = frozenset({Confidentiality.PUBLIC, Confidentiality.INTERNAL})


class Outcome(TextChoices):
    """How the case is to be decided; leniency first, as in every menu."""

    NO_PENALTY = "no_penalty", "不予处罚"
    MITIGATED = "mitigated", "减轻处罚"
    LIGHTER = "lighter", "从轻处罚"
    NORMAL = "normal", "一般处罚"
    HEAVIER = "heavier", "从重处罚"


class DepartureClass(TextChoices):
    """Why the officer does not follow the analysis."""

    FACTS = "facts", "系统未反映的事实"
    LAW = "law", "法律适用不同"
    BENCHMARK_UNFAIR = "benchmark_unfair", "按基准处理明显不当"
    DISCUSSION = "discussion", "经集体讨论"
    OTHER = "other", "其他"


class EntryStance(TextChoices):
    """What became of a list entry that a proposal considered."""

    APPLIED = "applied", "适用"
    REFUSED = "refused", "符合条件，未适用"
    YIELDED = "yielded", "也符合，已适用更有利或者更具体的规定"
    NOT_MET = "not_met", "条件不符合"
    OPEN = "open", "尚未查明"
    EXCLUDED = "excluded", "属于排除情形"


class AlarmKind(TextChoices):
    """What an alarm about leniency says."""

    NOT_SPARED = "not_spared", "该免未免"
    WRONGLY_SPARED = "wrongly_spared", "不该免而免"


class AlarmFinding(TextChoices):
    """What a supervisor found about an alarm. Whether alarms of a kind are useful is counted from this."""

    UPHELD = "upheld", "问题属实"
    MISTAKEN = "mistaken", "误报"


class FactSource(TextChoices):
    """Where a fact comes from; evidence in the sense of 行政处罚法 第四十六条, or the system itself."""

    SITE_RECORD = "site_record", "现场检查笔录"
    INTERVIEW = "interview", "询问笔录"
    DOCUMENTARY = "documentary", "书证"
    PHOTO = "photo", "现场照片、视频"
    EXPERT = "expert", "检测、鉴定意见"
    STATEMENT = "statement", "当事人陈述"
    REGISTER = "register", "登记、执法系统查询"
    OFFICER = "officer", "执法人员核实"
    COMPUTED = "computed", "系统计算"
