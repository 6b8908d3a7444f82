import importlib.util
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import PoFileError

ROOT = Path(__file__).resolve().parents[2]
spec = importlib.util.spec_from_file_location("messages", ROOT / "scripts" / "messages.py")
messages = importlib.util.module_from_spec(spec)
sys.modules["messages"] = messages
spec.loader.exec_module(messages)


@pytest.mark.parametrize("language", messages.LANGUAGES)
@pytest.mark.parametrize("room", messages.rooms(), ids=lambda room: room.name)
def test_every_text_of_a_room_is_in_its_catalogue(room, language):
    missing = messages.faults(room, language)
    assert not missing, "run `make messages` and translate:\n" + "\n".join(missing)


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('{% translate "Save" %}', messages.Message("Save")),
        ('{% translate "Save" context "file" %}', messages.Message("Save", None, "file")),
        ("{% include 'x' with a=_('Hi') %}", messages.Message("Hi")),
        ("{{ value|default:_('None') }}", messages.Message("None")),
        (
            "{% blocktranslate trimmed with a=b %}\n  Hi {{ a }}\n  you\n{% endblocktranslate %}",
            messages.Message("Hi %(a)s you"),
        ),
        (
            "{% blocktranslate count n=x %}{{ n }} row{% plural %}{{ n }} rows{% endblocktranslate %}",
            messages.Message("%(n)s row", "%(n)s rows"),
        ),
    ],
)
def test_texts_are_found_in_templates(source, found):
    assert list(messages.template_messages(source, "x.html")) == [found]


def test_texts_are_found_in_python():
    source = (
        'a = _("One")\nb = pgettext_lazy("shop", "Two")\nc = ngettext("day", "days", n)\nf(_)\n'
    )
    assert list(messages.python_messages(source)) == [
        messages.Message("One"),
        messages.Message("Two", None, "shop"),
        messages.Message("day", "days"),
    ]


def make_room(folder, text):
    folder.mkdir(exist_ok=True)
    (folder / "apps.py").write_text("")
    (folder / "views.py").write_text(f'_("{text}")\n')
    return folder


def test_extract_keeps_a_translation_and_drops_what_nobody_uses(tmp_path):
    room = make_room(tmp_path / "room", "Save")
    messages.extract(room)
    path = messages.catalogue_path(room, "sv")
    path.write_text(
        path.read_text().replace('msgid "Save"\nmsgstr ""', 'msgid "Save"\nmsgstr "Spara"')
    )
    messages.extract(room)
    assert 'msgstr "Spara"' in path.read_text()
    before = path.read_text()
    messages.extract(room)
    assert path.read_text() == before
    make_room(tmp_path / "room", "Other")
    messages.extract(room)
    assert "Spara" not in path.read_text()


def test_a_text_without_translation_or_with_other_placeholders_is_a_fault(tmp_path):
    room = make_room(tmp_path / "room", "Save {name}")
    messages.extract(room)
    path = messages.catalogue_path(room, "sv")
    assert messages.faults(room, "sv") == ["Save {name}: not translated"]
    path.write_text(
        path.read_text().replace('{name}"\nmsgstr ""', '{name}"\nmsgstr "Spara {namn}"')
    )
    assert messages.faults(room, "sv") == ["Save {name} → Spara {namn}: other placeholders"]
    path.write_text(path.read_text().replace("{namn}", "{name}"))
    assert messages.faults(room, "sv") == []
    assert messages.faults(room, "en") == []
    path.unlink()
    assert messages.faults(room, "sv") == ["Save {name}: not translated"]


def test_a_broken_catalogue_is_named(tmp_path):
    room = make_room(tmp_path / "room", "Save")
    path = messages.catalogue_path(room, "sv")
    path.parent.mkdir(parents=True)
    path.write_text('msgid "Save"\nmsgstr "Spara"\nSpara igen\n')
    with pytest.raises(PoFileError, match=r"django.po: .*misformatted"):
        messages.compile_catalogue(path, "sv")
    assert not path.with_suffix(".mo").exists()
