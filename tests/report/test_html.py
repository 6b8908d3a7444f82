import itertools
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from klustermotor.report import palette
from klustermotor.report.document import Statement, Statements, Table, TableColumn
from klustermotor.report.html import fragment, page, style

VOID = {"meta", "br", "path", "line", "rect"}


class _Tree(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.found = [], []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag

    def all(self, tag):
        return [attrs for found, attrs in self.found if found == tag]


def read(html):
    tree = _Tree()
    tree.feed(html)
    assert tree.open == []
    return tree


def test_a_page_is_well_formed_and_says_its_language_and_title(document):
    tree = read(page(document))
    assert tree.all("html") == [{"lang": "sv"}]
    assert len(tree.all("h1")) == 1
    assert len(tree.all("main")) == 1


def test_what_people_wrote_never_becomes_markup(document):
    html = page(document)
    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 6
    assert [a for a in read(html).found if a[0] == "script"] == []


def test_emphasis_and_links_are_the_only_markup_of_a_text(document):
    html = page(document)
    assert "<em>viktigt</em>" in html
    assert "<a href='#effects'>tabellen</a>" in html
    assert "<li>*inte betonat*</li>" in html


def test_tables_have_captions_and_headers_with_scope(document):
    tree = read(page(document))
    assert len(tree.all("caption")) == len(tree.all("table")) == 2
    assert {th["scope"] for th in tree.all("th")} == {"col", "row"}


def test_a_statement_shows_its_n_as_a_link_to_its_table(document):
    assert "<a href='#effects'>n\u00a0=\u00a023</a>" in page(document)


def test_a_link_to_nowhere_is_not_made(document):
    said = Statements((Statement("Hälften.", 4, "c", "absent"),))
    with_absent = (*document.sections[0].content, said)
    changed = replace(document, sections=(replace(document.sections[0], content=with_absent),))
    assert "#absent" not in page(changed)


def test_a_figure_is_drawn_inline_with_title_description_and_its_table(document):
    html = page(document)
    drawing = re.search(r"<svg.*?</svg>", html, re.DOTALL)[0]
    assert "<title id='bars-title'>Försäljningen leder</title>" in drawing
    assert "<desc id='bars-desc'>Stapel 43 %</desc>" in drawing
    assert "aria-labelledby='bars-title bars-desc'" in drawing
    assert html.index("<details>") > html.index("</svg>")


def test_the_ids_of_a_page_are_its_own(report):
    ids = [attrs["id"] for _tag, attrs in read(page(report("sv"))).found if "id" in attrs]
    assert len(ids) == len(set(ids))


def test_every_link_of_a_report_leads_somewhere(report):
    tree = read(page(report("sv")))
    ids = {attrs["id"] for _tag, attrs in tree.found if "id" in attrs}
    links = [a["href"].removeprefix("#") for a in tree.all("a")]
    assert len(links) > 30
    assert set(links) <= ids


def test_headings_go_down_one_level_at_a_time(report):
    levels = [
        int(tag[1]) for tag, _a in read(page(report("sv"))).found if re.fullmatch("h[1-6]", tag)
    ]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_the_same_document_gives_the_same_bytes(report):
    assert page(report("sv")) == page(report("sv"))


def test_nothing_is_loaded_from_elsewhere(report):
    html = page(report("sv"))
    assert not re.search(r"(?:src|href)=['\"](?!#)", html.replace("xmlns", ""))
    assert "url(http" not in html
    assert "@import" not in html


@pytest.mark.parametrize("colour", [palette.INK, palette.ACCENT, palette.LINE])
def test_charts_follow_the_colours_of_a_dark_page(colour):
    assert f"svg [fill='{colour}']" in style()
    assert palette.DARK[colour] in style()


def test_a_fragment_has_no_number_and_keeps_no_style_attribute(document):
    figure = document.sections[0].sections[0].content[0]
    html = fragment(figure, "sv")
    assert "Figur" not in html
    assert "style=" not in html
    read(html)


def test_a_table_whose_rows_do_not_fit_its_columns_is_refused():
    table = Table("t", "T", (TableColumn("a"),), (("1", "2"),))
    with pytest.raises(ValueError, match=r"shorter|longer"):
        fragment(table, "sv")
