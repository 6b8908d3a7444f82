"""How often true pairs, and pairs at random, reach each level: (m, u). Counted, not chosen.

Printed by ``python -m bench.linkage_training``; `model` says what a level is.
"""

PARAMETERS: dict[str, dict[str, tuple[float, float]]] = {
    "name": {
        "same": (0.5751, 2.727e-06),
        "same_folded": (0.1055, 4.455e-07),
        "words_within": (0.03869, 4.968e-06),
        "one_letter": (0.1693, 1.78e-06),
        "two_letters": (0.0731, 7.215e-06),
        "band_9": (0.01, 5.5e-09),
        "band_8": (0.01, 1.631e-06),
        "band_7": (0.01, 1.182e-05),
        "band_6": (0.01, 7.077e-05),
        "band_5": (0.01, 0.000238),
        "band_4": (0.01, 0.0004018),
        "band_3": (0.01, 0.0004062),
        "other": (0.0121, 0.9989),
    },
    "form": {
        "same": (0.9986, 0.7425),
        "other": (0.01, 0.2575),
    },
    "address": {
        "street_and_postcode": (0.446, 1.02e-06),
        "street_and_place": (0.09793, 1.02e-06),
        "like_street": (0.05218, 2.855e-05),
        "postcode": (0.2024, 0.0003528),
        "place_alone": (0.06722, 0.00296),
        "place_other_postcode": (0.08636, 0.01227),
        "town_and_municipality": (0.3911, 0.9929),
        "other": (0.04794, 0.9844),
    },
    "industry": {
        "same": (0.8897, 0.00134),
        "division": (0.01, 0.01045),
        "other": (0.1088, 0.9882),
    },
    "text": {
        "many_words": (0.4, 0.0005),
        "some_words": (0.35, 0.05),
        "other": (0.25, 0.9495),
    },
}
