import subprocess
import sys

import pytest

HEAVY = ("polars", "numpy", "scipy", "sklearn", "typst", "docx", "openpyxl")


@pytest.mark.parametrize(
    ("code", "heavy"),
    [
        ("import django; django.setup()", HEAVY),
        (
            "import django; django.setup(); import klustermotor.config.urls",
            ("scipy", "sklearn", "typst", "docx"),
        ),
    ],
    ids=["commands", "pages"],
)
def test_starting_up_loads_no_library_that_only_some_work_needs(code, heavy):
    told = subprocess.run(
        [sys.executable, "-c", f"{code}; import sys; print(*sorted(sys.modules))"],
        capture_output=True,
        text=True,
        check=True,
        env={
            "PYTHONPATH": ":".join(sys.path),
            "DJANGO_SETTINGS_MODULE": "klustermotor.config.settings",
            "KLUSTERMOTOR_DEMO": "1",
        },
    )
    assert not set(heavy) & set(told.stdout.split())
