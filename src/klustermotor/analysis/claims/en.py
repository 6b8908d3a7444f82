"""Claims in English."""

from collections.abc import Mapping

from klustermotor.analysis.claims.language import Language, People, Sentences

COMPANIES = People(
    of_answering="of the responding companies",
    answering="responding companies",
    one_answering="one responding company",
    none_answering="none of the responding companies",
    share_who="responding companies that",
    not_answering="the companies that did not respond",
    invited_people="invited companies",
    the_invited="the invited companies",
    counted="companies",
    the_population="the {population} companies that the survey is about",
)
RESPONDENTS = People(
    of_answering="of the respondents",
    answering="respondents",
    one_answering="one respondent",
    none_answering="none of the respondents",
    share_who="respondents who",
    not_answering="those who did not respond",
    invited_people="people invited",
    the_invited="those invited",
    counted="respondents",
    the_population="the {population} that the survey is about",
)

WORDS = {
    "percent": "percent",
    "point": "percentage point",
    "points": "percentage points",
    "step": "scale point",
    "steps": "scale points",
    "and": "and",
    "or": "or",
    "of_n": "{count} of {n}",
    "range": "{low}–{high}",
    "about": "about",
    "each": "each",
    "respectively": "and",
    "less_than_one": "less than {one}",
    "in_year": "in {wave}",
    "in_wave": "in the {wave} wave",
    "the_wave": "in the survey",
    "since_year": "{wave}",
    "since_wave": "the {wave} wave",
    "clause_end": "",
    "the_question": "the question {question}",
    "among_topic": "among {topic}",
    "among_gap": "in the current level of {topic}",
    "among_shown": "among the alternatives that can be shown",
    "equally.exact": "equally",
    "equally.near": "about equally",
    "direction.up": "increased",
    "direction.down": "decreased",
    "side.up": "higher",
    "side.down": "lower",
    "reached.yes": "met",
    "reached.no": "not met",
    "certainty.yes": "statistically certain",
    "certainty.no": "not statistically certain",
    "aspect.now": "the current level of {topic}",
    "aspect.wanted": "the wanted level of {topic}",
    "says.multiple": "name {item}",
    "says.yes_no": "answer yes to the question about {item}",
    "says.category": "answer {category} to the question about {topic}",
    "says.category_short": "answer {category}",
    "share_of": "the share of {share_who} {statement}",
    "mean_of": "the mean for {topic}",
    "lead.all": "all {n} {answering}",
    "lead.none": "{none_answering} (n = {n})",
    "lead.weighted": "{percent} {of_answering} (n = {n})",
}

_N = "(n = {n_1})"
_SCALE = "on the scale {scale_low}–{scale_high}"

