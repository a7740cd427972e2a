"""The closed list of acts a ledger can hold, each with the sentence people read."""

from __future__ import annotations

from django.db import models


class LedgerAction(models.TextChoices):
    """Stored value and Chinese sentence part; the subject follows it in «»."""

    VERSION_DRAFTED = "version_drafted", "起草版本"
    VERSION_EDITED = "version_edited", "修改草稿"
    VERSION_SUBMITTED = "version_submitted", "提交法制审核"
    VERSION_RETURNED = "version_returned", "退回修改"
    VERSION_REVIEWED = "version_reviewed", "通过法制审核"
    VERSION_PUBLISHED = "version_published", "发布版本"
    VERSION_DISCARDED = "version_discarded", "放弃草稿"
    CASE_OPENED = "case_opened", "立案"
    CASE_FACTS_RECORDED = "case_facts_recorded", "记录事实"
    CASE_ADVANCED = "case_advanced", "推进办理"
    CASE_PROPOSED = "case_proposed", "提出处理建议"
    CASE_APPROVED = "case_approved", "审批同意"
    CASE_RETURNED = "case_returned", "审批退回"
    DECISION_ISSUED = "decision_issued", "作出决定"
    DOCUMENT_READ = "document_read", "下载文书"
    PARTY_REGISTERED = "party_registered", "登记当事人"
    SIGNED_IN = "signed_in", "登录"
    SIGNED_OUT = "signed_out", "退出"
    SIGN_IN_REFUSED = "sign_in_refused", "登录未成功"
    IDENTITY_CONFIRMED = "identity_confirmed", "再次确认身份"
    SESSION_ENDED = "session_ended", "结束会话"
    ACCOUNT_CREATED = "account_created", "建立账号"
    ACCOUNT_DEACTIVATED = "account_deactivated", "停用账号"
    ACCOUNT_REACTIVATED = "account_reactivated", "恢复账号"
    PASSWORD_CHANGED = "password_changed", "修改密码"
    PASSWORD_RESET = "password_reset", "重置密码"
    SECOND_FACTOR_SET_UP = "second_factor_set_up", "启用动态口令"
    SECOND_FACTOR_RESET = "second_factor_reset", "重置动态口令"
    RECOVERY_CODES_RENEWED = "recovery_codes_renewed", "更换恢复码"
    RECOVERY_CODE_USED = "recovery_code_used", "使用恢复码"
    DUTY_GRANTED = "duty_granted", "授予职责"
    DUTY_WITHDRAWN = "duty_withdrawn", "收回职责"
    REGISTER_LOADED = "register_loaded", "载入基础数据"
