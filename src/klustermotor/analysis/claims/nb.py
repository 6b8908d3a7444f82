"""Claims in Norwegian bokmål."""

from collections.abc import Mapping

from klustermotor.analysis.claims.language import Language, People, Sentences

COMPANIES = People(
    of_answering="av de svarende bedriftene",
    answering="svarende bedrifter",
    one_answering="én svarende bedrift",
    none_answering="ingen av de svarende bedriftene",
    share_who="svarende bedrifter som",
    not_answering="bedriftene som ikke har svart",
    invited_people="inviterte bedrifter",
    the_invited="de inviterte bedriftene",
    counted="bedrifter",
    the_population="de {population} bedriftene som undersøkelsen gjelder",
)
RESPONDENTS = People(
    of_answering="av respondentene",
    answering="respondenter",
    one_answering="én respondent",
    none_answering="ingen av respondentene",
    share_who="respondenter som",
    not_answering="dem som ikke har svart",
    invited_people="inviterte",
    the_invited="de inviterte",
    counted="",
    the_population="de {population} som undersøkelsen gjelder",
)

WORDS = {
    "percent": "prosent",
    "point": "prosentpoeng",
    "points": "prosentpoeng",
    "step": "skalatrinn",
    "steps": "skalatrinn",
    "and": "og",
    "or": "eller",
    "of_n": "{count} av {n}",
    "range": "{low}–{high}",
    "about": "omtrent",
    "each": "hver",
    "respectively": "og",
    "less_than_one": "mindre enn {one}",
    "in_year": "i {wave}",
    "in_wave": "i målingen {wave}",
    "the_wave": "i målingen",
    "since_year": "{wave}",
    "clause_end": ",",
    "since_wave": "målingen {wave}",
    "the_question": "spørsmålet {question}",
    "among_topic": "blant {topic}",
    "among_gap": "i nåsituasjonen for {topic}",
    "among_shown": "blant svaralternativene som kan vises",
    "equally.exact": "like",
    "equally.near": "omtrent like",
    "direction.up": "økt",
    "direction.down": "gått ned",
    "side.up": "høyere",
    "side.down": "lavere",
    "reached.yes": "nådd",
    "reached.no": "ikke nådd",
    "certainty.yes": "statistisk sikker",
    "certainty.no": "ikke statistisk sikker",
    "aspect.now": "nåsituasjonen for {topic}",
    "aspect.wanted": "den ønskede situasjonen for {topic}",
    "says.multiple": "oppgir {item}",
    "says.yes_no": "svarer ja på spørsmålet om {item}",
    "says.category": "svarer {category} på spørsmålet om {topic}",
    "says.category_short": "svarer {category}",
    "share_of": "andelen {share_who} {statement}",
    "mean_of": "gjennomsnittet for {topic}",
    "lead.all": "samtlige {n} {answering}",
    "lead.none": "{none_answering} (n = {n})",
    "lead.weighted": "{percent} {of_answering} (n = {n})",
}

_N = "(n = {n_1})"
_SCALE = "på skalaen {scale_low}–{scale_high}"

