from klustermotor.analysis.claims import Measured, Reference, Target, find, findings, render
from klustermotor.analysis.evaluation import WaveFacts
from klustermotor.analysis.questionnaire import Block, Item, Questionnaire

LOW = (WaveFacts("TS", "2008", invited=92), WaveFacts("TS", "2009", invited=93))
MOTIVES = {
    ("2009", "motives.companies"): {"1": 18, "0": 6},
    ("2009", "motives.universities"): {"1": 15, "0": 9},
    ("2009", "motives.institutes"): {"1": 15, "0": 9},
    ("2009", "motives.schools"): {"1": 2, "0": 22},
}
WILL = {
    ("2008", "will.will"): {"both": 28, "turnover": 2, "none": 0},
    ("2009", "will.will"): {"both": 19, "turnover": 4, "none": 0},
}
COSTS = {
    ("2008", "effects.companies"): {"yes": 8, "no": 15},
    ("2009", "effects.companies"): {"yes": 10, "no": 13},
    ("2008", "effects.universities"): {"yes": 15, "no": 8},
    ("2009", "effects.universities"): {"yes": 3, "no": 20},
}


def told(evaluation, language="sv", kind=None, **more):
    claims = find(evaluation, **more)
    return [
        render(c, evaluation.questionnaire, language).replace("\u00a0", " ")
        for c in claims
        if kind in (None, c.kind)
    ]


def test_response_below_the_floor_holds_for_those_who_answered(built):
    evaluation = built({("2009", "effects.companies"): {"yes": 10, "no": 17}}, LOW[1:])
    sentences = told(evaluation)
    assert sentences[0] == (
        "År 2009 besvarades enkäten av 27 av 93 inbjudna företag, en svarsfrekvens på 29 procent."
    )
    assert sentences[1].startswith(
        "Eftersom svarsfrekvensen är lägre än 60 procent gäller resultaten de svarande."
    )
    caution = [c for c in find(evaluation) if c.kind == "scope"]
    assert [c.severity for c in caution] == ["caution"]


def test_what_follows_the_leader_is_told_together_when_it_reads_the_same(built):
    (sentence,) = told(built(MOTIVES, LOW), kind="ranking")
    assert "tre fjärdedelar av de svarande företagen (18 av 24)" in sentence
    assert sentence.endswith("högskolor (15 av 24) och FoU-institut (15 av 24).")


def test_leaders_that_tie_share_the_first_place(built):
    answered = {key: dict(counts) for key, counts in MOTIVES.items()}
    answered["2009", "motives.companies"] = {"1": 15, "0": 9}
    (sentence,) = told(built(answered, LOW), kind="ranking")
    assert "andra företag, högskolor och FoU-institut, som anges lika ofta" in sentence
    assert "(15 av 24 vardera)" in sentence


def test_a_superlative_over_something_withheld_says_so(built):
    hidden = frozenset({("2009", "motives.schools")})
    (sentence,) = told(built(MOTIVES, LOW, hidden=hidden), kind="ranking")
    assert "bland de alternativ som kan redovisas" in sentence


def test_a_distribution_tells_the_most_common_the_next_and_the_empty(built):
    (sentence,) = told(built(WILL, LOW), kind="distribution")
    assert "drygt åtta av tio svarande företag (83 procent, 19 av 23)" in sentence
    assert "Näst vanligast är svaret ”ja, bara omsättning” (4 av 23)." in sentence
    assert sentence.endswith("Inget av de svarande företagen svarar ”nej”.")


def test_a_certain_change_names_waves_n_points_and_respondents(built):
    evaluation = built(COSTS, LOW, certain=frozenset({"effects.universities"}))
    (sentence,) = told(evaluation, kind="change")
    assert sentence == (
        "Andelen svarande företag som uppger att deltagandet har bidragit till mer arbete med "
        "högskolor har minskat från 65 procent år 2008 (n = 23) till 13 procent år 2009 (n = 23). "
        "Skillnaden på 52 procentenheter är statistiskt säkerställd och motsvarar ungefär "
        "tolv svarande företag."
    )


def test_printed_differences_are_those_of_the_printed_numbers(built):
    evaluation = built(COSTS, LOW, certain=frozenset({"effects.companies"}))
    (sentence,) = told(evaluation, kind="change")
    assert "från 34,8 procent" in sentence
    assert "till 43,5 procent" in sentence
    assert "8,7 procentenheter" in sentence


