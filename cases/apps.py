from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases from filing to publication, and the analysis that advises on them."""

    name = "cases"
    verbose_name = "案件"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from cases.web.replay_part import replay_part
        from enforcement.models import DocumentKind
        from enforcement.web.documents.version_parts import add_version_part

        add_version_part(DocumentKind.EXEMPTION_LIST, replay_part)