TEMPLATES = {
    "response_rate": (
        (
            "{wave}, {answered} of {invited} {invited_people} answered the survey, a response "
            "rate of {rate:percent}.",
        ),
    ),
    "response_rate.all": (("{wave}, all {invited} {invited_people} answered the survey.",),),
    "response_rate.counted": (
        (
            "{wave}, {answered} {counted} answered the survey.",
            "How many received it is not known, so no response rate is given.",
        ),
    ),
    "response_earlier": (("The response rate was {earlier}.",),),
    "item_response": (
        (
            "Not everyone answered every question: the number of answers per question varies "
            "between {n_min} and {n_max} {wave}.",
        ),
    ),
    "scope.respondents": (
        (
            "Since the response rate is below {floor:percent}, the results hold for those who "
            "answered.",
            "No conclusions can be drawn about {not_answering}.",
        ),
    ),
    "scope.unknown": (
        (
            "Since it is not known how many received the survey, the results hold for those who "
            "answered.",
        ),
    ),
    "scope.invited": (
        (
            "The results can be read as a picture of {the_invited}, provided that those who did "
            "not respond are like those who did.",
            "Those invited were chosen from a larger group of {population}, and the results say "
            "nothing certain about the rest of that group.",
        ),
    ),
    "scope.population": (
        (
            "The results can be read as a picture of {the_population}, provided that those who "
            "did not respond are like those who did.",
        ),
    ),
    "scope.census": (
        (
            "Everyone that the survey is about has answered, so the results carry no sampling "
            "error.",
        ),
    ),
    "ranking.share": (
        (
            "The most common {among} {wave} is {item}, named by {lead}.",
            "It is followed by {following}.",
        ),
        (
            "{wave}, the most common {among} is {item}, named by {lead}.",
            "It is followed by {following}.",
        ),
    ),
    "ranking.share_tied": (
        (
            "Most common {among} {wave} are {leading}, named {equally} often ({leading_figures}).",
            "They are followed by {following}.",
        ),
    ),
    "ranking.mean": (
        (
            "The highest mean {among} {wave} is that of {item_topic}: {mean_1:mean} "
            + _SCALE
            + " "
            + _N
            + ".",
            "It is followed by {following}.",
            "The lowest mean is that of {last} ({last_figure}).",
        ),
        (
            "{item_topic} has the highest mean {among} {wave}, {mean_1:mean} "
            + _SCALE
            + " "
            + _N
            + ".",
            "It is followed by {following}.",
            "The lowest mean is that of {last} ({last_figure}).",
        ),
    ),
    "ranking.mean_tied": (
        (
            "The highest means {among} {wave} are those of {leading}, {equally} high "
            "({leading_figures} " + _SCALE + ").",
            "They are followed by {following}.",
            "The lowest mean is that of {last} ({last_figure}).",
        ),
    ),
    "majority": (
        ("{wave}, more than half {of_answering} also name {listed}.",),
        ("More than half {of_answering} also name {listed} {wave}.",),
    ),
    "lowest": (("The least common {among} {wave} is {last} ({last_figure}).",),),
    "lowest.none": (("{wave}, {none_answering} name {any_of} (n = {range_of_n}).",),),
    "level.mean": (
        ("{item_topic} has a mean of {mean_1:mean} " + _SCALE + " {wave} " + _N + ".",),
        ("{wave}, the mean for {item_topic} is {mean_1:mean} " + _SCALE + " " + _N + ".",),
    ),
    "level.number": (("{wave}, the average for {item_topic} is {mean_1:mean} " + _N + ".",),),
    "level.number_unit": (
        ("{wave}, the average for {item_topic} is {mean_1:mean} {unit} " + _N + ".",),
    ),
    "share": (("{wave}, {lead} {statement}.",),),
    "distribution": (
        (
            "{wave}, {lead} {statement}.",
            "The next most common answer is {category_second} ({second_figure}).",
            "{none_answering} answer {categories_none}.",
        ),
    ),
    "distribution.tied": (
        (
            "The most common answers to the question about {item_topic} {wave} are "
            "{leading_categories} "
            "({leading_figures}).",
        ),
    ),
    "largest_gap": (
        (
            "The gap {wave} is largest for {item_topic}: the current level is {now:mean} and the "
            "wanted level {wanted:mean} " + _SCALE + ", a gap of {gap_size} " + _N + ".",
            "The gap was largest there {wave_from} too.",
            "The second largest gap is that for {item_topic_second} ({gap_second}).",
        ),
        (
            "The largest gap {wave} concerns {item_topic}, where the current level is {now:mean} "
            "and the wanted level {wanted:mean} "
            + _SCALE
            + ", a difference of {gap_size} "
            + _N
            + ".",
            "The gap was largest there {wave_from} as well.",
            "Next comes {item_topic_second} with a gap of {gap_second}.",
        ),
    ),
    "largest_gap.uncertain": (
        (
            "The gap {wave} is largest for {item_topic}: the current level is {now:mean} and the "
            "wanted level {wanted:mean} " + _SCALE + ", a gap of {gap_size} " + _N + ".",
            "The gap is not statistically certain.",
        ),
    ),
    "largest_gap.tied": (
        ("The largest gaps {wave} are those for {leading_topics}, {gap_size} each.",),
    ),
    "highest_now": (
        (
            "The current level {wave} is highest for {item_topic}, {mean_1:mean} "
            + _SCALE
            + " "
            + _N
            + ".",
        ),
    ),
    "change.share": (
        (
            "{measure_clause} has {direction} from {from_value} {wave_from} (n = {n_from}) to "
            "{to_value} {wave_to} (n = {n_to}).",
            "The difference of {difference} is statistically certain and equals {equals}.",
        ),
    ),
    "change.mean": (
        (
            "{measure_clause} has {direction} from {from_value} {wave_from} (n = {n_from}) to "
            "{to_value} {wave_to} (n = {n_to}).",
            "The difference of {difference} is statistically certain and is the same as {equals} "
            "answering a point {side}.",
        ),
    ),
    "change.census": (
        (
            "{measure_clause} has {direction} from {from_value} {wave_from} (n = {n_from}) to "
            "{to_value} {wave_to} (n = {n_to}).",
            "The difference is {difference}, which equals {equals}; everyone answered both times.",
        ),
    ),
    "change.number": (
        (
            "{measure_clause} has {direction} from {from_value} {wave_from} (n = {n_from}) to "
            "{to_value} {wave_to} (n = {n_to}), a statistically certain change.",
        ),
    ),
    "no_certain_change.several": (
        (
            "No statistically certain change since {since} can be shown {among} {wave_to}.",
            "The largest difference concerns {measure}: {from_value} {wave_from} (n = {n_from}) "
            "and {to_value} {wave_to} (n = {n_to}).",
            "That is {difference} or {equals}, which is within the statistical uncertainty.",
            "With so few answers, a difference of about {smallest} would be needed to be certain.",
        ),
    ),
    "no_certain_change.several_mean": (
        (
            "No statistically certain change since {since} can be shown {among} {wave_to}.",
            "The largest difference concerns {measure}: {from_value} {wave_from} (n = {n_from}) "
            "and {to_value} {wave_to} (n = {n_to}), a difference of {difference} that is within "
            "the statistical uncertainty.",
        ),
    ),
    "no_certain_change.one": (
        (
            "{measure_clause} is {to_value} {wave_to} (n = {n_to}) and was {from_value} "
            "{wave_from} (n = {n_from}); no statistically certain change can be shown.",
            "The difference is {difference} or {equals}.",
        ),
    ),
    "no_certain_change.one_mean": (
        (
            "{measure_clause} is {to_value} {wave_to} (n = {n_to}) and was {from_value} "
            "{wave_from} (n = {n_from}); no statistically certain change can be shown.",
        ),
    ),
    "no_certain_change.others": (
        (
            "For the other {items_count:word}, no statistically certain change can "
            "be shown between {since} (n = {range_of_n_from}) and {until} (n = {range_of_n_to}).",
        ),
    ),
    "no_certain_change.none": (
        (
            "No statistically certain change can be shown {among} between {since} "
            "(n = {range_of_n_from}) and {until} (n = {range_of_n_to}).",
        ),
    ),
    "no_certain_change.earlier": (
        (
            "Nor can any statistically certain change be shown {among} between {since} "
            "(n = {range_of_n_from}) and {until} (n = {range_of_n_to}).",
        ),
    ),
    "expected_delivered.yes_no": (
        (
            "{wave}, {lead} {statement}, while {lead_result} {result_statement}.",
            "The motive is chosen among {choices:word} alternatives, whereas the result is a yes "
            "to a question of its own; the measures are defined differently and cannot be "
            "compared outright.",
        ),
    ),
    "expected_delivered.multiple": (
        (
            "{wave}, {lead} {statement}, while {lead_result} {result_statement}.",
            "The motive is chosen among {choices:word} alternatives and the result among "
            "{choices_result:word}; the measures are defined differently and cannot be compared "
            "outright.",
        ),
    ),
    "expected_delivered.scale": (
        (
            "{wave}, {lead} {statement}, while {lead_result} {result_statement}.",
            "The motive is chosen among {choices:word} alternatives, whereas the result is rated "
            + _SCALE
            + "; the measures are defined differently and cannot be compared outright.",
        ),
    ),
    "expected_delivered.mean": (
        (
            "{wave}, {lead} {statement}, while {item_topic_result} has a mean of {mean_2:mean} "
            + _SCALE
            + " (n = {n_2}).",
            "The motive is chosen among {choices:word} alternatives, whereas the result is an "
            "average of ratings; the measures are defined differently and cannot be compared "
            "outright.",
        ),
    ),
    "target": (
        (
            "{measure_clause} is {own} {wave} (n = {n}), and the target is {other}.",
            "Among those who answered, the target is {reached}; the difference from the target "
            "is {certainty}.",
        ),
    ),
    "target.met": (("{measure_clause} is {own} {wave} (n = {n}), exactly the target.",),),
    "round": (
        (
            "{measure_clause} is {own} {wave} (n = {n}), compared with {range_of_others} in the "
            "other {others_count:word} initiatives of the round.",
            "The difference has not been tested.",
        ),
    ),
    "round.single": (
        (
            "{measure_clause} is {own} {wave} (n = {n}), compared with {range_of_others} in "
            "{other_initiative}.",
            "The difference has not been tested.",
        ),
    ),
    "reference": (
        (
            "{measure_clause} is {own} {wave} (n = {n}), compared with {other} for {reference} "
            "{reference_year} ({source}).",
            "The difference of {difference} is {certainty}.",
        ),
    ),
}

