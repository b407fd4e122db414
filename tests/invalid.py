"""Invalid agreement files, each written as a change to one valid file, `examples/invalid/base.json`.

To add a case, add an entry named `<code>-<what>` to `CASES`: mostly `changed((old, new), ...)`, where each old text
occurs exactly once. Then run `WRITE_PROBLEMS=1 pytest tests/test_examples.py`, which writes the expected output to
`examples/invalid/expected.txt`, and read the lines that it has added.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

BASE = (Path(__file__).parent / "examples" / "invalid" / "base.json").read_text("utf-8")
QUOTE = '"exact": "Parterne vil understøtte kystturismen."'


def changed(*changes: tuple[str, str]) -> bytes:
    """Return the base in UTF-8, with each old text, which must occur exactly once, replaced by the new one."""
    text = BASE
    for old, new in changes:
        if text.count(old) != 1:
            raise ValueError(f"{old!r} occurs {text.count(old)} times in the text to be changed, instead of once")
        text = text.replace(old, new)
    return text.encode()


# The bytes of the file `<name>.json`, or those of each file in the folder `<name>`, or None if the file is missing.
CASES: dict[str, bytes | dict[str, bytes] | None] = {
    "ambiguous-name-shared": changed(("De vestdanske vækstfora", "staten")),
    "bad-date-danish": changed(
        ("2017-09-05", "5. september 2017"),
        ("2017-10-01", "01-10-2017"),
        ("2018-06-30", "tirsdag den 30. juni 2018"),
        ('"2018-06"', '"juni 2018"'),
    ),
    "bad-date-no-such-day": changed(
        ("2017-09-05", "2017-02-29"),
        ("2017-10-01", "2017-W40-1"),
        ("2018-06-30", "20180630"),
        ('"2018-06"', '""'),
    ),
    "bad-id-many": changed(
        ("lille-2017", "Lille 2017"),
        ('"id": "regeringen"', '"id": "Regeringen"'),
        ('"id": "kyst"', f'"id": "{"k" * 101}"'),
        ('"regeringen", "vaekstforum"', '"regeringen", "vækstforum"'),
        ("lille-2016", "lille--2016"),
    ),
    "bad-language-many": changed(('"da"', '"dansk_dk"'), ('"en"', '"engelsk sprog"')),
    "bad-sha256-capitals": changed(('"url"', f'"sha256": "{"AB" * 32}",\n      "url"')),
    "bad-url-no-scheme": changed(("https://example.org/aftale", "www.example.org")),
    "duplicate-agreement-id-two-files": {"a.json": changed(), "b.json": changed()},
    "duplicate-id-in-another-order": changed(
        ('"parties"', '"general_commitments": [{"id": "kyst", "text": "Først i filen."}],\n  "parties"')
    ),
    "duplicate-id-many": changed(
        ('"members": ["vaekstforum"]', '"members": ["regeringen"]'),
        ('"vaekstfora"', '"vaekstforum"'),
        ("        }\n      ]", '        },\n        {"id": "kyst", "text": "En gang til."}\n      ]'),
    ),
    "duplicate-value-many": changed(
        ('"regeringen", "vaekstforum"', '"regeringen", "regeringen"'),
        ('"Staten"', '"Staten", "STATEN", "regeringen"'),
        ('"turisme", "kyst"', '"Turisme", "kyst", "turisme", "TURISME"'),
    ),
    "duplicate-value-languages": changed(('tourism."', 'tourism.", "EN": "The same.", "En": "Again."')),
    "empty-list-parties": changed(
        (BASE[BASE.index('"parties"') : BASE.index(',\n  "entities"')], '"parties": []'),
    ),
    "empty-text-many": changed(
        ('"title": "Lille aftale"', '"title": ""'),
        ("Ida Prøve", " "),
        ('"turisme", "kyst"', r'"turisme", "\u00a0"'),
        ("Support coastal tourism.", r"\n"),
        ('"Lille aftale", "Parterne vil understøtte kystturismen."', '""'),
        ('"Parterne mødes hvert år. Parterne mødes i maj."', '" "'),
    ),
    "end-before-start-year": changed(("2018-06-30", "2017-09")),
    "end-of-open-ended-both": changed(('"2018-06-30"', '"2018-06-30", "open_ended": true')),
    "ended-before-signed-keys-turned": changed(('"start": "2017-10-01", "end": "2018-06-30"', '"end": "2016"')),
    "file-too-large-for-the-limit": changed(),
    "json-duplicate-key-twice": changed(
        ('"signed_on"', '"title": 3,\n  "titl\\u0065": "En anden",\n  "signed_on"'),
    ),
    "json-encoding-latin-1": BASE.encode("latin-1"),
    "json-encoding-lone-surrogate": changed(('"title": "Lille aftale"', r'"title": "Lille \ud83d aftale"')),
    "json-encoding-utf-16": f"\ufeff{BASE}".encode("utf-16-le"),
    "json-number-infinite": changed(('"number": 1', '"number": 1e999')),
    "json-number-long": changed(('"number": 1', f'"number": {"1" * 500}')),
    "json-syntax-comment": changed(('"relations"', '// se den forrige aftale\n  "relations"')),
    "json-syntax-curly-quotes": changed(('"title": "Lille aftale"', '"title": “Lille aftale”')),
    "json-syntax-cut-off": BASE[: BASE.index('"entities"')].encode(),
    "json-syntax-empty": b"",
    "json-syntax-missing-comma": changed(('"da",', '"da"')),
    "json-syntax-missing-quote": changed(('"title": "Lille aftale"', '"title": "Lille aftale')),
    "json-syntax-nan": changed(('"number": 1', '"number": NaN')),
    "json-syntax-single-quotes": changed(('"language": "da"', "'language': 'da'")),
    "json-syntax-trailing-comma": changed(('"formand"', '"formand",')),
    "json-syntax-true-as-in-python": changed(('"signed_on"', '"complete": True,\n  "signed_on"')),
    "json-too-deep-lists": changed(('["turisme", "kyst"]', "[" * 70 + "]" * 70)),
    "missing-key-many": changed(
        ('  "format_version": "1.0",\n', ""),
        ('"name": "Regeringen", ', ""),
        ('"name": "Ida Prøve", "office": "formand"', ""),
        ('"kind": "group", ', ""),
        (QUOTE, ""),
        (', "agreement": "lille-2016"', ""),
    ),
    "more-problems-150": changed(('"turisme", "kyst"', ", ".join("0" * 150))),
    "nested-group-many": changed(
        ('"other_names": ["Staten"]', '"members": ["danske"]'),
        ('["vaekstforum"]', '["vaekstforum", "vaekstfora", "danske"]'),
        (
            ', "danske"]}',
            ', "danske"]},\n    {"id": "danske", "name": "De danske", "kind": "group", "members": ["regeringen"]}',
        ),
    ),
    "not-a-choice-many": changed(
        ('"group"', '"Group"'), ('"support"', '"suport"'), ('"renews"', '"forlænger"'), ('"web-page"', '"webpage"')
    ),
    "out-of-range-zero": changed(('"number": 1', '"number": 0')),
    "quote-ambiguous-twice": changed((QUOTE, '"exact": "Parterne mødes"')),
    "quote-cuts-word-number": changed(
        ("Parterne mødes i maj.", "Parterne mødes i maj. Der afsættes 110 mio. kr. til turismeerhvervet."),
        (QUOTE, '"exact": "10 mio. kr. til turisme"'),
    ),
    "quote-not-found-nearly": changed((QUOTE, '"exact": "Parterne vil støtte kystturismen."')),
    "quote-not-found-nowhere": changed((QUOTE, '"exact": "Dette står der ikke noget om"')),
    "quote-not-found-prefix": changed((QUOTE, '"exact": "kystturismen", "prefix": "støtte til"')),
    "quote-unchecked-excerpt": changed(
        (QUOTE, '"exact": "Dette står måske på næste side."'),
        ('"url"', '"excerpt": true,\n      "url"'),
    ),
    "relation-order-two-files": {
        "a.json": changed(),
        "b.json": changed(
            ("lille-2017", "lille-2016"),
            ('"renews", "agreement": "lille-2016"', '"ends", "agreement": "x"'),
            ("2017-09-05", "2017-09-06"),
        ),
    },
    "relation-cycle-of-three": {
        "1.json": changed(("lille-2017", "lille-2018"), ("lille-2016", "lille-2017")),
        "2.json": changed(),
        "3.json": changed(
            ('"renews", "agreement": "lille-2016"', '"replaces", "agreement": "lille-2018"'),
            ("lille-2017", "lille-2016"),
        ),
    },
    "relation-to-itself-renews": changed(("lille-2016", "lille-2017")),
    "shared-id-two-files": {
        "a.json": changed(),
        "b.json": changed(("lille-2017", "lille-2018"), ('"name": "Vækstforum"', '"name": "Et andet forum"')),
    },
    "shared-name-two-files": {
        "a.json": changed(),
        "b.json": changed(
            ("lille-2017", "lille-2018"),
            ('"id": "vaekstforum"', '"id": "forum"'),
            ('["vaekstforum"]', '["forum"]'),
            ('"regeringen", "vaekstforum"', '"regeringen", "forum"'),
        ),
    },
    "sha256-mismatch-other-text": changed(('"url"', f'"sha256": "{"ab" * 32}",\n      "url"')),
    "too-long-many": changed(
        ('"title": "Lille aftale"', f'"title": "{"t" * 501}"'),
        ('"da"', f'"x-{"a" * 8}{"-aaaaaaaa" * 3}"'),
        ('"turisme", "kyst"', f'"turisme", "{"k" * 501}"'),
        ("Support coastal tourism.", "s" * 10_001),
        ('"en"', f'"en-x{"-aaaaaaaa" * 4}"'),
        ("https://example.org/aftale", f"https://example.org/{'a' * 1_981}"),
    ),
    "too-many-items": changed(
        ('"turisme", "kyst"', ", ".join(f'"emne {number}"' for number in range(1_001))),
    ),
    "too-many-quotes": changed(
        (
            '"relations"',
            '"general_commitments": ['
            + ",\n".join(
                f'{{"id": "c{number}", "text": "T", "quotes": [{", ".join([chr(123) + QUOTE + chr(125)] * 700)}]}}'
                for number in range(3)
            )
            + '],\n  "relations"',
        ),
    ),
    "translation-into-own-language-case": changed(('"en": "Support coastal tourism."', '"DA": "Støtte kystturismen."')),
    "unknown-agreement-misspelt": {"a.json": changed(), "b.json": changed(("lille-2017", "lile-2016"))},
    "unknown-id-misspelt": changed(
        ('["vaekstforum"]', '["vaekstforumm"]'),
        ('["regeringen"', '["regeringn"'),
        ('kystturismen."}', 'kystturismen.", "source": "weg"}'),
    ),
    "unknown-key-misspelt": changed(
        ('"signed_on"', '"signedon"'),
        ('"name": "Regeringen"', '"nmae": "Regeringen"'),
        ('"name": "Ida Prøve", "office"', '"offce"'),
        ('"due_on"', '"deadline"'),
        ('"agreement"', '"agreemnt"'),
    ),
    "unreadable-file-missing": None,
    "unsupported-format-version-later": changed(
        ('"1.0"', '"2.0"'), ('"title": "Lille aftale"', '"heading": "Lille aftale"')
    ),
    "wrong-type-many": changed(
        ('"1.0"', "1.0"),
        ('"2017-09-05"', "2017"),
        ('["Staten"]', '"Staten"'),
        ('"number": 1', '"number": "1"'),
        ('"support"', "null"),
        ('"turisme", "kyst"', '"turisme", 2'),
        ('{"en": "Support coastal tourism."}', '["en"]'),
        ('{"kind": "renews", "agreement": "lille-2016"}', '"lille-2016"'),
    ),
}


def files_of(name: str) -> dict[str, bytes]:
    """Return the files of a case: the path of each, as given on the command line, and its bytes."""
    case = CASES[name]
    if case is None:
        return {}
    if isinstance(case, bytes):
        return {f"{name}.json": case}
    return {f"{name}/{file}": data for file, data in case.items()}


def files() -> Iterator[tuple[str, bytes]]:
    """Yield the path and the bytes of every invalid file; those of a folder are invalid only together."""
    for name in CASES:
        yield from files_of(name).items()


def write(name: str, folder: Path) -> str:
    """Write the files of a case into a folder and return the path to validate there: of its file, or of its folder."""
    for path, data in files_of(name).items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(data)
    return name if isinstance(CASES[name], dict) else f"{name}.json"
