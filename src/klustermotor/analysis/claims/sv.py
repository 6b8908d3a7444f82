"""Claims in Swedish."""

from collections.abc import Mapping

from klustermotor.analysis.claims.language import Language, People, Sentences

COMPANIES = People(
    of_answering="av de svarande företagen",
    answering="svarande företag",
    one_answering="ett svarande företag",
    none_answering="inget av de svarande företagen",
    share_who="svarande företag som",
    not_answering="de företag som inte har svarat",
    invited_people="inbjudna företag",
    the_invited="de inbjudna företagen",
    counted="företag",
    the_population="de {population} företag som undersökningen avser",
)
RESPONDENTS = People(
    of_answering="av de svarande",
    answering="svarande",
    one_answering="en svarande",
    none_answering="ingen av de svarande",
    share_who="svarande som",
    not_answering="dem som inte har svarat",
    invited_people="inbjudna",
    the_invited="de inbjudna",
    counted="",
    the_population="de {population} som undersökningen avser",
)

WORDS = {
    "percent": "procent",
    "point": "procentenhet",
    "points": "procentenheter",
    "step": "skalsteg",
    "steps": "skalsteg",
    "and": "och",
    "or": "eller",
    "of_n": "{count} av {n}",
    "range": "{low}–{high}",
    "about": "ungefär",
    "each": "vardera",
    "respectively": "respektive",
    "less_than_one": "mindre än {one}",
    "in_year": "år {wave}",
    "in_wave": "i mätningen {wave}",
    "the_wave": "i mätningen",
    "since_year": "{wave}",
    "clause_end": "",
    "since_wave": "mätningen {wave}",
    "the_question": "frågan {question}",
    "among_topic": "bland {topic}",
    "among_gap": "i nuläget för {topic}",
    "among_shown": "bland de alternativ som kan redovisas",
    "equally.exact": "lika",
    "equally.near": "ungefär lika",
    "direction.up": "ökat",
    "direction.down": "minskat",
    "side.up": "högre",
    "side.down": "lägre",
    "reached.yes": "nått",
    "reached.no": "inte nått",
    "certainty.yes": "statistiskt säkerställd",
    "certainty.no": "inte statistiskt säkerställd",
    "aspect.now": "nuläget för {topic}",
    "aspect.wanted": "det önskade läget för {topic}",
    "says.multiple": "anger {item}",
    "says.yes_no": "svarar ja på frågan om {item}",
    "says.category": "svarar {category} på frågan om {topic}",
    "says.category_short": "svarar {category}",
    "share_of": "andelen {share_who} {statement}",
    "mean_of": "medelvärdet för {topic}",
    "lead.all": "samtliga {n} {answering}",
    "lead.none": "{none_answering} (n = {n})",
    "lead.weighted": "{percent} {of_answering} (n = {n})",
}

_N = "(n = {n_1})"
_SCALE = "på skalan {scale_low}–{scale_high}"

