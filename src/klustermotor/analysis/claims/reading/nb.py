"""Norwegian bokmål report prose."""

from klustermotor.analysis.claims.reading.lexicon import Lexicon

LEXICON = Lexicon(
    code="nb",
    common=frozenset(["og", "at", "det", "som", "er", "av", "for", "med", "har", "ikke", "til",
    "bedriftene", "den", "fra", "på"]),
    stop=frozenset(
        ["prosent", "og", "å", "at", "i", "med", "for", "på", "gjennom", "av", "en", "et", "til",
        "som", "ved", "ja", "men", "den", "det", "de", "når", "gjelder", "sin", "sitt",
        "bedrift", "bedrifter", "bedriftene", "bedriftens", "innen", "om", "er", "har", "eller",
        "hos", "fra", "samt", "vår", "vårt", "deres", "ca"]
    ),
    light=frozenset(
        ["øk", "mer", "fler", "flere", "ny", "nye", "bedre", "forbedr", "antall", "mulighet",
        "muligheter", "del", "andel", "andre", "annen", "ulike"]
    ),
    suffixes=(
        "enes", "erne", "ende", "ene", "ens", "ets", "ede", "ete", "en", "et", "er", "te", "ne",
        "a", "e", "s", "t", "r",
    ),
    synonyms=(
        ("salg", "salget", "omsetning", "omsetnin"),
        ("fou", "forskning"),
        ("høyskol", "universitet", "akademi", "akademia"),
        ("ansatt", "medarbeider", "sysselsatt", "personal"),
        ("rekruttering", "rekrutter"),
        ("investering", "invester"),
        ("samarbeid", "samhandling"),
        ("bedriftsbesøk", "besøk"),
        ("initiativ", "initiativet"),
        ("voks", "vekst"),
        ("forskningsinstitutt", "institutt"),
        ("klyngeledels", "klynge"),
        ("inviter", "utsend"),
    ),
    numbers={
        word: value
        for value, words in enumerate(
            ["null", "en|én|ett", "to", "tre", "fire", "fem", "seks", "sju|syv", "åtte", "ni",
            "ti", "elleve", "tolv", "tretten", "fjorten", "femten", "seksten", "sytten", "atten",
            "nitten", "tjue"]
        )
        for word in words.split("|")
    }
    | {"tretti": 30, "førti": 40, "femti": 50, "seksti": 60, "sytti": 70, "åtti": 80,
       "nitti": 90, "hundre": 100},
    tens_suffix=r"-?talls?",
    percent=r"prosent(?:en|ene)?(?!poeng|andel|vis|enhet)|%",
    points=r"prosentpoeng(?:et|ene)?|prosentenhet(?:er)?",
    of=r"av(?:\s+(?:de|totalt|til sammen|samtlige))*",
    people=r"(?:svarende\s+|deltakende\s+)*"
    r"(?:bedrift(?:er|ene)?|respondent(?:er|ene)?|svarende|selskap(?:er|ene)?|medlemmer|"
    r"virksomheter|deltakere|inviterte|medlemsbedrifter)",
    link=r"til|og|eller|henholdsvis|mot|–|-",
    from_=r"fra",
    to=r"til",
    between=r"mellom",
    fraction_parts={
        "tredel": 3, "tredjedel": 3, "firedel": 4, "fjerdedel": 4, "femdel": 5, "femtedel": 5,
        "seksdel": 6, "sjettedel": 6, "sjudel": 7, "sjuendedel": 7, "syvendedel": 7,
        "åttedel": 8, "åttendedel": 8, "nidel": 9, "niendedel": 9, "tidel": 10, "tiendedel": 10,
    },
    ordinals={"tredje": 3, "fjerde": 4, "femte": 5, "sjette": 6, "sjuende": 7, "syvende": 7,
              "åttende": 8, "niende": 9, "tiende": 10},
    every=r"hver",
    in_of=r"av",
    not_figures=(
        r"år(?:ene|et|s)?(?!\s+(?:19|20)\d\d)", r"-års?\w*", r"million(?:er)?",
        r"milliard(?:er)?", r"kr", r"kroner",
        r"dager", r"måneder", r"uker", r"timer", r"ganger", r"kommuner", r"fylker", r"mil",
        r"euro", r"stykker", r"områder", r"personer", r"sider", r"spørsmål", r"mill\.?",
    ),
    before_not_figures=(
        r"tabell", r"diagram", r"figur", r"kapittel", r"avsnitt", r"vedlegg", r"side", r"mål",
        r"skala(?:en)?(?: fra)?", r"verdi(?:en)?", r"nr", r"spørsmål", r"alle unntatt", r"§",
    ),
    modifiers={
        "about": ("cirka", "ca", "omtrent", "om lag", "rundt regnet"),
        "near": ("opp mot", "oppunder", "nær", "nærmere"),
        "just_under": ("snaut", "så vidt under"),
        "more_than": ("høyere enn", "mer enn", "flere enn", "over"),
        "less_than": ("lavere enn",),
        "at_least": ("minst", "i det minste"),
        "at_most": ("høyst", "maksimalt", "i høyden"),
        "just_over": ("like over", "så vidt over", "vel", "drøye", "noe mer enn"),
    },
    latest=(
        r"(?:ved |i )?(?:den )?(?:nye|nyeste|aktuelle) (?:måling|undersøkelse|runde|spørrerunde|"
        r"bølge)(?:n|en)?s?",
        r"(?:ved |i )?denne (?:måling|undersøkelse|runde|spørrerunde|bølge)(?:n|en)?s?",
        r"i år", r"årets(?: \w+)?", r"dette året", r"inneværende år",
        r"i den (?:siste|nyeste) (?:målingen|undersøkelsen)", r"i denne målingen", r"i dag",
        r"det siste året", r"i siste måling", r"nå",
    ),
    previous=(
        r"(?:ved |i )?(?:den )?(?:forrige|foregående) (?:måling|undersøkelse|runde|spørrerunde|"
        r"bølge)(?:n|en)?s?",
        r"da (?:spørsmålet|de|vi|bedriftene) sist ble (?:stilt|spurt)", r"sist gang",
        r"ved siste korsvei",
        r"i fjor", r"fjorårets?(?: (?:måling|undersøkelse))?", r"året før", r"forrige år",
        r"(?:den )?forrige (?:måling(?:en)?|undersøkelse(?:n)?|året)", r"ett år tidligere",
        r"foregående (?:år|måling)", r"forrige gang",
    ),
    first=(
        r"(?:ved |i )?(?:den )?(?:første|innledende|opprinnelige) (?:måling|undersøkelse|runde|"
        r"spørrerunde|bølge)(?:n|en)?s?",
        r"utgangspunktet", r"startåret", r"nullpunktet",
        r"nullpunktsmåling(?:en)?(?:s)?", r"nullmålingen", r"(?:den )?første måling(?:en)?",
        r"det første året", r"startmålingen", r"grunnlinjen",
    ),
    earlier=(r"tidligere (?:år|målinger)", r"(?:de )?foregående årene"),
    all_waves=(
        r"(?:i |ved )?(?:alle|samtlige) (?:de )?(?:(?:tre|fire|fem) )?(?:målinge(?:r|ne)|"
        r"undersøkelse(?:r|ne)|år(?:ene)?)",
        r"over tid", r"alle årene", r"samtlige år", r"alle (?:tre|fire|fem) årene(?: sett)?",
        r"(?:for|i|ved) hver (?:måling|undersøkelse)", r"hvert år", r"år for år", r"gjennomgående",
    ),
    years_apart=r"år\s+(?:senere|tidligere|før)",
    later=(r"senere",),
    since=r"siden|sammenlignet med|mot|enn",
    latest_survey=(r"(?:den )?(?:siste|forrige) (?:målingen|måling|undersøkelsen|undersøkelse)",),
    up=(
        r"vokser", r"tiltatt", r"tiltok", r"klatrer", r"klatret", r"løftet seg",
        r"(?:blitt|ble|blir) (?:stadig |betydelig |mye |klart )?(?:vanligere|viktigere|flere|"
        r"høyere|større|bedre)",
        r"stadig (?:flere|vanligere|høyere)", r"stigende",
        r"økt", r"økte", r"øker", r"økning(?:en|er|ene)?", r"steg", r"steget", r"stiger",
        r"vokste", r"vokst", r"oppgang(?:en)?", r"forbedret", r"bedret", r"styrket",
        r"gått opp", r"gikk opp", r"går opp", r"høyere", r"flere enn", r"klatret", r"oppover",
        r"vekst", r"har blitt flere",
    ),
    down=(
        r"minket", r"minker", r"krympet", r"stupt", r"avtok", r"gått tilbake", r"gikk tilbake",
        r"(?:blitt|ble|blir) (?:stadig |betydelig |mye |klart )?(?:sjeldnere|færre|lavere|"
        r"mindre|dårligere|mindre vanlig|mindre viktig)",
        r"stadig (?:færre|sjeldnere|lavere)", r"synkende", r"fallende",
        r"minsket", r"sank", r"sunket", r"synker", r"falt", r"faller", r"nedgang(?:en)?",
        r"forverret", r"svekket", r"gått ned", r"gikk ned", r"går ned", r"lavere", r"færre enn",
        r"redusert", r"reduksjon(?:en)?", r"avtatt", r"nedover", r"fall(?:et)?",
    ),
    constant=(
        r"uendret", r"uforandret", r"konstant(?:e)?", r"stabil(?:t|e)?", r"ligget stille",
        r"ikke endret(?: seg)?", r"står stille",
    ),
    same=(
        r"like (?:høy|stor|lav|mange)(?:t|e)?", r"den samme", r"det samme", r"samme nivå",
        r"samme andel",
    ),
    stressed=(
        r"markant(?:e)?", r"tydelig(?:e)?", r"klar(?:t|e)?", r"kraftig(?:e)?", r"betydelig(?:e)?",
        r"vesentlig(?:e)?", r"stor(?:t|e)?", r"trend(?:en)?", r"signifikant(?:e)?",
        r"dramatisk(?:e)?", r"sterk(?:t|e)?",
    ),
    tested=(
        r"statistisk sikker\w*", r"signifikan\w*", r"feilmargin\w*", r"usikkerhet\w*",
        r"tilfeldig\w*", r"konfidensintervall\w*", r"sikker endring", r"ikke sikker\w*",
    ),
    negation=(r"ikke", r"ingen", r"intet", r"neppe", r"aldri", r"verken", r"heller ikke"),
    highest=(
        r"øverst", r"best", r"beste",
        r"høyest", r"høyeste", r"flest", r"størst", r"største", r"vanligst", r"vanligste",
        r"fremst", r"fremste", r"viktigst", r"viktigste", r"mest", r"på topp",
        r"topper", r"først og fremst", r"dominerer", r"sterkest", r"sterkeste",
    ),
    most_often=(r"oftest",),
    lowest=(
        r"dårligst", r"dårligste", r"nederst", r"på bunnen", r"sjeldneste",
        r"lavest", r"laveste", r"færrest", r"minst vanlige?", r"minst", r"minste", r"sjeldnest",
        r"svakest", r"svakeste",
    ),
    largest_change=(r"(?:størst|største|mest markante) (?:endring|forandring)(?:en)?",
                    r"endret seg mest", r"(?:størst|største) forskjell(?:en)?"),
    largest_rise=(r"(?:størst|største|kraftigste|sterkeste) (?:økning|oppgang|vekst)(?:en)?",
                  r"økt mest", r"økte mest", r"steget mest", r"steg mest", r"vokst mest"),
    largest_fall=(r"(?:størst|største|kraftigste) (?:nedgang|reduksjon|fall)(?:en|et)?",
                  r"falt mest", r"sunket mest", r"gått mest ned", r"sank mest"),
    gap=(r"gap(?:et|ene)?", r"avstand(?:en)? mellom nåsituasjon\w*"),
    next_best=(r"nest\s?\w*", r"deretter", r"tredje", r"fjerde", r"femte"),
    now=(r"nåsituasjon(?:en)?", r"nåværende", r"i dag"),
    wanted=(r"ønsket situasjon(?:en)?", r"ønske\w*"),
    strong_cause=(
        r"(?:knyttes|tilskrives|føres) direkte",
        r"direkte (?:kunne |kan )?(?:knyttes|knyttet|tilskrives|følge av)",
        r"beviser", r"viser at (?:klyngen|initiativet|deltakelsen) har", r"forårsaket",
        r"skyldes (?:klyngen|deltakelsen|initiativet|prosjektet)", r"er en effekt av",
        r"er et resultat av", r"har skapt", r"forklares av",
    ),
    weak_cause=(
        r"(?:har )?ført til", r"førte til", r"fører til", r"takket være", r"bidratt til",
        r"bidro til", r"resultert i", r"resulterte i", r"gitt opphav til", r"medført",
        r"medførte", r"har gitt", r"ga", r"som følge av", r"på grunn av", r"innebåret",
        r"generert",
    ),
    due_to=(r"skyldes", r"kan tilskrives", r"forklares av", r"er en følge av", r"kommer av",
            r"er resultatet av"),
    attribution=(
        r"oppgir", r"oppga", r"oppgis", r"oppgitt", r"angir", r"svarer", r"svarte", r"svart",
        r"mener", r"mente", r"menes", r"vurderer", r"vurderte", r"vurderes", r"ifølge", r"opplever",
        r"opplevde", r"synes", r"syntes", r"tror", r"trodde", r"sier", r"sa", r"rapporterer",
        r"bedriftenes (?:bilde|vurdering|syn|svar)", r"etter bedriftenes",
    ),
    hedge=(
        r"^om", r"(?:uansett|spørsmålet|vite|vise|avgjøre|si) om", r"kan ha", r"kan være",
        r"kanskje", r"muligens", r"trolig", r"sannsynligvis", r"skal",
        r"bør", r"kommer til å", r"forventes", r"tar sikte", r"formål\w*", r"mål(?:et|setting\w*)?",
        r"ikke", r"skulle", r"hensikt\w*", r"spørsmål\w*", r"tyder", r"ventes", r"vil",
        r"forhåpning\w*", r"for å", r"hvordan", r"hvorvidt", r"sammenligningsgruppe\w*",
        r"kontrollgruppe\w*", r"kan gi", r"kan føre",
    ),
    agents=(
        r"deltakels\w*", r"klyng(?:e|en|ens|einitiativ\w*)", r"initiativet\w*",
        r"prosjekt(?:et)?", r"satsing(?:en)?",
        r"medvirkning(?:en)?", r"medlemskap(?:et)?", r"nettverk(?:et)?", r"messen",
        r"tiltak(?:ene)?",
        r"støtten", r"programmet",
    ),
    outcomes=(
        r"\w*salg\w*", r"omsetning\w*", r"vekst\w*", r"sysselsetting\w*", r"kostnad\w*",
        r"ordre\w*", r"investering\w*", r"(?:FoU-)?\w*samarbeid\w*", r"ansatte", r"jobb\w*",
        r"arbeidsplasser", r"eksport\w*", r"lønnsomhet\w*", r"konkurranse\w*", r"produktivitet\w*",
        r"overskudd\w*", r"rekruttering\w*", r"kunnskap\w*", r"forretninger", r"likestilling\w*",
        r"integrering\w*", r"innovasjon\w*", r"produkter",
    ),
    motive=(r"motiv\w*", r"håpet", r"begrunnelse\w*", r"grunn(?:er|en)?", r"forvent\w*"),
    joining=(r"formål\w*", r"ble med(?:lem)?", r"gikk inn", r"håpet", r"valgte å", r"for å"),
    result=(r"resultat\w*", r"effekt\w*", r"utfall\w*", r"levere\w*", r"levert"),
    compare=(
        r"flere", r"færre", r"mer enn", r"mindre enn", r"høyere", r"lavere", r"mens",
        r"sammenlignet", r"enn ventet", r"enn forventet", r"derimot", r"til tross", r"men",
        r"mot", r"overgår", r"overgått", r"større",
    ),
    than=(r"enn", r"sammenlignet med", r"sammenlignes med", r"sammenligne med", r"mot",
          r"overstiger", r"overgår"),
    incomparable=(
        r"ikke sammenlign\w*", r"ulikt definert", r"kan ikke sammenlignes",
        r"ulike (?:mål|spørsmål|skalaer|baser)",
    ),
    anaphora=(r"disse (?:andelene|nivåene|tallene|resultatene)", r"denne andelen", r"dette",
              r"denne effekten", r"andelen(?! (?:bedrifter|svarende|som|med|av))",
              r"begge andelene", r"den andelen"),
    defines=(r"andelen? (?:bedrifter|svarende|som|av|med)",),
    points_back=(r"denne", r"disse"),
    equals=(r"tilsvarer(?: at)?", r"det vil si", r"dvs\.?"),
    separators=(r"mens", r"men", r"derimot", r"samtidig som", r"hvorav", r"henholdsvis"),
    all_people=(
        r"(?:alle|samtlige)(?: de)? (?:svarende |deltakende )?"
        r"(?:bedrift|svarende|respondent|medlem|selskap)\w*",
        r"(?:oppgir|svarer|oppga|svarte) (?:alle|samtlige)", r"hver (?:svarende )?bedrift",
        r"hundre prosent", r"alle av de svarende",
    ),
    no_people=(
        r"(?:ingen) (?:av )?(?:de )?(?:svarende )?(?:bedrift|svarende|selskap|respondent)\w*",
    ),
    survey=(r"undersøkelse\w*", r"skjema\w*", r"spørreskjema\w*", r"svarprosent\w*",
            r"inviterte", r"invitasjon\w*"),
    answered=r"(?:som\s+)?(?:hadde\s+|har\s+)?(?:svarte|svart|besvarte|besvart)",
    answered_by=r"svarte|(?:besvart|besvares) av|svar fra|kom inn",
    invited=r"inviterte|ble invitert|forespurte|ble spurt",
    invited_to=r"inviterte|(?:sendt|sendes|gikk)(?: ut)? til|av (?:de )?inviterte",
    answered_label=(r"besvarte(?: skjemaer)?", r"svarende", r"antall svar(?:ende)?", r"svar"),
    invited_label=(r"inviterte(?: bedrifter)?", r"utsendte(?: skjemaer)?", r"antall inviterte",
                   r"forespurte"),
    rates=(r"svarprosent\w*", r"svarandel\w*"),
    gains=(r"fått", r"fikk", r"får", r"opplevd", r"oppnådd"),
    either=(r"eller(?! (?:mer|flere|mindre|færre)\b)", r"minst én av",
            r"minst en av", r"enten", r"til sammen", r"samlet"),
    no_people_whole=r"(?:kostnad|budsjett|finansiering|midl|omsetning|tid|støtte|inntekt|penger"
    r"|ressurs|beløp|utgift)\w*",
    rest=(r"(?:de )?(?:resterende|øvrige|gjenstående)", r"resten"),
    so_far=(r"hittil", r"noensinne", r"noen gang", r"så langt", r"siden målingene"),
    age=(
        r"(?:startet|ble startet|ble stiftet|ble etablert) for (?P<n>\w+) år siden",
        r"eksistert i (?P<m>\w+) år", r"pågått i (?P<k>\w+) år",
    ),
)  # fmt: skip
