"""Addresses of case pages, below /officer/."""

from django.urls import path

from cases.web import (
    access_views,
    alarm_views,
    case_views,
    coverage_views,
    fact_views,
    handover_views,
    home_views,
    import_pages,
    officer_views,
    open_views,
    party_views,
    proposal_views,
    step_views,
)

app_name = "cases"

urlpatterns = [
    path("", home_views.home, name="home"),
    path("cases/", home_views.case_list, name="list"),
    path("cases/search/", home_views.case_search, name="search"),
    path("cases/new/", open_views.open_page, name="open"),
    path("cases/import/", import_pages.upload, name="import"),
    path("cases/import/template/", import_pages.template, name="import_template"),
    path("cases/import/<slug:digest>/", import_pages.check, name="import_check"),
    path("cases/import/<slug:digest>/marked/", import_pages.marked, name="import_marked"),
    path("cases/party/", open_views.party_lookup, name="party"),
    path("cases/amount-in-words/", proposal_views.amount_in_words, name="amount"),
    path("cases/hand-over/<int:agency_id>/", handover_views.hand_over, name="hand_over"),
    path("coverage/", coverage_views.coverage_page, name="coverage"),
    path("coverage/export/", coverage_views.export_page, name="coverage_export"),
    path("cases/<int:case_id>/", case_views.case_page, name="case"),
    path("cases/<int:case_id>/party/", party_views.party_full, name="party_full"),
    path("cases/<int:case_id>/facts/", fact_views.save_facts, name="facts"),
    path("cases/<int:case_id>/narrative/", fact_views.save_narrative, name="narrative"),
    path("cases/<int:case_id>/propose/", proposal_views.adopt, name="propose"),
    path("cases/<int:case_id>/depart/", proposal_views.depart, name="depart"),
    path("cases/<int:case_id>/review/", proposal_views.review, name="review"),
    path("cases/<int:case_id>/statement/", step_views.statement, name="statement"),
    path("cases/<int:case_id>/issue/", step_views.issue, name="issue"),
    path("cases/<int:case_id>/issued/", case_views.issued_page, name="issued"),
    path("cases/<int:case_id>/deliver/", step_views.deliver, name="deliver"),
    path("cases/<int:case_id>/close/", step_views.close, name="close"),
    path("cases/<int:case_id>/withdraw/", step_views.withdraw, name="withdraw"),
    path("cases/<int:case_id>/shares/", access_views.shares, name="shares"),
    path(
        "cases/<int:case_id>/shares/<int:row_id>/withdraw/",
        access_views.share_withdraw,
        name="share_withdraw",
    ),
    path("cases/<int:case_id>/level/", access_views.level, name="level"),
    path("cases/<int:case_id>/clearances/", access_views.clearances, name="clearances"),
    path(
        "cases/<int:case_id>/clearances/<int:row_id>/withdraw/",
        access_views.clearance_withdraw,
        name="clearance_withdraw",
    ),
    path("cases/<int:case_id>/release/", access_views.release, name="release"),
    path("cases/<int:case_id>/handlers/", officer_views.handlers, name="handlers"),
    path("cases/<int:case_id>/recusal/", officer_views.recusal, name="recusal"),
    path(
        "cases/<int:case_id>/recusal/<int:recusal_id>/",
        officer_views.recusal_decision,
        name="recusal_decision",
    ),
    path("cases/<int:case_id>/alarms/<int:alarm_id>/reply/", alarm_views.reply, name="alarm_reply"),
    path("cases/<int:case_id>/documents/<int:document_id>/", case_views.download, name="document"),
]