TEMPLATES = {
    "response_rate": (
        (
            "{wave} ble undersøkelsen besvart av {answered} av {invited} {invited_people}, "
            "en svarprosent på {rate:percent}.",
        ),
    ),
    "response_rate.all": (
        ("{wave} ble undersøkelsen besvart av samtlige {invited} {invited_people}.",),
    ),
    "response_rate.counted": (
        (
            "{wave} ble undersøkelsen besvart av {answered} {counted}.",
            "Hvor mange som fikk den, er ikke kjent, og derfor oppgis ingen svarprosent.",
        ),
    ),
    "response_earlier": (("Svarprosenten var {earlier}.",),),
    "item_response": (
        (
            "Ikke alle har besvart alle spørsmålene: {wave} varierer antallet svar per spørsmål "
            "mellom {n_min} og {n_max}.",
        ),
    ),
    "scope.respondents": (
        (
            "Siden svarprosenten er lavere enn {floor:percent}, gjelder resultatene dem som har "
            "svart.",
            "Om {not_answering}, kan det ikke trekkes noen slutninger.",
        ),
    ),
    "scope.unknown": (
        (
            "Siden det ikke er kjent hvor mange som fikk undersøkelsen, gjelder resultatene dem "
            "som har svart.",
        ),
    ),
    "scope.invited": (
        (
            "Resultatene kan leses som et bilde av {the_invited}, forutsatt at de som ikke har "
            "svart, ligner på dem som har svart.",
            "De inviterte er valgt ut fra en større gruppe på {population}, og resultatene sier "
            "ikke noe sikkert om gruppen for øvrig.",
        ),
    ),
    "scope.population": (
        (
            "Resultatene kan leses som et bilde av {the_population}, forutsatt at de som ikke har "
            "svart, ligner på dem som har svart.",
        ),
    ),
    "scope.census": (
        (
            "Alle som undersøkelsen gjelder, har svart, og resultatene har derfor ingen "
            "utvalgsusikkerhet.",
        ),
    ),
    "ranking.share": (
        (
            "Vanligst {among} {wave} er {item}, som oppgis av {lead}.",
            "Deretter følger {following}.",
        ),
        (
            "{item} er vanligst {among} {wave} og oppgis av {lead}.",
            "Så kommer {following}.",
        ),
    ),
    "ranking.share_tied": (
        (
            "Vanligst {among} {wave} er {leading}, som oppgis {equally} ofte ({leading_figures}).",
            "Deretter følger {following}.",
        ),
    ),
    "ranking.mean": (
        (
            "Høyest gjennomsnitt {among} {wave} har {item_topic}: {mean_1:mean} "
            + _SCALE
            + " "
            + _N
            + ".",
            "Deretter følger {following}.",
            "Lavest gjennomsnitt har {last} ({last_figure}).",
        ),
        (
            "{item_topic} får det høyeste gjennomsnittet {among} {wave}, {mean_1:mean} "
            + _SCALE
            + " "
            + _N
            + ".",
            "Så kommer {following}.",
            "Det laveste gjennomsnittet har {last} ({last_figure}).",
        ),
    ),
    "ranking.mean_tied": (
        (
            "Høyest gjennomsnitt {among} {wave} har {leading}, som ligger {equally} høyt "
            "({leading_figures} " + _SCALE + ").",
            "Deretter følger {following}.",
            "Lavest gjennomsnitt har {last} ({last_figure}).",
        ),
    ),
    "majority": (
        ("{wave} oppgir mer enn halvparten {of_answering} også {listed}.",),
        ("Mer enn halvparten {of_answering} oppgir {wave} også {listed}.",),
    ),
    "lowest": (("Minst vanlig {among} {wave} er {last} ({last_figure}).",),),
    "lowest.none": (("{none_answering} oppgir {wave} {any_of} (n = {range_of_n}).",),),
    "level.mean": (
        ("{item_topic} får {wave} gjennomsnittet {mean_1:mean} " + _SCALE + " " + _N + ".",),
        ("{wave} er gjennomsnittet for {item_topic} {mean_1:mean} " + _SCALE + " " + _N + ".",),
    ),
    "level.number": (("{wave} er gjennomsnittet for {item_topic} {mean_1:mean} " + _N + ".",),),
    "level.number_unit": (
        ("{wave} er gjennomsnittet for {item_topic} {mean_1:mean} {unit} " + _N + ".",),
    ),
    "share": (("{wave} {statement_verb} {lead} {statement_rest}.",),),
    "distribution": (
        (
            "{wave} {statement_verb} {lead} {statement_rest}.",
            "Nest vanligst er svaret {category_second} ({second_figure}).",
            "{none_answering} svarer {categories_none}.",
        ),
    ),
    "distribution.tied": (
        (
            "De vanligste svarene på spørsmålet om {item_topic} er {wave} {leading_categories} "
            "({leading_figures}).",
        ),
    ),
    "largest_gap": (
        (
            "Størst er gapet {wave} for {item_topic}: nåsituasjonen er {now:mean} og den ønskede "
            "situasjonen {wanted:mean} " + _SCALE + ", et gap på {gap_size} " + _N + ".",
            "Også {wave_from} var gapet størst der.",
            "Nest størst er gapet for {item_topic_second} ({gap_second}).",
        ),
        (
            "Det største gapet {wave} gjelder {item_topic}, der nåsituasjonen er {now:mean} og "
            "den ønskede situasjonen {wanted:mean} "
            + _SCALE
            + ", en forskjell på {gap_size} "
            + _N
            + ".",
            "Gapet var størst der også {wave_from}.",
            "Deretter kommer {item_topic_second} med et gap på {gap_second}.",
        ),
    ),
    "largest_gap.uncertain": (
        (
            "Størst er gapet {wave} for {item_topic}: nåsituasjonen er {now:mean} og den ønskede "
            "situasjonen {wanted:mean} " + _SCALE + ", et gap på {gap_size} " + _N + ".",
            "Gapet er ikke statistisk sikkert.",
        ),
    ),
    "largest_gap.tied": (("Størst er gapene {wave} for {leading_topics}, {gap_size} hver.",),),
    "highest_now": (
        (
            "Nåsituasjonen er {wave} høyest for {item_topic}, {mean_1:mean} "
            + _SCALE
            + " "
            + _N
            + ".",
        ),
    ),
    "change.share": (
        (
            "{measure_clause} har {direction} fra {from_value} {wave_from} (n = {n_from}) til "
            "{to_value} {wave_to} (n = {n_to}).",
            "Forskjellen på {difference} er statistisk sikker og tilsvarer {equals}.",
        ),
    ),
    "change.mean": (
        (
            "{measure_clause} har {direction} fra {from_value} {wave_from} (n = {n_from}) til "
            "{to_value} {wave_to} (n = {n_to}).",
            "Forskjellen på {difference} er statistisk sikker og tilsvarer at {equals} svarer ett "
            "trinn {side}.",
        ),
    ),
    "change.census": (
        (
            "{measure_clause} har {direction} fra {from_value} {wave_from} (n = {n_from}) til "
            "{to_value} {wave_to} (n = {n_to}).",
            "Forskjellen er {difference}, noe som tilsvarer {equals}; alle har svart begge ganger.",
        ),
    ),
    "change.number": (
        (
            "{measure_clause} har {direction} fra {from_value} {wave_from} (n = {n_from}) til "
            "{to_value} {wave_to} (n = {n_to}), en statistisk sikker endring.",
        ),
    ),
    "no_certain_change.several": (
        (
            "Ingen statistisk sikker endring siden {since} kan vises {among} {wave_to}.",
            "Den største forskjellen gjelder {measure}: {from_value} {wave_from} (n = {n_from}) "
            "og {to_value} {wave_to} (n = {n_to}).",
            "Det er {difference} eller {equals}, noe som ligger innenfor den statistiske "
            "usikkerheten.",
            "Med så få svar må forskjellen være rundt {smallest} for at den skal kunne regnes som "
            "sikker.",
        ),
    ),
    "no_certain_change.several_mean": (
        (
            "Ingen statistisk sikker endring siden {since} kan vises {among} {wave_to}.",
            "Den største forskjellen gjelder {measure}: {from_value} {wave_from} (n = {n_from}) "
            "og {to_value} {wave_to} (n = {n_to}), en forskjell på {difference} som ligger "
            "innenfor den statistiske usikkerheten.",
        ),
    ),
    "no_certain_change.one": (
        (
            "{measure_clause} er {to_value} {wave_to} (n = {n_to}) og var {from_value} {wave_from} "
            "(n = {n_from}); noen statistisk sikker endring kan ikke vises.",
            "Forskjellen er {difference} eller {equals}.",
        ),
    ),
    "no_certain_change.one_mean": (
        (
            "{measure_clause} er {to_value} {wave_to} (n = {n_to}) og var {from_value} {wave_from} "
            "(n = {n_from}); noen statistisk sikker endring kan ikke vises.",
        ),
    ),
    "no_certain_change.others": (
        (
            "For de øvrige {items_count:word} kan ingen statistisk sikker "
            "endring vises mellom {since} (n = {range_of_n_from}) og {until} "
            "(n = {range_of_n_to}).",
        ),
    ),
    "no_certain_change.none": (
        (
            "Ingen statistisk sikker endring kan vises {among} mellom {since} "
            "(n = {range_of_n_from}) og {until} (n = {range_of_n_to}).",
        ),
    ),
    "no_certain_change.earlier": (
        (
            "Heller ikke mellom {since} (n = {range_of_n_from}) og {until} "
            "(n = {range_of_n_to}) kan noen statistisk sikker endring vises {among}.",
        ),
    ),
    "expected_delivered.yes_no": (
        (
            "{wave} {statement_verb} {lead} {statement_rest}, mens {lead_result} "
            "{result_statement}.",
            "Motivet er valgt blant {choices:word} mulige, mens resultatet er et ja på et eget "
            "spørsmål; målene er ulikt definert og kan ikke sammenlignes direkte.",
        ),
    ),
    "expected_delivered.multiple": (
        (
            "{wave} {statement_verb} {lead} {statement_rest}, mens {lead_result} "
            "{result_statement}.",
            "Motivet er valgt blant {choices:word} mulige og resultatet blant "
            "{choices_result:word}; målene er ulikt definert og kan ikke sammenlignes direkte.",
        ),
    ),
    "expected_delivered.scale": (
        (
            "{wave} {statement_verb} {lead} {statement_rest}, mens {lead_result} "
            "{result_statement}.",
            "Motivet er valgt blant {choices:word} mulige, mens resultatet er vurdert "
            + _SCALE
            + "; målene er ulikt definert og kan ikke sammenlignes direkte.",
        ),
    ),
    "expected_delivered.mean": (
        (
            "{wave} {statement_verb} {lead} {statement_rest}, mens {item_topic_result} får "
            "gjennomsnittet {mean_2:mean} " + _SCALE + " (n = {n_2}).",
            "Motivet er valgt blant {choices:word} mulige, mens resultatet er et gjennomsnitt av "
            "vurderinger; målene er ulikt definert og kan ikke sammenlignes direkte.",
        ),
    ),
    "target": (
        (
            "{measure_clause} er {own} {wave} (n = {n}), og målet er {other}.",
            "Blant dem som har svart, er målet {reached}; forskjellen fra målet er {certainty}.",
        ),
    ),
    "target.met": (("{measure_clause} er {own} {wave} (n = {n}), nøyaktig som målet.",),),
    "round": (
        (
            "{measure_clause} er {own} {wave} (n = {n}), mot {range_of_others} i de "
            "{others_count:word} andre initiativene i runden.",
            "Forskjellen er ikke prøvd statistisk.",
        ),
    ),
    "round.single": (
        (
            "{measure_clause} er {own} {wave} (n = {n}), mot {range_of_others} i "
            "{other_initiative}.",
            "Forskjellen er ikke prøvd statistisk.",
        ),
    ),
    "reference": (
        (
            "{measure_clause} er {own} {wave} (n = {n}), mot {other} for {reference} "
            "{reference_year} ({source}).",
            "Forskjellen på {difference} er {certainty}.",
        ),
    ),
}