def test_a_change_within_noise_is_no_certain_change(built):
    claims = [c for c in find(built(COSTS, LOW)) if "change" in c.kind]
    assert [(c.kind, c.certain) for c in claims] == [("no_certain_change", False)]
    (sentence,) = told(built(COSTS, LOW), kind="no_certain_change")
    assert sentence.startswith("Ingen statistiskt säkerställd förändring sedan 2008 kan visas")


def test_the_largest_gap_is_told_with_now_and_wanted(built):
    answered = {
        ("2009", f"cooperation.{item}.{side}"): {"2": 20 - k, "4": k}
        for item, now, wanted in (
            ("companies", 10, 15),
            ("universities", 4, 18),
            ("institutes", 2, 10),
            ("schools", 6, 6),
        )
        for side, k in (("now", now), ("wanted", wanted))
    }
    claims = {c.kind: c for c in find(built(answered, LOW))}
    gap = claims["largest_gap"]
    assert gap.subjects["item"] == ("universities", "institutes")
    assert gap.certain is True
    (sentence,) = told(built(answered, LOW), kind="largest_gap")
    assert "2,4" in sentence
    assert "3,8" in sentence
    assert "1,4 skalsteg" in sentence
    assert claims["highest_now"].subjects["item"] == ("companies",)


def test_a_motive_beside_its_result_states_both_definitions(built):
    answered = MOTIVES | COSTS
    sentences = told(built(answered, LOW), kind="expected_delivered")
    assert len(sentences) == 2
    assert all("kan inte jämföras rakt av" in s for s in sentences)
    assert "valt bland fyra möjliga" in sentences[0]


def test_a_target_and_a_reference_name_what_they_compare_with(built):
    evaluation = built(COSTS, LOW)
    target = Target(Measured("effects", "companies"), 0.8)
    series = Reference(Measured("effects", "companies"), 0.3, "riket", "Företagens villkor", "2008")
    (sentence,) = told(evaluation, kind="target", targets=[target])
    assert "målet är 80 procent. Bland de svarande är målet inte nått" in sentence
    (sentence,) = told(evaluation, kind="reference", reference=[series])
    assert "30 procent för riket år 2008 (Företagens villkor)" in sentence
    assert "inte statistiskt säkerställd" in sentence


def test_the_rounds_other_initiatives_stand_beside_the_own_figure(built):
    mine = built(COSTS, LOW)
    other = built(COSTS, (WaveFacts("DalaBIT", "2009", invited=20),))
    (sentence,) = told(mine, kind="round", round=other)
    assert "att jämföra med 43 procent i DalaBIT" in sentence


def test_a_census_needs_no_test_and_carries_no_sampling_error(built):
    full = (WaveFacts("TS", "2009", invited=23, population=23),)
    sentences = told(built({("2009", "effects.companies"): {"yes": 10, "no": 13}}, full))
    assert "samtliga 23 inbjudna företag" in sentences[0]
    assert "ingen urvalsosäkerhet" in sentences[1]


def test_findings_have_the_form_of_the_result_file(built):
    rows = findings(built(COSTS | MOTIVES, LOW), "nb")
    assert {tuple(row) for row in rows} == {
        ("id", "kind", "severity", "text", "bound_to", "certain")
    }
    assert len({row["id"] for row in rows}) == len(rows)
    ranking = next(row for row in rows if row["kind"] == "ranking")
    assert ranking["bound_to"][0]["file"] == "estimates.csv"
    assert ranking["bound_to"][0]["item"] == "companies"


def test_an_item_named_after_a_column_with_a_dot_is_told_by_that_name(built):
    block = Block("sch", "yes_no", {"en": "sch.wide"}, (Item("sch.wide", {"en": "sch.wide"}),))
    plain = Questionnaire("bare", {"en": "bare"}, (block,))
    answered = {("1", "sch.sch.wide"): {"yes": 165, "no": 35}}
    evaluation = built(answered, (WaveFacts("", "1"),), questionnaire=plain)
    (sentence,) = told(evaluation, "en", "share")
    assert sentence == (
        "In the 1 wave, just over eight in ten respondents (83 percent, 165 of 200) answer yes "
        "to the question about “sch.wide”."
    )