TEMPLATES = {
    "response_rate": (
        (
            "{wave} besvarades enkäten av {answered} av {invited} {invited_people}, "
            "en svarsfrekvens på {rate:percent}.",
        ),
    ),
    "response_rate.all": (("{wave} besvarades enkäten av samtliga {invited} {invited_people}.",),),
    "response_rate.counted": (
        (
            "{wave} besvarades enkäten av {answered} {counted}.",
            "Hur många som fick den är inte känt, och därför anges ingen svarsfrekvens.",
        ),
    ),
    "response_earlier": (("Svarsfrekvensen var {earlier}.",),),
    "item_response": (
        (
            "Alla har inte besvarat alla frågor: {wave} varierar antalet svar per fråga "
            "mellan {n_min} och {n_max}.",
        ),
    ),
    "scope.respondents": (
        (
            "Eftersom svarsfrekvensen är lägre än {floor:percent} gäller resultaten de svarande.",
            "Om {not_answering} går det inte att dra några slutsatser.",
        ),
    ),
    "scope.unknown": (
        ("Eftersom det inte är känt hur många som fick enkäten gäller resultaten de svarande.",),
    ),
    "scope.invited": (
        (
            "Resultaten kan läsas som en bild av {the_invited}, förutsatt att de som inte har "
            "svarat liknar dem som har svarat.",
            "De inbjudna är utvalda ur en större grupp på {population}, och resultaten säger "
            "inget säkert om gruppen i övrigt.",
        ),
    ),
    "scope.population": (
        (
            "Resultaten kan läsas som en bild av {the_population}, förutsatt att de som inte har "
            "svarat liknar dem som har svarat.",
        ),
    ),
    "scope.census": (
        (
            "Samtliga som undersökningen avser har svarat, och resultaten har därför ingen "
            "urvalsosäkerhet.",
        ),
    ),
    "ranking.share": (
        (
            "Vanligast {among} {wave} är {item}, som anges av {lead}.",
            "Därefter följer {following}.",
        ),
        (
            "{item} är vanligast {among} {wave} och anges av {lead}.",
            "Därefter kommer {following}.",
        ),
    ),
    "ranking.share_tied": (
        (
            "Vanligast {among} {wave} är {leading}, som anges {equally} ofta ({leading_figures}).",
            "Därefter följer {following}.",
        ),
    ),
    "ranking.mean": (
        (
            "Högst medelvärde {among} {wave} har {item_topic}: {mean_1:mean} "
            + _SCALE
            + " "
            + _N
            + ".",
            "Därefter följer {following}.",
            "Lägst medelvärde har {last} ({last_figure}).",
        ),
        (
            "{item_topic} får det högsta medelvärdet {among} {wave}, {mean_1:mean} "
            + _SCALE
            + " "
            + _N
            + ".",
            "Därefter kommer {following}.",
            "Det lägsta medelvärdet har {last} ({last_figure}).",
        ),
    ),
    "ranking.mean_tied": (
        (
            "Högst medelvärde {among} {wave} har {leading}, som ligger {equally} högt "
            "({leading_figures} " + _SCALE + ").",
            "Därefter följer {following}.",
            "Lägst medelvärde har {last} ({last_figure}).",
        ),
    ),
    "majority": (
        ("{wave} anger mer än hälften {of_answering} även {listed}.",),
        ("Mer än hälften {of_answering} anger {wave} också {listed}.",),
    ),
    "lowest": (("Minst vanligt {among} {wave} är {last} ({last_figure}).",),),
    "lowest.none": (("{none_answering} anger {wave} {any_of} (n = {range_of_n}).",),),
    "level.mean": (
        ("{item_topic} får {wave} medelvärdet {mean_1:mean} " + _SCALE + " " + _N + ".",),
        ("{wave} är medelvärdet för {item_topic} {mean_1:mean} " + _SCALE + " " + _N + ".",),
    ),
    "level.number": (("{wave} är genomsnittet för {item_topic} {mean_1:mean} " + _N + ".",),),
    "level.number_unit": (
        ("{wave} är genomsnittet för {item_topic} {mean_1:mean} {unit} " + _N + ".",),
    ),
    "share": (("{wave} {statement_verb} {lead} {statement_rest}.",),),
    "distribution": (
        (
            "{wave} {statement_verb} {lead} {statement_rest}.",
            "Näst vanligast är svaret {category_second} ({second_figure}).",
            "{none_answering} svarar {categories_none}.",
        ),
    ),
    "distribution.tied": (
        (
            "De vanligaste svaren på frågan om {item_topic} är {wave} {leading_categories} "
            "({leading_figures}).",
        ),
    ),
    "largest_gap": (
        (
            "Störst är gapet {wave} för {item_topic}: nuläget är {now:mean} och det önskade läget "
            "{wanted:mean} " + _SCALE + ", ett gap på {gap_size} " + _N + ".",
            "Också {wave_from} var gapet störst där.",
            "Näst störst är gapet för {item_topic_second} ({gap_second}).",
        ),
        (
            "Det största gapet {wave} gäller {item_topic}, där nuläget är {now:mean} och det "
            "önskade läget {wanted:mean} " + _SCALE + ", en skillnad på {gap_size} " + _N + ".",
            "Gapet var störst där också {wave_from}.",
            "Därefter kommer {item_topic_second} med ett gap på {gap_second}.",
        ),
    ),
    "largest_gap.uncertain": (
        (
            "Störst är gapet {wave} för {item_topic}: nuläget är {now:mean} och det önskade läget "
            "{wanted:mean} " + _SCALE + ", ett gap på {gap_size} " + _N + ".",
            "Gapet är inte statistiskt säkerställt.",
        ),
    ),
    "largest_gap.tied": (("Störst är gapen {wave} för {leading_topics}, {gap_size} vardera.",),),
    "highest_now": (
        ("Nuläget är {wave} högst för {item_topic}, {mean_1:mean} " + _SCALE + " " + _N + ".",),
    ),
    "change.share": (
        (
            "{measure_clause} har {direction} från {from_value} {wave_from} (n = {n_from}) till "
            "{to_value} {wave_to} (n = {n_to}).",
            "Skillnaden på {difference} är statistiskt säkerställd och motsvarar {equals}.",
        ),
    ),
    "change.mean": (
        (
            "{measure_clause} har {direction} från {from_value} {wave_from} (n = {n_from}) till "
            "{to_value} {wave_to} (n = {n_to}).",
            "Skillnaden på {difference} är statistiskt säkerställd och motsvarar att {equals} "
            "svarar ett steg {side}.",
        ),
    ),
    "change.census": (
        (
            "{measure_clause} har {direction} från {from_value} {wave_from} (n = {n_from}) till "
            "{to_value} {wave_to} (n = {n_to}).",
            "Skillnaden är {difference}, vilket motsvarar {equals}; alla har svarat båda gångerna.",
        ),
    ),
    "change.number": (
        (
            "{measure_clause} har {direction} från {from_value} {wave_from} (n = {n_from}) till "
            "{to_value} {wave_to} (n = {n_to}), en statistiskt säkerställd förändring.",
        ),
    ),
    "no_certain_change.several": (
        (
            "Ingen statistiskt säkerställd förändring sedan {since} kan visas {among} {wave_to}.",
            "Den största skillnaden gäller {measure}: {from_value} {wave_from} (n = {n_from}) och "
            "{to_value} {wave_to} (n = {n_to}).",
            "Det är {difference} eller {equals}, vilket ryms inom den statistiska osäkerheten.",
            "Med så få svar krävs en skillnad på omkring {smallest} för att den ska kunna "
            "säkerställas.",
        ),
    ),
    "no_certain_change.several_mean": (
        (
            "Ingen statistiskt säkerställd förändring sedan {since} kan visas {among} {wave_to}.",
            "Den största skillnaden gäller {measure}: {from_value} {wave_from} (n = {n_from}) och "
            "{to_value} {wave_to} (n = {n_to}), en skillnad på {difference} som ryms inom den "
            "statistiska osäkerheten.",
        ),
    ),
    "no_certain_change.one": (
        (
            "{measure_clause} är {to_value} {wave_to} (n = {n_to}) och var {from_value} "
            "{wave_from} (n = {n_from}); någon statistiskt säkerställd förändring kan inte visas.",
            "Skillnaden är {difference} eller {equals}.",
        ),
    ),
    "no_certain_change.one_mean": (
        (
            "{measure_clause} är {to_value} {wave_to} (n = {n_to}) och var {from_value} "
            "{wave_from} (n = {n_from}); någon statistiskt säkerställd förändring kan inte visas.",
        ),
    ),
    "no_certain_change.others": (
        (
            "För de {items_count:word} övriga kan ingen statistiskt säkerställd "
            "förändring visas mellan {since} (n = {range_of_n_from}) och {until} "
            "(n = {range_of_n_to}).",
        ),
    ),
    "no_certain_change.none": (
        (
            "Ingen statistiskt säkerställd förändring kan visas {among} mellan {since} "
            "(n = {range_of_n_from}) och {until} (n = {range_of_n_to}).",
        ),
    ),
    "no_certain_change.earlier": (
        (
            "Inte heller mellan {since} (n = {range_of_n_from}) och {until} "
            "(n = {range_of_n_to}) kan någon statistiskt säkerställd förändring visas {among}.",
        ),
    ),
    "expected_delivered.yes_no": (
        (
            "{wave} {statement_verb} {lead} {statement_rest}, medan {lead_result} "
            "{result_statement}.",
            "Motivet är valt bland {choices:word} möjliga, medan resultatet är ett ja på en egen "
            "fråga; måtten är olika definierade och kan inte jämföras rakt av.",
        ),
    ),
    "expected_delivered.multiple": (
        (
            "{wave} {statement_verb} {lead} {statement_rest}, medan {lead_result} "
            "{result_statement}.",
            "Motivet är valt bland {choices:word} möjliga och resultatet bland "
            "{choices_result:word}; måtten är olika definierade och kan inte jämföras rakt av.",
        ),
    ),
    "expected_delivered.scale": (
        (
            "{wave} {statement_verb} {lead} {statement_rest}, medan {lead_result} "
            "{result_statement}.",
            "Motivet är valt bland {choices:word} möjliga, medan resultatet är bedömt "
            + _SCALE
            + "; måtten är olika definierade och kan inte jämföras rakt av.",
        ),
    ),
    "expected_delivered.mean": (
        (
            "{wave} {statement_verb} {lead} {statement_rest}, medan {item_topic_result} får "
            "medelvärdet {mean_2:mean} " + _SCALE + " (n = {n_2}).",
            "Motivet är valt bland {choices:word} möjliga, medan resultatet är ett genomsnitt av "
            "bedömningar; måtten är olika definierade och kan inte jämföras rakt av.",
        ),
    ),
    "target": (
        (
            "{measure_clause} är {own} {wave} (n = {n}), och målet är {other}.",
            "Bland de svarande är målet {reached}; skillnaden mot målet är {certainty}.",
        ),
    ),
    "target.met": (("{measure_clause} är {own} {wave} (n = {n}), precis som målet.",),),
    "round": (
        (
            "{measure_clause} är {own} {wave} (n = {n}), att jämföra med {range_of_others} i de "
            "{others_count:word} andra initiativen i omgången.",
            "Skillnaden är inte prövad statistiskt.",
        ),
    ),
    "round.single": (
        (
            "{measure_clause} är {own} {wave} (n = {n}), att jämföra med {range_of_others} i "
            "{other_initiative}.",
            "Skillnaden är inte prövad statistiskt.",
        ),
    ),
    "reference": (
        (
            "{measure_clause} är {own} {wave} (n = {n}), att jämföra med {other} för {reference} "
            "{reference_year} ({source}).",
            "Skillnaden på {difference} är {certainty}.",
        ),
    ),
}