AFTER: Mapping[str, tuple[Sentences, ...]] = {
    "majority@after": (("Mer enn halvparten {of_answering} oppgir også {listed}.",),),
    "lowest@after": (("Minst vanlig er {last} ({last_figure}).",),),
    "lowest.none@after": (("{none_answering} oppgir {any_of} (n = {range_of_n}).",),),
    "share@after": (("{lead} {short_verb} {short_rest}.",),),
    "highest_now@after": (
        ("Nåsituasjonen er høyest for {item_topic}, {mean_1:mean} " + _SCALE + " " + _N + ".",),
    ),
    "no_certain_change.several@after": (
        (
            "Ingen statistisk sikker endring siden {since} kan vises.",
            *TEMPLATES["no_certain_change.several"][0][1:],
        ),
    ),
    "no_certain_change.several_mean@after": (
        (
            "Ingen statistisk sikker endring siden {since} kan vises.",
            *TEMPLATES["no_certain_change.several_mean"][0][1:],
        ),
    ),
    "no_certain_change.one@after": (
        (
            "{short_clause} er {to_value} {wave_to} (n = {n_to}) og var {from_value} {wave_from} "
            "(n = {n_from}); noen statistisk sikker endring kan ikke vises.",
            *TEMPLATES["no_certain_change.one"][0][1:],
        ),
    ),
    "no_certain_change.earlier@after": (
        (
            "Heller ikke mellom {since} (n = {range_of_n_from}) og {until} (n = {range_of_n_to}) "
            "kan noen statistisk sikker endring vises.",
        ),
    ),
    "expected_delivered.yes_no@after": (
        (
            "{lead} {statement_verb} {statement_rest}, mens {lead_result} {result_statement}.",
            *TEMPLATES["expected_delivered.yes_no"][0][1:],
        ),
    ),
    "expected_delivered.multiple@after": (
        (
            "{lead} {statement_verb} {statement_rest}, mens {lead_result} {result_statement}.",
            *TEMPLATES["expected_delivered.multiple"][0][1:],
        ),
    ),
    "expected_delivered.scale@after": (
        (
            "{lead} {statement_verb} {statement_rest}, mens {lead_result} {result_statement}.",
            *TEMPLATES["expected_delivered.scale"][0][1:],
        ),
    ),
}
"""Wordings of a claim told after another about the same block and wave."""

LANGUAGE = Language(
    "nb",
    ("«", "»"),
    {"companies": COMPANIES, "respondents": RESPONDENTS},
    WORDS,
    {**TEMPLATES, **AFTER},
)
