"""Who may visit the addresses of surveys; `core/testing/access.py` tells how this works.

The waves and answers that they are about are made by `evaluation/tests/access.py`.
"""

from klustermotor.core.testing.access import EVALUATORS, INSIDE

MAY = {
    "surveys": EVALUATORS,
    "instruments": EVALUATORS,
    "instrument_create": EVALUATORS,
    "instrument_propose": EVALUATORS,
    "instrument": INSIDE,
    "instrument_file": INSIDE,
    "references": EVALUATORS,
    "wave_create": EVALUATORS,
    "wave": INSIDE,
    "wave_change": EVALUATORS,
    "wave_close": EVALUATORS,
    "wave_open": EVALUATORS,
    "wave_frame": EVALUATORS,
    "load_upload": EVALUATORS,
    "load": EVALUATORS,
    "load_choose": EVALUATORS,
    "load_apply": EVALUATORS,
    "load_undo": EVALUATORS,
    "load_discard": EVALUATORS,
}