AFTER: Mapping[str, tuple[Sentences, ...]] = {
    "majority@after": (("More than half {of_answering} also name {listed}.",),),
    "lowest@after": (("The least common is {last} ({last_figure}).",),),
    "lowest.none@after": (("{none_answering} name {any_of} (n = {range_of_n}).",),),
    "share@after": (("{lead} {short_statement}.",),),
    "highest_now@after": (
        (
            "The current level is highest for {item_topic}, {mean_1:mean} "
            + _SCALE
            + " "
            + _N
            + ".",
        ),
    ),
    "no_certain_change.several@after": (
        (
            "No statistically certain change since {since} can be shown.",
            *TEMPLATES["no_certain_change.several"][0][1:],
        ),
    ),
    "no_certain_change.several_mean@after": (
        (
            "No statistically certain change since {since} can be shown.",
            *TEMPLATES["no_certain_change.several_mean"][0][1:],
        ),
    ),
    "no_certain_change.one@after": (
        (
            "{short_clause} is {to_value} {wave_to} (n = {n_to}) and was {from_value} "
            "{wave_from} (n = {n_from}); no statistically certain change can be shown.",
            *TEMPLATES["no_certain_change.one"][0][1:],
        ),
    ),
    "no_certain_change.earlier@after": (
        (
            "Nor can any statistically certain change be shown between {since} (n = "
            "{range_of_n_from}) and {until} (n = {range_of_n_to}).",
        ),
    ),
    "expected_delivered.yes_no@after": (
        (
            "{lead} {statement}, while {lead_result} {result_statement}.",
            *TEMPLATES["expected_delivered.yes_no"][0][1:],
        ),
    ),
    "expected_delivered.multiple@after": (
        (
            "{lead} {statement}, while {lead_result} {result_statement}.",
            *TEMPLATES["expected_delivered.multiple"][0][1:],
        ),
    ),
    "expected_delivered.scale@after": (
        (
            "{lead} {statement}, while {lead_result} {result_statement}.",
            *TEMPLATES["expected_delivered.scale"][0][1:],
        ),
    ),
}
"""Wordings of a claim told after another about the same block and wave."""

LANGUAGE = Language(
    "en",
    ("“", "”"),
    {"companies": COMPANIES, "respondents": RESPONDENTS},
    WORDS,
    {**TEMPLATES, **AFTER},
)
