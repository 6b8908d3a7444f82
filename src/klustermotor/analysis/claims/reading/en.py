"""English report prose."""

from klustermotor.analysis.claims.reading.lexicon import Lexicon

LEXICON = Lexicon(
    code="en",
    common=frozenset(["the", "of", "and", "to", "in", "that", "is", "for", "with", "has",
    "companies", "from", "was", "by", "are"]),
    stop=frozenset(
        ["percent", "per", "cent", "the", "of", "and", "to", "in", "a", "an", "for", "with", "by",
        "on", "as", "at", "yes", "but", "that", "this", "it", "is", "are", "their", "its", "our",
        "company", "companies", "respondents", "from", "or", "was", "were", "has", "have", "be"]
    ),
    light=frozenset(
        ["increas", "more", "new", "better", "improv", "number", "possibilit", "opportunit",
        "share", "part", "other", "various"]
    ),
    suffixes=("ations", "ation", "ings", "ing", "ies", "ed", "es", "er", "s", "e", "y"),
    synonyms=(
        ("sal", "turnov", "turnover", "revenu"),
        ("r&d", "research"),
        ("universiti", "universit", "academia", "college"),
        ("employe", "employee", "staff", "personnel"),
        ("recruitment", "recruit"),
        ("investment", "invest"),
        ("cooper", "collabor"),
        ("visit", "visits"),
        ("grow", "growth"),
        ("institut", "institute"),
        ("motiv", "reason"),
        ("easi", "easier"),
        ("low", "lower"),
        ("access", "gain"),
    ),
    numbers={
        word: value
        for value, words in enumerate(
            ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
            "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
            "eighteen", "nineteen", "twenty"]
        )
        for word in words.split("|")
    }
    | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
       "ninety": 90, "hundred": 100},
    tens_suffix=r"-odd",
    percent=r"per\s?cent(?!age)|%",
    points=r"percentage points?|percent points?",
    of=r"(?:out\s+)?of(?:\s+(?:the|a total of|all))*",
    people=r"(?:responding\s+|participating\s+|member\s+)*"
    r"(?:compan(?:ies|y)|respondents?|firms?|members?|participants?|business(?:es)?|"
    r"enterprises?|organi[sz]ations?|actors)",
    link=r"to|and|or|against|versus|–|-",
    from_=r"from",
    to=r"to",
    between=r"between",
    fraction_parts={
        "half": 2, "halves": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6,
        "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
    },
    ordinals={"third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8,
              "ninth": 9, "tenth": 10},
    every=r"every",
    in_of=r"in|out\s+of",
    not_figures=(
        r"years?", r"-?years?\w*", r"million", r"billion", r"days?", r"months?", r"weeks?",
        r"hours?", r"times", r"municipalities", r"counties", r"kilometres", r"euros?", r"kronor",
        r"kroner", r"areas", r"people", r"pages", r"questions",
    ),
    before_not_figures=(
        r"tables?", r"diagram", r"figures?", r"chapter", r"section", r"annex", r"appendix",
        r"pages?", r"(?:the |a )?scale(?: of| from)?", r"value", r"no\.?", r"question",
        r"all but", r"SEK", r"NOK", r"EUR",
    ),
    modifiers={
        "about": ("about", "around", "some", "circa", "roughly", "approximately"),
        "near": ("close to", "approaching"),
        "just_under": ("nearly", "not quite", "a little under", "just below"),
        "more_than": ("higher than", "more than", "over", "above", "upwards of"),
        "at_least": ("at least", "no fewer than", "no less than"),
        "less_than": ("lower than", "below", "less than", "fewer than", "under"),
        "at_most": ("at most", "no more than", "up to"),
        "just_over": ("just above", "just over", "a little more than", "somewhat more than"),
    },
    latest=(
        r"(?:in |at )?(?:this|the new|the newest) (?:survey|wave|round|measurement|"
        r"questionnaire|study)(?:'s|’s)?",
        r"this years?(?:'s|’s)?(?: survey)?", r"in the (?:latest|most recent|current) "
        r"(?:survey|wave|measurement)", r"today", r"in this (?:wave|survey)", r"currently",
        r"the (?:latest|current|most recent) (?:survey|wave)", r"now",
    ),
    previous=(
        r"(?:in |at )?the (?:previous|preceding|prior) (?:year's |year’s )?(?:survey|wave|round|"
        r"measurement|questionnaire|study)(?:'s|’s)?",
        r"when (?:they|it|companies) (?:were|was) last asked", r"last time", r"the time before",
        r"last year(?:'s|’s)?(?: (?:survey|wave))?", r"the year before", r"a year earlier",
        r"one year earlier", r"the previous (?:year|survey|wave)", r"the preceding (?:year|survey)",
        r"in the last survey", r"the survey before",
    ),
    first=(
        r"(?:in |at )?the (?:first|initial|opening|original) (?:survey|wave|round|measurement|"
        r"questionnaire|study)(?:'s|’s)?",
        r"at the (?:start|outset)", r"the starting point",
        r"(?:the )?baseline(?: (?:survey|wave|measurement))?", r"the first (?:survey|wave|year)",
        r"the zero measurement", r"the initial survey",
    ),
    earlier=(r"(?:earlier|previous) (?:years|surveys|waves)",),
    all_waves=(
        r"(?:in )?all (?:of )?(?:the )?(?:(?:three|four|five) )?(?:surveys|waves|years)",
        r"over time", r"in all (?:the )?years",
        r"(?:in|with|for) (?:every|each) (?:survey|wave)", r"every year",
        r"year (?:by|after|on) year",
        r"(?:in )?all (?:three|four|five) (?:years|waves)", r"each year", r"throughout",
    ),
    years_apart=r"years?\s+(?:later|earlier|before|ago)",
    later=(r"later",),
    since=r"since|compared (?:with|to)|from|against|than",
    latest_survey=(r"the (?:latest|last|previous) (?:survey|wave|measurement)",),
    up=(
        r"climbs", r"edged up", r"soared", r"surged", r"jumped",
        r"(?:become|became|becoming) (?:ever |increasingly |much |clearly |far )?(?:more common|"
        r"more frequent|more important|higher|better)",
        r"more and more", r"picked up", r"expanded",
        r"increased", r"increases?", r"increasing", r"rose", r"risen", r"rises?", r"rising",
        r"grew", r"grown", r"grows?", r"growth", r"improved", r"improvement", r"strengthened",
        r"gone up", r"went up", r"goes up", r"higher", r"climbed", r"up", r"upwards?",
        r"upward trend",
    ),
    down=(
        r"slipped", r"slid", r"plunged", r"plummeted", r"dipped", r"tumbled", r"edged down",
        r"(?:become|became|becoming) (?:ever |increasingly |much |clearly |far )?(?:less common|"
        r"less important|rarer|lower|worse)",
        r"fewer and fewer",
        r"decreased", r"decreases?", r"decreasing", r"fell", r"fallen", r"falls?", r"falling",
        r"dropped", r"drops?", r"declined?", r"declines", r"declining", r"reduced", r"reduction",
        r"shrank", r"shrunk", r"worsened", r"weakened", r"gone down", r"went down", r"lower",
        r"down", r"downwards?",
    ),
    constant=(
        r"unchanged", r"constant", r"stable", r"steady", r"remained the same", r"not changed",
        r"stood still", r"flat",
    ),
    more_or_fewer=r"more|fewer|less",
    same=(r"as (?:high|many|large|low) (?:in \d+ )?as", r"the same", r"equally (?:high|many)"),
    stressed=(
        r"marked(?:ly)?", r"clear(?:ly)?", r"sharp(?:ly)?", r"considerabl[ey]",
        r"significant(?:ly)?",
        r"substantial(?:ly)?", r"large", r"trend", r"dramatic(?:ally)?", r"strong(?:ly)?",
        r"notabl[ey]",
    ),
    tested=(
        r"conclusions?", r"too small", r"uncertain\w*", r"certain", r"noise", r"inconclusive",
        r"be sure", r"random\w*", r"so few (?:answers|respondents)", r"could be luck",
        r"statistical\w*", r"significan\w*", r"margin of error", r"uncertaint\w*", r"chance",
        r"confidence interval\w*", r"certain change", r"not certain",
    ),
    negation=(r"not", r"no", r"none", r"hardly", r"never", r"neither", r"nor", r"cannot"),
    highest=(
        r"best", r"heads the list", r"ranks first", r"in first place",
        r"highest", r"most", r"largest", r"biggest", r"greatest", r"most common", r"main",
        r"foremost", r"most important", r"top", r"tops", r"strongest",
        r"above all", r"leading", r"dominates", r"chief",
    ),
    most_often=(r"most often",),
    lowest=(
        r"worst", r"at the bottom", r"ranks last", r"in last place",
        r"lowest", r"fewest", r"least common", r"least", r"smallest", r"rarest", r"weakest",
        r"least often",
    ),
    largest_change=(r"(?:largest|biggest|greatest|most striking) (?:change|difference)",
                    r"changed (?:the )?most"),
    largest_rise=(r"(?:largest|biggest|greatest|sharpest|strongest) "
                  r"(?:increase|rise|gain|growth|improvement)",
                  r"(?:increased|risen|rose|grew|grown) (?:the )?most"),
    largest_fall=(r"(?:largest|biggest|greatest|sharpest) (?:decrease|decline|drop|fall|reduction)",
                  r"(?:decreased|fallen|fell|dropped|declined) (?:the )?most"),
    gap=(r"gaps?", r"distance"),
    next_best=(r"second", r"next", r"third", r"fourth", r"fifth", r"followed by"),
    now=(r"present", r"current(?:ly)?", r"today", r"now"),
    wanted=(r"wanted", r"desire[ds]?", r"wish(?:ed|es)?", r"would like"),
    strong_cause=(
        r"directly (?:be )?(?:linked|attributed|attributable|traced|due)",
        r"(?:linked|attributed) directly",
        r"proves?", r"shows? that (?:the )?(?:cluster|initiative|participation) has",
        r"caused", r"due to (?:the )?(?:cluster|participation|initiative|project)",
        r"is an effect of", r"is a result of", r"has created", r"have created", r"created",
        r"explained by",
    ),
    weak_cause=(
        r"(?:has |have )?made", r"makes?",
        r"(?:has |have )?led to", r"leads to", r"thanks to", r"contributed to", r"resulted in",
        r"gave rise to", r"brought about", r"brought", r"has given", r"as a result of",
        r"generated", r"has meant", r"boosted", r"produced",
    ),
    due_to=(r"^without", r"(?:is|are|was|were) due to", r"is owed to",
        r"(?:can|may) be (?:attributed|credited) to",
            r"(?:is|are) explained by", r"is a consequence of", r"is down to"),
    attribution=(
        r"mention", r"mentions", r"mentioned", r"cite", r"cites", r"cited", r"point to",
        r"pointed to",
        r"highlight", r"highlighted",
        r"state", r"states", r"stated", r"report", r"reports", r"reported", r"say", r"says",
        r"said", r"answer", r"answers", r"answered", r"believe", r"believes", r"believed",
        r"according to", r"think", r"thinks", r"thought", r"judge", r"judged", r"consider",
        r"considered", r"name", r"named", r"feel", r"felt", r"experience", r"experienced",
        r"in the view of", r"assess", r"assessed", r"perceive", r"perceived",
    ),
    hedge=(
        r"may", r"might", r"could", r"perhaps", r"possibly", r"probably", r"likely", r"should",
        r"will (?:be|have|bring|lead|give|make|help|increase|grow)", r"expected", r"aims?",
        r"purpose", r"goals?", r"whether", r"not", r"cannot",
        r"would", r"intended", r"suggests?", r"hopes?", r"in order to", r"how",
        r"comparison group", r"control group", r"is meant to", r"can lead", r"can give",
        r"question",
    ),
    agents=(
        r"taking part", r"participation", r"participating", r"cluster(?:'s|’s)?", r"initiative",
        r"project", r"programme", r"membership", r"network", r"fair", r"support", r"efforts",
    ),
    outcomes=(
        r"sales", r"turnover", r"growth", r"employment", r"costs?", r"orders", r"investments?",
        r"cooperation", r"collaboration", r"employees", r"jobs", r"exports?", r"profitability",
        r"competitiveness", r"productivity", r"profits?", r"recruitment", r"knowledge",
        r"business", r"equality", r"integration", r"innovation", r"products",
    ),
    motive=(r"motives?", r"hoped", r"reasons?", r"expectations?", r"expected"),
    joining=(r"joined", r"joining", r"in order to", r"hoped", r"aim\w*", r"wanted to", r"chose to"),
    result=(r"results?", r"effects?", r"outcomes?", r"delivered", r"delivers"),
    compare=(
        r"more", r"fewer", r"less than", r"higher", r"lower", r"while", r"compared", r"whereas",
        r"than expected", r"despite", r"but", r"against", r"exceeds?", r"exceeded", r"larger",
    ),
    more=(r"more", r"higher", r"larger", r"more common", r"more often", r"more important"),
    fewer=(r"fewer", r"less common", r"lower", r"smaller", r"less often", r"rarer"),
    simply_than=(r"than",),
    than=(r"than", r"compared (?:with|to)", r"against", r"versus", r"exceeds?", r"exceeded",
          r"outweighs?"),
    incomparable=(
        r"not (?:directly |be |be directly )?compar\w*", r"cannot be (?:directly )?compared",
        r"(?:defined )?differently", r"different (?:measures|questions|scales|bases)",
    ),
    anaphora=(r"^(?:that|it|they) (?:is|was|are|were|equals?|corresponds?)",
              r"(?:mentioned|reported|stated|said|did) (?:it|so|this)",
    r"these (?:shares|levels|figures|results)", r"this share", r"this", r"this effect",
    r"the share(?! (?:of|who|that|with|stating|naming|answering))",
              r"both shares", r"that share"),
    defines=(r"the share (?:of|who|that|with)",),
    points_back=(r"this", r"these"),
    equals=(r"that is,?", r"equals?", r"corresponds? to", r"that is", r"i\.e\."),
    separators=(r"while", r"but", r"whereas", r"of which", r"respectively"),
    all_people=(
        r"all(?: of)?(?: the)? (?:responding |participating )?"
        r"(?:compan|respondent|firm|member)\w*",
        r"every (?:responding )?(?:company|respondent|firm|member)", r"all of them",
        r"one hundred percent",
    ),
    no_people=(
        r"(?:no|none of the) (?:responding )?(?:compan|respondent|firm|member)\w*",
    ),
    survey=(r"surveys?", r"questionnaires?", r"response rates?", r"invited", r"invitations?"),
    answered=r"(?:(?:of whom|who|have|had)\s+)*(?:answered|replied|responded|completed|returned|"
    r"sent in)|answers|replies|responses",
    answered_by=r"(?:answered|completed|returned) by|answers from|replies from|responses from",
    invited=r"invited|were invited|were asked",
    invited_to=r"(?:sent|went|mailed)(?: out)? to|invited",
    answered_label=(r"answered(?: questionnaires)?", r"respondents", r"responses", r"answers",
                    r"number of (?:answers|respondents)"),
    invited_label=(r"invited(?: companies)?", r"number invited", r"invitations"),
    rates=(r"response rates?",),
    gains=(r"got", r"gained", r"received", r"obtained", r"have had", r"achieved", r"seen"),
    either=(r"or(?! (?:more|fewer|less)\b)", r"at least one of", r"either",
            r"taken together", r"altogether", r"in total", r"in all", r"combined"),
    no_people_whole=r"(?:the\s+)?(?:eligible\s+|total\s+)?(?:cost|budget|fund|turnover|time|support"
    r"|money|resource|revenue|expenditure|amount)\w*",
    rest=(r"the (?:rest|remaining|other|remainder)", r"remaining"),
    so_far=(r"so far", r"ever", r"to date", r"on record", r"since the surveys began"),
    age=(
        r"(?:started|founded|launched|began) (?P<n>\w+) years ago",
        r"existed for (?P<m>\w+) years", r"running for (?P<k>\w+) years",
    ),
)  # fmt: skip
