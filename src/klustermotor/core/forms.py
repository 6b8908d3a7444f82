"""Forms as screens.md wants them: label above, help under, error beside and summed up on top."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Makes ``{{ form }}`` and ``{{ field.as_field_group }}`` use the design system."""

    form_template_name = "core/forms/form.html"
    field_template_name = "core/forms/field.html"
