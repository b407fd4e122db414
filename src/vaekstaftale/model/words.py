"""Words that people write instead of the keys, choices and language tags of the format, for hints."""

from __future__ import annotations

from collections.abc import Mapping

#: The keys that are meant by other words, the likeliest first. The first one that an object may have counts.
KEYS: Mapping[str, tuple[str, ...]] = {
    word: keys
    for keys, words in {
        ("title", "name", "office"): "titel",
        ("name", "title"): "navn",
        ("note",): "_comment _note comment comments kommentar bemærkning remark",
        ("language",): "sprog lang",
        ("signed_on",): "underskrevet indgået signed signed_at",
        ("validity",): "gyldighed",
        ("start",): "fra from begin gyldig_fra",
        ("end",): "til to until slut udløb gyldig_til",
        ("parties",): "parter party partys",
        ("entities",): "enheder entity entitys",
        ("initiatives",): "initiativer indsatser",
        ("commitments", "general_commitments"): "løfter promises forpligtelser tilsagn commitments",
        ("actors",): "aktører",
        ("strength",): "styrke",
        ("topics",): "emner tags",
        ("condition",): "betingelse vilkår forudsætning",
        ("due_on",): "frist senest deadline due due_date",
        ("relations",): "relationer",
        ("quotes",): "citater citat ordlyd",
        ("exact", "text"): "tekst text",
        ("prefix",): "before",
        ("suffix",): "after",
        ("sources", "source"): "kilde kilder",
        ("locator",): "side page",
        ("url",): "link adresse address",
        ("publisher",): "udgiver",
        ("published_on",): "offentliggjort udgivet publiceret published published_at",
        ("updated_on",): "opdateret updated updated_at",
        ("retrieved_on",): "hentet accessed retrieved retrieved_at",
        ("members",): "medlemmer",
        ("representatives",): "repræsentanter",
        ("other_names",): "aliases",
        ("translations",): "oversættelser",
        (): "dato date created_on",  # it is not clear which date
    }.items()
    for word in words.split()
}

#: The choices that are meant by other words: for `strength` the verbs of the glossary, and kinds in Danish.
CHOICES: Mapping[str, str] = {
    word: choice
    for choice, words in {
        "discuss": "drøfte, gå i dialog",
        "follow": "følge, overvåge",
        "work-towards": "arbejde for",
        "support": "bakke op om, støtte, understøtte, bidrage til",
        "carry-out": "igangsætte, iværksætte, etablere, udarbejde",
        "organisation": "organization, forening",
        "group": "gruppe",
        "plan": "strategi, handlingsplan",
        "other": "andet",
        "agreement": "aftale",
        "web-page": "webside, hjemmeside, website",
        "press-release": "pressemeddelelse",
        "minutes": "referat",
        "listing": "oversigt",
        "renews": "fornyer",
        "amends": "ændrer",
        "replaces": "erstatter, afløser",
        "builds-on": "bygger på",
        "prolongs": "forlænger",
        "ends": "ophæver, opsiger",
    }.items()
    for word in words.split(", ")
}

#: Formats of files that people write as the kind of a source, which may be of any kind.
FILE_FORMATS = frozenset({"pdf", ".pdf", "doc", "docx", "word"})

#: The words of JSON that are meant by strings.
YES_OR_NO: Mapping[str, bool] = {"true": True, "ja": True, "yes": True, "false": False, "nej": False, "no": False}

#: Registered languages, by what people write instead. All of these are well-formed, and none is registered.
_LANGUAGES = {
    written: language
    for language, words in {
        "da": "dk dan dansk danish",
        "de": "ger deu tysk german deutsch",
        "en": "eng engelsk english",
        "fo": "fao faroese",
        "kl": "kal",
        "no": "nor norsk",
        "sv": "swe svensk swedish",
    }.items()
    for written in words.split()
}


def usual_tag(tag: str) -> str:
    """Return the tag that was probably meant by one that people write, and any other tag unchanged."""
    language, *others = tag.split("-")
    usual = _LANGUAGES.get(language.lower(), language)
    if others and others[0].lower() == "uk":
        others[0] = "GB"
    return "-".join([usual, *others])
