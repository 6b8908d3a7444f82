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

BY_LINK = "answered by whoever holds a personal link; see tests/test_answering.py"

EXEMPT = {
    "answer_enter": BY_LINK,
    "answer": BY_LINK,
    "answer_page": BY_LINK,
    "answer_save": BY_LINK,
    "answer_thanks": BY_LINK,
    "answer_own": BY_LINK,
    "answer_language": BY_LINK,
    "answer_leave": BY_LINK,
}
