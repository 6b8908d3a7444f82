"""What an evaluation page shows: the sections of the report, as HTML and as files."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import polars as pl
from django.http import Http404
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klustermotor.analysis.evaluation import WHOLE, Evaluation, WaveSummary
from klustermotor.analysis.questionnaire import Questionnaire
from klustermotor.evaluation.cache import kept, key_of
from klustermotor.evaluation.documents import NOTHING, initiative_document
from klustermotor.evaluation.models import ProofOverride, SectionText
from klustermotor.evaluation.queries import Evaluated, evaluated_for
from klustermotor.initiatives.models import Initiative
from klustermotor.report.document import Content, Document, Figure, Prose, Section, Table
from klustermotor.report.figures.svg import png, svg
from klustermotor.report.html import fragment
from klustermotor.report.xlsx import xlsx

WRITABLE = {
    "background": gettext_lazy("Background"),
    "process-leader": gettext_lazy("The process leader's picture"),
    "participation": gettext_lazy("Participation and motives"),
    "results": gettext_lazy("Results and effects"),
    "development": gettext_lazy("Needs of development"),
    "summary": gettext_lazy("Summary"),
    "method": gettext_lazy("Method and reliability"),
}
"""Sections of a surveyed initiative that people may write in, and what they are called."""

TOLD = {
    "background": gettext_lazy("Background"),
    "process-leader": gettext_lazy("The process leader's picture"),
    "observations": gettext_lazy("The evaluator's observations"),
    "reflection": gettext_lazy("Reflection"),
}
"""The same for an initiative whose companies were not asked."""

BACKGROUND = {
    "size": gettext_lazy("Size"),
    "industry": gettext_lazy("Industry"),
    "municipality": gettext_lazy("Municipality"),
}


@dataclass(frozen=True)
class File:
    """A download: its bytes or text, and what kind of file it is."""

    content: bytes | str
    content_type: str


@dataclass(frozen=True)
class Shown:
    """An initiative's evaluation as one visitor sees it: a wave, a language, perhaps a group."""

    key: str
    document: Document
    evaluation: Evaluation
    initiative: str
    group: str = ""
    evaluated: Evaluated | None = None

    @property
    def surveyed(self) -> bool:
        return bool(self.evaluation.waves_of(self.initiative))

    @property
    def writable(self) -> dict[str, str]:
        return WRITABLE if self.surveyed else TOLD

    @property
    def wave(self) -> WaveSummary | None:
        return self.evaluation.waves_of(self.initiative)[-1] if self.surveyed else None

    @cached_property
    def groups(self) -> list[tuple[str, str]]:
        """The groups that have a figure to show, with what they are called."""
        estimates = self.evaluation.estimates
        shown = estimates.filter(~pl.col("suppressed") & (pl.col("group") != WHOLE))
        names = shown["group"].unique(maintain_order=True).to_list()
        return [(name, group_label(name, self.evaluation.questionnaire)) for name in names]

    def tabs(self, may_write: Sequence[str]) -> list[tuple[str, str]]:
        """Sections to choose among: those with content, and those still to be written."""
        there = {section.id: section.title for section in self.document.sections}
        order = [*self.writable, *(name for name in there if name not in self.writable)]
        return [
            (name, there.get(name) or str(self.writable[name]))
            for name in order
            if name in there or name in may_write
        ]

    def section(self, name: str) -> Section:
        """The section of this name or with such a part, empty while it is unwritten.

        When there is none such: the summary, else the first.
        """
        sections = {section.id: section for section in self.document.sections}
        if name in sections:
            return sections[name]
        whole = next((s for s in sections.values() if name in {p.id for p in s.sections}), None)
        if whole is not None:
            return whole
        if name in self.writable:
            return Section(name, str(self.writable[name]))
        if sections:
            return sections.get("summary") or next(iter(sections.values()))
        first = next(iter(self.writable))
        return Section(first, str(self.writable[first]))

    def html(self, section: Section, base: str, *, with_prose: bool) -> str:
        """The section's content, with links into other sections and a file link per table."""
        key = key_of(self.key, section, base, with_prose)
        return kept("html", key, lambda: self._html(section, base, with_prose))

    def _html(self, section: Section, base: str, with_prose: bool) -> str:
        homes = {anchor: top.id for top in self.document.sections for anchor in _anchors(top)}

        def link(found: re.Match[str]) -> str:
            anchor = found[1]
            if homes.get(anchor) == section.id:
                return f"href='#{anchor}'"
            if anchor in homes:
                return f"href='{escape(base)}&amp;section={homes[anchor]}#{anchor}'"
            return ""

        written = self._section(section, base, 2, with_prose)
        return re.sub(r"href='#([^']*)'", link, written)

    def _section(self, section: Section, base: str, level: int, with_prose: bool) -> str:
        parts = []
        if level > 2:
            parts.append(
                f"<section id='{escape(section.id)}'><h{level}>{escape(section.title)}</h{level}>"
            )
        for content in section.content:
            if with_prose or not isinstance(content, Prose):
                parts.append(fragment(content, self.document.language) + _files(content, base))
        parts += [self._section(below, base, level + 1, with_prose) for below in section.sections]
        return "".join(parts) + ("</section>" if level > 2 else "")


