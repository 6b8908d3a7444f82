"""Names of organisations made comparable: legal forms taken off, letters kept and folded.

Two forms of every name are kept. ``name`` keeps å, ä, ö, æ, ø; ``folded`` writes them without
their marks, and reads aa, ae and oe as the same letters, as files do that cannot hold them.
The table of legal forms is our own (Swedish, Norwegian, Danish, Finnish, English).
"""

import re

import polars as pl

FORMS: dict[str, tuple[str, ...]] = {
    "limited": (
        "ab", "aktiebolag", "aktiebolaget", "ab publ", "publ", "aktiebolag publ", "abp",
        "as", "aksjeselskap", "aksjeselskapet", "asa", "allmennaksjeselskap", "nuf",
        "aps", "anpartsselskab", "aktieselskab", "aktieselskabet", "ivs", "selskab",
        "oy", "oyj", "oy ab", "ab oy", "osakeyhtiö", "osakeyhtio",
        "ltd", "limited", "plc", "inc", "incorporated", "corp", "corporation", "llc", "gmbh",
        "company limited", "co ltd", "filial", "sverige filial", "se",
    ),
    "partnership": (
        "hb", "handelsbolag", "handelsbolaget", "kb", "kommanditbolag", "kommanditbolaget",
        "enkelt bolag", "ans", "da", "ks", "is", "ps", "kommandittselskap", "ansvarlig selskap",
        "kommanditselskab", "interessentskab", "partnerselskab",
        "ky", "ay", "kommandiittiyhtiö", "kommandiittiyhtio", "avoin yhtiö", "avoin yhtio",
        "lp", "llp", "partnership",
    ),
    "sole": (
        "enskild firma", "enskild näringsidkare", "enskild näringsverksamhet", "ensk firma",
        "e firma", "ef", "firma", "fa",
        "enk", "enkeltpersonforetak", "enkeltmannsforetak", "enkeltmandsvirksomhed", "pmv",
        "tmi", "toiminimi", "sole trader",
    ),
    "cooperative": (
        "ek för", "ekonomisk förening", "ekonomiska föreningen", "ek förening", "ekonomisk för",
        "upa", "mba", "sa", "ba", "bbl", "samvirkeforetak", "samvirkeforetaket", "amba", "smba",
        "osk", "osuuskunta", "andelslag", "cooperative",
    ),
    "foundation": (
        "stiftelse", "stiftelsen", "fond", "fonden", "insamlingsstiftelse", "stift", "sti",
        "säätiö", "saatio", "säätiö sr", "foundation",
    ),
    "association": (
        "ideell förening", "ideella föreningen", "förening", "föreningen", "ideell för",
        "forening", "foreningen", "bostadsrättsförening", "bostadsrättsföreningen", "brf",
        "rf", "ry", "yhdistys", "association",
    ),
    "public": (
        "statsforetak", "sf", "hf", "helseforetak", "helseforetaket", "rhf", "iks", "kf", "fkf",
        "kommunalt foretak", "interkommunalt selskap", "kommunalförbund",
    ),
}  # fmt: skip
"""Each class of legal form, and how names write its forms (lower case, no full stops)."""

_LEADING = (
    "ab", "aktiebolaget", "as", "oy", "firma", "fa", "hb", "handelsbolaget", "kb",
    "kommanditbolaget", "stiftelsen", "stiftelse", "föreningen", "foreningen", "foreninga",
    "bostadsrättsföreningen", "bostadsrättsforeningen", "brf", "ekonomiska föreningen", "fonden",
    "ideella föreningen", "aktieselskabet",
)  # fmt: skip
"""Forms that may stand first."""

_CLASS_OF = {form: of for of, forms in FORMS.items() for form in forms}
_TRAILING = "|".join(re.escape(f) for f in sorted(_CLASS_OF, key=lambda f: (-len(f), f)))
_FIRST = "|".join(re.escape(f) for f in sorted(_LEADING, key=lambda f: (-len(f), f)))
AT_END = rf"^(.*?\S) ({_TRAILING})$"
AT_START = rf"^({_FIRST}) (.*)$"
AND = r" (och|og|and|ja|o|und) "
_MISREAD = "√|Ã|Â"
_FOLD = {
    "å": "a", "ä": "a", "æ": "a", "ö": "o", "ø": "o", "é": "e", "è": "e", "ü": "u", "ß": "ss",
    "ð": "d", "þ": "th", "ł": "l", "đ": "d", "ŋ": "n", "á": "a", "à": "a", "â": "a", "ã": "a",
    "í": "i", "ó": "o", "ò": "o", "ô": "o", "õ": "o", "ú": "u", "ý": "y", "ñ": "n", "ç": "c",
    "č": "c", "š": "s", "ž": "z", "ë": "e", "ê": "e", "ï": "i", "î": "i",
}  # fmt: skip


def comparable_names(name: pl.Expr) -> list[pl.Expr]:
    """Expressions ``name``, ``folded`` and ``form`` of a text column.

    ``form`` is the class of the legal form that the name tells, null where it tells none.
    A name that is nothing but a form keeps it.
    """
    plain = plain_text(name)
    ended = plain.str.extract(AT_END, 2)
    started = plain.str.extract(AT_START, 1)
    form = pl.coalesce(ended, started).replace_strict(_CLASS_OF, default=None)
    bare = _without_forms(plain)
    return [bare.alias("name"), fold(bare).alias("folded"), form.alias("form")]


def plain_text(text: pl.Expr) -> pl.Expr:
    """Lower case, one blank between words, ``&`` for all words for "and", no other punctuation."""
    plain = (
        text.str.normalize("NFKC")
        .str.to_lowercase()
        .str.replace_all(r"\b(a|i|k|p)/s\b", "${1}s")
        .str.replace_all(r"\ba\.(b|s)\b", "a${1}")
        .str.replace_all(r"['’´`]", "")
        .str.replace_all(r"[^\p{L}\p{N}&+]+", " ")
        .str.replace_all(r"[&+]", " & ")
        .str.replace_all(r" +", " ")
        .str.strip_chars()
    )
    return plain.str.replace_all(AND, " & ").str.replace_all(AND, " & ")


def fold(text: pl.Expr) -> pl.Expr:
    """Letters without their marks; aa, ae, oe as a, a, o."""
    plain = text.str.replace_many(list(_FOLD), list(_FOLD.values()))
    return plain.str.replace_all("a[ae]+", "a").str.replace_all("oe+", "o")


def _without_forms(plain: pl.Expr) -> pl.Expr:
    bare = plain
    for _ in range(2):  # "Nordmark AB (publ)", "Oy Nordmark Ab"
        bare = bare.str.replace(AT_END, "${1}")
    return bare.str.replace(AT_START, "${2}")


def repaired(texts: pl.Series) -> pl.Series:
    """Texts whose UTF-8 was read as another encoding, read again: ``Troms√∏`` is Tromsø."""
    suspect = texts.str.contains(_MISREAD).fill_null(False)
    if not suspect.any():
        return texts
    known = {text: _repair(text) for text in texts.filter(suspect).unique().to_list()}
    return texts.replace(known)


def _repair(text: str) -> str:
    for encoding in ("mac_roman",) if "√" in text else ("cp1252", "latin-1"):
        try:
            return text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return text
