from django.forms.renderers import TemplatesSetting


class HengduFormRenderer(TemplatesSetting):
    """Every form and field is drawn by our own two components, so that labels, hints and errors look alike."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