def shown(initiative: Initiative, period: str, language: str, group: str = "") -> Shown:
    """The evaluation of an initiative's wave in one language; of one group only, if asked for.

    Http404 when the group is none that may be chosen.
    """
    evaluated = evaluated_for(initiative, period)
    evaluation = evaluated.evaluation if evaluated else NOTHING
    key = key_of(
        "document",
        evaluated.key if evaluated else str(initiative.pk),
        period,
        language,
        _state(initiative, period, language),
    )
    document = kept(
        "document",
        key,
        lambda: initiative_document(initiative, period, language, evaluation=evaluation),
    )
    whole = Shown(key, document, evaluation, initiative.slug, evaluated=evaluated)
    if not group:
        return whole
    if group not in dict(whole.groups):
        raise Http404
    return _of_group(whole, initiative, period, language, group)


def _state(initiative: Initiative, period: str, language: str) -> tuple[object, ...]:
    """What the document is made of beside the answers."""
    texts = SectionText.objects.filter(initiative=initiative, period=period, language=language)
    overrides = ProofOverride.objects.filter(text__in=texts)
    facts = initiative.facts.values_list("year", "label", "value", "unit", "source")
    return (
        *sorted((str(pk), version) for pk, version in texts.values_list("pk", "version")),
        *sorted(str(pk) for pk in overrides.values_list("pk", flat=True)),
        *facts,
        initiative.name,
        initiative.kind,
        initiative.region,
        initiative.owner,
        initiative.started,
        initiative.purpose,
    )


def _of_group(
    whole: Shown, initiative: Initiative, period: str, language: str, group: str
) -> Shown:
    """The tables of one group alone. Sentences and charts speak of the whole and are left out."""
    evaluation = whole.evaluation
    own = evaluation.estimates.filter(pl.col("group") == group)
    narrowed = replace(
        evaluation,
        estimates=own.with_columns(group=pl.lit(WHOLE)),
        changes=evaluation.changes.clear(),
        gaps=evaluation.gaps.clear(),
        nonresponse=evaluation.nonresponse.clear(),
        free_answers=(),
        findings=(),
    )
    key = key_of(whole.key, group)

    def make() -> Document:
        document = initiative_document(initiative, period, language, evaluation=narrowed)
        blocks = {block.id.replace("_", "-") for block in evaluation.questionnaire.blocks}
        tables = {f"table-{block}" for block in blocks}
        kept_sections = (_only_tables(section, tables) for section in document.sections)
        return replace(document, sections=tuple(s for s in kept_sections if s is not None))

    return Shown(key, kept("document", key, make), evaluation, initiative.slug, group)


