from django.apps import AppConfig


class JointInspectionConfig(AppConfig):
    """Joint inspection lists: scenes and pages."""

    name = "joint_inspection"
    verbose_name = "综合查一次"
    default_auto_field = "django.db.models.BigAutoField"
