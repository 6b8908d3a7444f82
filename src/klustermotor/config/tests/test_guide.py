"""The guide's table of who may do what says what the role matrix says."""

from pathlib import Path

import pytest

from klustermotor.config.tests.addresses import may

GUIDE = Path(__file__).parents[4] / "docs" / "guide.md"
ROLES = {
    "administrator": "administrator",
    "process leader": "process_leader",
    "staff": "staff",
    "evaluator": "evaluator",
    "municipal developer": "municipal_developer",
    "panel member": "panel_member",
    "funder": "funder",
    "company contact": "company_contact",
}
DOES = {
    "reads companies, people and industries": "companies",
    "adds and changes companies and people": "company_change",
    "merges doubles": "company_merge",
    "says who logs in for a company": "contacts",
    "sees and corrects the own company": "own_company",
    "sees an initiative's page": "initiative",
    "changes what is said of an initiative": "initiative_change",
    "reads waves, tables and drafts of reports": "evaluation",
    "writes text of the report": "text_save",
    "makes waves, loads answers, releases reports": "report_release",
    "gives accounts and roles": "users",
    "answers people about their data": "privacy",
}


def table() -> str:
    """The table as it must stand in the guide."""
    rows = [f"| | {' | '.join(ROLES)} |", "|---" * (len(ROLES) + 1) + "|"]
    for does, name in DOES.items():
        marks = ["yes" if role in may()[name] else "" for role in ROLES.values()]
        rows.append(f"| {does} | {' | '.join(marks)} |")
    return "\n".join(rows)


def test_the_guide_tells_who_may_do_what() -> None:
    if not GUIDE.exists():
        pytest.skip("no docs here: this is an installed package")
    assert table() in GUIDE.read_text(encoding="utf-8"), f"docs/guide.md must say:\n{table()}"