def _only_tables(section: Section, tables: set[str]) -> Section | None:
    content = tuple(
        table
        for piece in section.content
        for table in ([piece] if isinstance(piece, Table) else _table_of(piece))
        if table.id in tables and _has_figures(table)
    )
    below = tuple(s for s in (_only_tables(s, tables) for s in section.sections) if s is not None)
    return replace(section, content=content, sections=below) if content or below else None


def _has_figures(table: Table) -> bool:
    """Whether anything of the table may be shown; a table of dashes says nothing."""
    return any(value is not None for row in table.values for value in row)


def _table_of(content: Content) -> list[Table]:
    return [content.table] if isinstance(content, Figure) else []


def group_label(group: str, questionnaire: Questionnaire) -> str:
    """``size=10-49`` as people read it."""
    from klustermotor.analysis.measures import scale_of
    from klustermotor.initiatives.templatetags.figures import language

    column, _equals, value = group.partition("=")
    asked = questionnaire.by_name.get(column)
    if asked is None:
        return f"{BACKGROUND.get(column, column)}: {value}"
    scale = scale_of(asked)
    text = asked.block.topic or asked.item.text or asked.block.text
    words = scale.codes.get(value, {}).get(language(), value) if scale else value
    return f"{text.get(language(), column)}: {words}"


def _anchors(section: Section) -> Iterator[str]:
    yield section.id
    for content in section.content:
        if isinstance(content, Table | Figure):
            yield content.id
        if isinstance(content, Figure):
            yield content.table.id
    for below in section.sections:
        yield from _anchors(below)


def _files(content: Content, base: str) -> str:
    """Links to the files of a table or figure."""
    if not isinstance(content, Table | Figure):
        return ""
    address, _question, query = base.partition("?")
    suffixes = ("svg", "png", "csv", "xlsx") if isinstance(content, Figure) else ("csv", "xlsx")
    links = " · ".join(
        format_html(
            '<a href="{}/{}.{}?{}" download aria-label="{}">{}</a>',
            address,
            content.id,
            suffix,
            query,
            f"{suffix.upper()}: {content.title}",
            suffix.upper(),
        )
        for suffix in suffixes
    )
    return f"<p class='downloads'>{escape(_('Download'))}: {links}</p>"


def content_file(view: Shown, name: str, suffix: str) -> File:
    """A table or figure of the document as a file; Http404 when there is none such."""
    found = next(
        (c for c in view.document.contents() if isinstance(c, Table | Figure) and c.id == name),
        None,
    )
    if found is None:
        raise Http404
    table = found.table if isinstance(found, Figure) else found
    if suffix == "csv":
        return File(_csv(table, view.document.language), "text/csv; charset=utf-8")
    if suffix == "xlsx":
        sheet = replace(
            view.document,
            title=found.title,
            sections=(Section(name, found.title, (table,)),),
            data=(),
        )
        return File(
            xlsx(sheet), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        )
    if isinstance(found, Figure) and suffix == "svg":
        return File(svg(found.spec), "image/svg+xml")
    if isinstance(found, Figure) and suffix == "png":
        return File(png(found.spec), "image/png")
    raise Http404


def _csv(table: Table, language: str) -> str:
    """The table as a spreadsheet of its language opens it: BOM, and ``;`` with decimal comma."""
    text = io.StringIO()
    text.write("\ufeff")
    writer = csv.writer(text, delimiter="," if language == "en" else ";")
    writer.writerow([column.title for column in table.columns])
    for place, row in enumerate(table.rows):
        values = table.values[place] if table.values else (None,) * len(row)
        writer.writerow(
            [
                cell if value is None else _number(value, language)
                for cell, value in zip(row, values, strict=True)
            ]
        )
    return text.getvalue()


def _number(value: float, language: str) -> str:
    written = f"{value:.6g}"
    return written if language == "en" else written.replace(".", ",")
