"""Which files name somebody, and that a report is read once for all its formats."""

from pathlib import Path

from klustermotor.core.privacy.files import FileMention, files_naming
from klustermotor.core.privacy.terms import terms_for

TERMS = terms_for(["Anna Ek"])


def write(home: Path, name: str, content: bytes) -> None:
    path = home / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def test_a_pdf_of_ours_is_judged_by_the_page_beside_it(tmp_path: Path) -> None:
    broken = b"%PDF-1.7 which no reader takes"
    write(tmp_path, "jobs/1/2/steel-sv.html", "<p>Anna&nbsp;Ek s\u00e4ger</p>".encode())
    write(tmp_path, "jobs/1/2/steel-sv.pdf", broken)
    write(tmp_path, "jobs/2/1/wood-sv.html", b"<p>Ingen</p>")
    write(tmp_path, "jobs/2/1/wood-sv.pdf", broken)
    found = list(files_naming(TERMS, tmp_path))
    assert found == [
        FileMention("jobs/1/2/steel-sv.html"),
        FileMention("jobs/1/2/steel-sv.pdf"),
    ]


def test_a_pdf_of_others_is_read_itself(tmp_path: Path) -> None:
    write(tmp_path, "uploads/a.html", b"<p>Ingen</p>")
    write(tmp_path, "uploads/a.pdf", b"%PDF-1.7 which no reader takes")
    assert list(files_naming(TERMS, tmp_path)) == [FileMention("uploads/a.pdf", unread=True)]
