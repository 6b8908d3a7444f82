"""Swedish report prose."""

from klustermotor.analysis.claims.reading.lexicon import Lexicon

LEXICON = Lexicon(
    code="sv",
    common=frozenset(["och", "att", "det", "som", "är", "av", "för", "med", "har", "inte",
    "till", "företagen", "den", "från"]),
    stop=frozenset(
        ["procent", "och", "att", "i", "med", "för", "på", "genom", "av", "en", "ett", "till",
        "som", "vid", "ja", "men", "den", "det", "de", "vad", "gäller", "sin", "sitt", "företag",
        "företagen", "företagets", "inom", "om", "är", "har", "eller", "hos", "från", "samt",
        "vår", "våra", "deras", "ca"]
    ),
    light=frozenset(
        ["ök", "mer", "fler", "ny", "nya", "bättre", "förbättrad", "antal", "möjlighet",
        "möjligheter", "del", "andel", "andra", "annan", "olika"]
    ),
    suffixes=(
        "arnas", "ernas", "ornas", "andet", "arna", "erna", "orna", "ande", "ades", "ens", "ets",
        "ade", "ens", "en", "et", "er", "ar", "or", "ad", "at", "na", "de", "te", "s", "a", "e",
        "t", "n",
    ),
    synonyms=(
        ("försälj", "försäljning", "omsättning"),
        ("fou", "forskning"),
        ("högskol", "universitet", "akademi", "akademin"),
        ("anställd", "medarbetar", "sysselsatt", "personal"),
        ("rekrytering", "rekryter"),
        ("investering", "invester"),
        ("samarbet", "samverk", "samverkan"),
        ("företagsbesök", "besök"),
        ("initiativ", "initiativet"),
        ("växa", "tillväxt", "väx"),
        ("forskningsinstitut", "institut"),
        ("klusterledning", "klustret"),
        ("inbjud", "utskick", "utskickad"),
    ),
    numbers={
        word: value
        for value, words in enumerate(
            ["noll", "en|ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio",
            "elva", "tolv", "tretton", "fjorton", "femton", "sexton", "sjutton", "arton",
            "nitton", "tjugo"]
        )
        for word in words.split("|")
    }
    | {"trettio": 30, "fyrtio": 40, "femtio": 50, "sextio": 60, "sjuttio": 70, "åttio": 80,
       "nittio": 90, "hundra": 100},
    tens_suffix=r"-?tal(?:et)?",
    percent=r"procent(?:en)?(?!enhet|ig|sats)|%",
    points=r"procentenhet(?:er)?|procentpoäng",
    of=r"av(?:\s+(?:de|totalt|sammanlagt|samtliga))*",
    people=r"(?:svarande\s+|deltagande\s+|medverkande\s+)*"
    r"(?:företag(?:en)?|respondenter(?:na)?|svarande|bolag|medlemmar|deltagare|"
    r"medlemsföretag(?:en)?|inbjudna|deltagarföretag(?:en)?|aktörer(?:na)?|verksamheter(?:na)?)",
    link=r"till|och|eller|respektive|mot|–|-",
    from_=r"från",
    to=r"till",
    between=r"mellan",
    fraction_parts={
        "tredjedel": 3, "fjärdedel": 4, "femtedel": 5, "sjättedel": 6, "sjundedel": 7,
        "åttondel": 8, "åttondedel": 8, "niondel": 9, "niondedel": 9, "tiondel": 10,
        "tiondedel": 10,
    },
    ordinals={"tredje": 3, "fjärde": 4, "femte": 5, "sjätte": 6, "sjunde": 7, "åttonde": 8,
              "nionde": 9, "tionde": 10},
    every=r"vart?",
    in_of=r"av",
    not_figures=(
        r"år(?:en|s)?(?!\s+(?:19|20)\d\d)", r"-års?\w*", r"miljon(?:er)?", r"miljard(?:er)?",
        r"mkr", r"kr", r"kronor",
        r"dagar", r"månader", r"veckor", r"timmar", r"gånger", r"kommuner", r"län", r"mil",
        r"tkr", r"euro", r"mässdagar", r"stycken", r"områden", r"personer", r"sidor", r"frågor",
    ),
    before_not_figures=(
        r"tabell", r"diagram", r"figur", r"kapitel", r"avsnitt", r"bilaga", r"sidan?", r"mål",
        r"skalan?(?: från)?", r"värde[t]?", r"nr", r"fråga", r"alla utom", r"§",
    ),
    modifiers={
        "about": ("i storleksordningen", "ett"),
        "near": ("upp emot", "uppemot", "nära", "snart", "närmare"),
        "more_than": ("högre än", "mer än", "fler än", "över", "hela över", "mera än"),
        "less_than": ("lägre än",),
        "at_least": ("minst", "åtminstone"),
        "at_most": ("högst", "som mest", "maximalt"),
        "just_over": ("strax över", "någon över", "en bit över", "något mer än"),
    },
    latest=(
        r"(?:vid |i )?(?:den )?(?:här|nya|nyaste|aktuella) (?:mätning|enkät|undersökning|omgång|"
        r"mätomgång|enkätomgång|våg)(?:en)?s?",
        r"(?:vid |i )?(?:denna|den här) (?:mätning|enkät|undersökning|omgång|mätomgång|"
        r"enkätomgång|våg)(?:en)?s?",
        r"i år", r"årets(?: \w+)?", r"detta år", r"innevarande år", r"nu senast",
        r"i den senaste (?:mätningen|enkäten|undersökningen)", r"i denna mätning",
        r"i dag", r"senaste året", r"nu",
    ),
    previous=(

        r"(?:vid |i )?(?:den )?(?:förra|föregående|närmast föregående) (?:mätning|enkät|"
        r"undersökning|omgång|mätomgång|enkätomgång|våg)(?:en)?s?",
        r"när (?:frågan|de|vi|företagen) senast (?:ställdes|frågades|frågade|tillfrågades)",
        r"förra årets?(?: (?:mätning|enkät|undersökning))?", r"i fjol", r"fjolårets?(?: mätning)?",
        r"föregående (?:års )?(?:mätning(?:en)?|år|enkät|undersökning)", r"året innan",
        r"året dessförinnan", r"(?:den )?(?:förra|föregående) (?:mätningen|enkäten|året)",
        r"ett år tidigare", r"den förra mätningen", r"året före",
    ),
    first=(
        r"(?:vid |i )?(?:den )?(?:första|inledande|ursprungliga) (?:mätning|enkät|undersökning|"
        r"omgång|mätomgång|enkätomgång|våg)(?:en)?s?",
        r"utgångsläget", r"basåret", r"startåret", r"nollpunktsmätningen",
        r"noll(?:bas)?mätningen(?:s)?", r"den första mätningen", r"första mätningen",
        r"första året", r"startmätningen", r"basmätningen", r"baslinjen", r"mätningens start",
    ),
    earlier=(r"tidigare (?:år|mätningar)", r"(?:de )?föregående åren"),
    all_waves=(
        r"(?:i |vid )?(?:alla|samtliga) (?:de )?(?:(?:tre|fyra|fem) )?(?:mätningar(?:na)?|"
        r"enkäter(?:na)?|år(?:en)?)",
        r"över tid", r"under alla år", r"alla åren?", r"samtliga år", r"alla (?:tre|fyra|fem) åren",
        r"(?:för|i|vid) varje (?:år|mätning|enkät)", r"varje år", r"år för år", r"genomgående",
    ),
    years_apart=r"år\s+(?:senare|tidigare|dessförinnan|innan|sedan)",
    later=(r"senare",),
    since=r"sedan|jämfört med|gentemot|mot|än",
    latest_survey=(
        r"den senaste (?:mätningen|enkäten|undersökningen)", r"senaste (?:mätningen|enkäten)",
        r"den förra (?:mätningen|enkäten)",
    ),
    up=(
        r"vuxit", r"växer", r"tilltagit", r"tilltog", r"klättrade", r"klättrar", r"höjts",
        r"höjdes", r"går upp", r"gått framåt", r"rusat",
        r"(?:blivit|blev|blir) (?:allt |betydligt |mycket |klart )?(?:vanligare|viktigare|fler|"
        r"högre|större|bättre)",
        r"allt (?:fler|vanligare|högre)", r"uppåtgående",
        r"ökat", r"ökade", r"ökar", r"ökning(?:en|ar)?", r"steg", r"stigit", r"stiger",
        r"växte", r"växt", r"uppgång(?:en)?", r"förbättrats", r"förbättrades", r"stärkts",
        r"stärktes", r"förstärkts", r"gått upp", r"gick upp", r"högre", r"fler än", r"klättrat",
        r"uppåt",
    ),
    down=(
        r"krympt", r"krympte", r"backat", r"backade", r"rasat", r"rasade", r"avtagit", r"avtog",
        r"tappade", r"sänkts", r"sänktes", r"går ner", r"går ned",
        r"(?:blivit|blev|blir) (?:allt |betydligt |mycket |klart )?(?:ovanligare|färre|lägre|"
        r"mindre|sämre|mindre vanligt?|mindre viktigt?)",
        r"allt (?:färre|ovanligare|lägre)", r"nedåtgående",
        r"minskat", r"minskade", r"minskar", r"minskning(?:en|ar)?", r"sjönk",
        r"sjunkit", r"sjunker", r"föll", r"fallit", r"nedgång(?:en)?", r"försämrats",
        r"försämrades", r"försvagats", r"gått ner", r"gått ned", r"gick ner", r"gick ned",
        r"lägre", r"färre än", r"dalat", r"tappat", r"nedåt",
    ),
    constant=(
        r"oförändra(?:d|t|de)", r"konstanta?", r"stabila?", r"legat still(?:a)?", r"inte ändrats",
        r"inte förändrats", r"bibehåll(?:en|et|na)", r"står still",
    ),
    more_or_fewer=r"fler|färre|mer|mindre",
    same=(
        r"lika (?:hög|stor|låg|många)(?:t|a)?", r"densamma", r"desamma", r"samma nivå",
        r"samma andel",
    ),
    stressed=(
        r"markant(?:a)?", r"tydligt?", r"tydliga", r"kraftigt?", r"kraftiga", r"betydligt?",
        r"betydande", r"avsevärt?", r"stor(?:t|a)?", r"trend(?:en)?", r"signifikanta?",
        r"dramatiskt?", r"påtaglig(?:t|a)?",
    ),
    tested=(
        r"slutsats\w*", r"för (?:liten|litet|små)", r"osäker\w*",
        r"(?:inte|ingenting|aldrig) (?:vara )?säker\w*",
        r"brus\w*", r"säkert?", r"säkra", r"så få (?:svar|svarande)",
        r"säkerställ\w*", r"signifikan\w*", r"felmarginal\w*", r"osäkerhet\w*",
        r"slump\w*", r"konfidensintervall\w*",
    ),
    negation=(r"inte", r"ej", r"ingen", r"inga", r"inget", r"knappast", r"aldrig", r"varken"),
    highest=(
        r"överst", r"bäst", r"bästa",
        r"högst", r"högsta", r"flest", r"störst", r"största", r"vanligast", r"vanligaste",
        r"främst", r"främsta", r"viktigast", r"viktigaste", r"mest", r"i topp",
        r"toppar", r"framför allt", r"dominerar", r"starkast", r"starkaste",
    ),
    most_often=(r"oftast",),
    lowest=(
        r"sämst", r"sämsta", r"i botten", r"längst ner", r"längst ned",
        r"lägst", r"lägsta", r"färrest", r"minst vanligt?", r"minst vanliga", r"minst", r"minsta",
        r"ovanligast", r"ovanligaste", r"svagast", r"svagaste", r"sällsyntast",
    ),
    largest_change=(r"(?:störst|största|mest slående|mest markanta?) förändring(?:en)?",
                    r"förändrats mest",
                    r"(?:störst|största) skillnad(?:en)?"),
    largest_rise=(r"(?:störst|största|kraftigaste|högsta) (?:ökning|uppgång)(?:en)?",
                  r"ökat mest", r"ökade mest", r"mest ökat", r"stigit mest", r"steg mest"),
    largest_fall=(r"(?:störst|största|kraftigaste) (?:minskning|nedgång)(?:en)?",
                  r"minskat mest", r"minskade mest", r"sjunkit mest", r"sjönk mest"),
    gap=(r"gap(?:et|en)?", r"avstånd(?:et)?"),
    next_best=(r"näst\s?\w*", r"därefter", r"tredje", r"fjärde", r"femte"),
    now=(r"nuläge(?:t)?", r"nuvarande", r"i dag", r"idag"),
    wanted=(r"önskat? läge", r"önska\w*", r"önskvär\w*"),
    strong_cause=(
        r"direkt (?:kunde |kan )?(?:kopplas|kopplad|kopplat|hänföras|härledas|tillskrivas)",
        r"kopplas direkt", r"bevisar", r"visar att (?:klustret|initiativet|deltagandet) har",
        r"orsakat", r"orsakades av", r"beror på (?:klustret|deltagandet|initiativet|projektet)",
        r"är en effekt av", r"är ett resultat av", r"har skapat", r"skapade", r"förklaras av",
    ),
    weak_cause=(
        r"(?:har )?gjort att", r"gjorde att", r"gör att",
        r"(?:har )?lett till", r"ledde till", r"leder till", r"tack vare", r"bidragit till",
        r"bidrog till", r"resulterat i", r"resulterade i", r"gett upphov till", r"medfört",
        r"medförde", r"har gett", r"gav", r"till följd av", r"inneburit", r"innebar", r"genererat",
    ),
    due_to=(r"^utan", r"beror på", r"kan tillskrivas", r"förklaras av", r"är en följd av",
            r"kommer av",
            r"är resultatet av", r"har sin grund i"),
    attribution=(
        r"nämner", r"nämnde", r"nämns", r"nämnts", r"pekar på", r"pekade på", r"framhåller",
        r"rapporterade",
        r"redovisar",
        r"uppger", r"uppgav", r"uppges", r"uppgett", r"anger", r"angav", r"anges", r"bedömer",
        r"bedömde", r"bedöms", r"anser", r"ansåg", r"menar", r"menade", r"svarar", r"svarade",
        r"svarat", r"enligt", r"upplever", r"upplevde", r"tycker", r"tyckte", r"tror", r"sade",
        r"säger", r"sagt", r"rapporterar", r"företagens (?:bild|bedömning|syn|svar)", r"uppfattar",
        r"uppfattade", r"instämmer",
    ),
    hedge=(
        r"kan ha", r"kan vara", r"kanske", r"möjligen", r"troligen", r"sannolikt", r"ska", r"skall",
        r"bör", r"kommer att", r"förväntas", r"syftar", r"syfte[t]?", r"mål(?:et|sättning\w*)?",
        r"^om", r"(?:oavsett|frågan|veta|visa|avgöra|säga|osäkert) om",
        r"inte", r"skulle", r"avsikt\w*", r"fråga(?:n)?", r"tyder", r"väntas", r"vill",
        r"förhoppning\w*", r"för att", r"hur", r"huruvida", r"jämförelsegrupp\w*",
        r"kontrollgrupp\w*", r"kan ge", r"kan leda",
    ),
    agents=(
        r"deltagande\w*", r"klust(?:er|ret)s?", r"initiativet\w*", r"klusterinitiativ\w*",
        r"projekt(?:et)?", r"satsning(?:en)?", r"medverkan", r"medlemskap(?:et)?",
        r"nätverk(?:et)?",
        r"mässan", r"insatse(?:n|r|rna)", r"stödet", r"programmet",
    ),
    outcomes=(
        r"\w*försäljning\w*", r"omsättning\w*", r"tillväxt\w*", r"sysselsättning\w*", r"kostnad\w*",
        r"order\w*", r"investering\w*", r"(?:FoU-)?samarbete\w*", r"anställda",
        r"jobb\w*", r"arbetstillfällen", r"export\w*", r"lönsamhet\w*", r"konkurrenskraft\w*",
        r"produktivitet\w*", r"vinst\w*", r"rekrytering\w*", r"kunskap\w*", r"affärer",
        r"jämställdhet\w*", r"integration\w*", r"innovation\w*", r"produkter",
    ),
    motive=(r"motiv\w*", r"hoppa(?:des|ts)", r"skäl", r"anledning\w*", r"förvänt\w*"),
    joining=(r"syfte\w*", r"gick med", r"gått med", r"hoppa(?:des|ts) på",
             r"valde att (?:delta|gå med)", r"för att"),
    result=(r"resultat\w*", r"effekt\w*", r"utfall\w*", r"levererat?"),
    compare=(
        r"fler", r"färre", r"mer än", r"mindre än", r"högre", r"lägre", r"medan", r"jämfört",
        r"än väntat", r"än förväntat", r"däremot", r"trots", r"men", r"mot", r"överträffat",
        r"överträffar", r"större",
    ),
    more=(r"fler", r"flera", r"vanligare", r"högre", r"större", r"oftare", r"viktigare"),
    fewer=(r"färre", r"ovanligare", r"mindre vanligt?", r"lägre", r"mindre ofta", r"mer sällan"),
    simply_than=(r"än",),
    than=(r"än", r"jämfört med", r"jämförs med", r"jämföra med", r"i jämförelse med", r"mot",
          r"överstiger", r"överträffar", r"högre än", r"lägre än"),
    incomparable=(
        r"inte jämför\w*", r"olika definierade", r"kan inte jämföras", r"inte direkt jämförbar\w*",
        r"olika (?:mått|frågor|skalor|baser)", r"ej jämförbar\w*",
    ),
    anaphora=(r"^(?:det|den|de) (?:är|var|motsvarar|motsvarade|gäller|gällde)",
              r"(?:nämnde|uppgav|angav|nämner|uppger|anger) (?:det|detta)",
    r"dessa (?:andelar|nivåer|siffror|resultat)", r"denna andel", r"detta",
    r"denna effekt", r"andelen(?! (?:företag|svarande|som|med|av|bolag))",
              r"båda andelarna", r"den andelen"),
    defines=(r"andel(?:en)? (?:företag|svarande|som|av|med)",),
    points_back=(r"denna", r"dessa"),
    equals=(r"alltså", r"motsvarar(?: att)?", r"det vill säga", r"dvs\.?"),
    separators=(r"medan", r"men", r"däremot", r"samtidigt som", r"varav", r"respektive"),
    all_people=(
        r"(?:alla|samtliga)(?: de)? (?:svarande |deltagande )?"
        r"(?:företag|svarande|respondenter|medlemmar|bolag)\w*",
        r"(?:uppger|svarar|anger|svarade|uppgav) (?:alla|samtliga)",
        r"varje (?:svarande )?företag", r"hundra procent", r"alla av de svarande",
    ),
    no_people=(
        r"(?:inget|inga) (?:av )?(?:de )?(?:svarande )?(?:företag|svarande|bolag)\w*",
        r"ingen av (?:de )?(?:svarande|företagen|respondenterna)", r"inget av företagen",
    ),
    survey=(r"enkät\w*", r"formulär\w*", r"undersökning\w*", r"svarsfrekvens\w*", r"inbjudna",
            r"inbjudningar"),
    answered=r"(?:som\s+)?(?:hade\s+|har\s+)?(?:svarade|svarat|besvarade|besvarat)|svar",
    answered_by=r"svarade|besvarade?s? av|besvarats av|svar från|inkom|kom in",
    invited=r"inbjudna|inbjöds|bjöds in|tillfrågade|tillfrågades",
    invited_to=r"bjöd in|(?:skickades|sändes|gick|skickats)(?: ut)? till|av (?:de )?inbjudna",
    answered_label=(r"svarande", r"besvarade(?: enkäter)?", r"antal svar(?:ande)?", r"svar"),
    invited_label=(r"inbjudna(?: företag)?", r"utskick", r"utskickade(?: enkäter)?",
                   r"antal inbjudna", r"tillfrågade"),
    rates=(r"svarsfrekvens\w*", r"svarsandel\w*"),
    gains=(r"fått", r"fick", r"får", r"upplevt", r"nått", r"uppnått"),
    either=(r"eller(?! (?:mer|fler|mindre|färre)\b)", r"minst en av",
            r"någon av", r"någondera", r"sammantaget", r"sammanlagt", r"totalt",
            r"eller flera", r"tillsammans"),
    no_people_whole=r"(?:kostnad|budget|finansiering|medl|omsättning|tid|stöd|intäkt|pengar|resurs"
    r"|belopp|utgift)\w*",
    rest=(r"(?:de )?(?:resterande|övriga|återstående)", r"resten", r"återstoden"),
    so_far=(r"hittills", r"någonsin", r"sedan (?:starten|mätningarna)", r"av alla år"),
    age=(
        r"(?:startade|startades|bildades|grundades|inleddes) för (?:drygt |nästan )?(?P<n>\w+)"
        r" år sedan",
        r"funnits i (?:drygt |nästan )?(?P<m>\w+) år", r"pågått i (?P<k>\w+) år",
    ),
)  # fmt: skip