AFTER: Mapping[str, tuple[Sentences, ...]] = {
    "majority@after": (("Mer än hälften {of_answering} anger också {listed}.",),),
    "lowest@after": (("Minst vanligt är {last} ({last_figure}).",),),
    "lowest.none@after": (("{none_answering} anger {any_of} (n = {range_of_n}).",),),
    "share@after": (("{lead} {short_verb} {short_rest}.",),),
    "highest_now@after": (
        ("Nuläget är högst för {item_topic}, {mean_1:mean} " + _SCALE + " " + _N + ".",),
    ),
    "no_certain_change.several@after": (
        (
            "Ingen statistiskt säkerställd förändring sedan {since} kan visas.",
            *TEMPLATES["no_certain_change.several"][0][1:],
        ),
    ),
    "no_certain_change.several_mean@after": (
        (
            "Ingen statistiskt säkerställd förändring sedan {since} kan visas.",
            *TEMPLATES["no_certain_change.several_mean"][0][1:],
        ),
    ),
    "no_certain_change.one@after": (
        (
            "{short_clause} är {to_value} {wave_to} (n = {n_to}) och var {from_value} "
            "{wave_from} (n = {n_from}); någon statistiskt säkerställd förändring kan inte visas.",
            *TEMPLATES["no_certain_change.one"][0][1:],
        ),
    ),
    "no_certain_change.earlier@after": (
        (
            "Inte heller mellan {since} (n = {range_of_n_from}) och {until} (n = "
            "{range_of_n_to}) kan någon statistiskt säkerställd förändring visas.",
        ),
    ),
    "expected_delivered.yes_no@after": (
        (
            "{lead} {statement_verb} {statement_rest}, medan {lead_result} {result_statement}.",
            *TEMPLATES["expected_delivered.yes_no"][0][1:],
        ),
    ),
    "expected_delivered.multiple@after": (
        (
            "{lead} {statement_verb} {statement_rest}, medan {lead_result} {result_statement}.",
            *TEMPLATES["expected_delivered.multiple"][0][1:],
        ),
    ),
    "expected_delivered.scale@after": (
        (
            "{lead} {statement_verb} {statement_rest}, medan {lead_result} {result_statement}.",
            *TEMPLATES["expected_delivered.scale"][0][1:],
        ),
    ),
}
"""Wordings of a claim told after another about the same block and wave."""

LANGUAGE = Language(
    "sv",
    ("”", "”"),
    {"companies": COMPANIES, "respondents": RESPONDENTS},
    WORDS,
    {**TEMPLATES, **AFTER},
)
