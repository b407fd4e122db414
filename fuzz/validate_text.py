"""Coverage-guided fuzzing of `validate_text`: `nox -s fuzz`, or `-- -max_total_time=1200` for twenty minutes.

Starts from the examples of the tests. Whatever raises, or breaks what is promised of problems, ends the run, and its
input is left in the working folder: make it an example in `tests/examples/invalid`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["vaekstaftale"]):
    import vaekstaftale
    from vaekstaftale import _sure, explain, files, rules, structure  # noqa: F401 - instrumented here
    from vaekstaftale.errors import CODES, Severity

EXAMPLES = Path(__file__).parent.parent / "tests" / "examples"
KNOWN = {code for codes in CODES.values() for code in codes}


def check(data: bytes) -> None:
    """Check what is promised of any bytes."""
    problems = vaekstaftale.validate_text(data, max_bytes=100_000)
    if not all(problem.code in KNOWN and str(problem).isprintable() for problem in problems):
        raise AssertionError(problems)
    if any(problem.line is None or problem.column is None for problem in problems if problem.code != "more-problems"):
        raise AssertionError(problems)
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    try:
        agreement = vaekstaftale.loads(data, max_bytes=100_000)
    except vaekstaftale.InvalidAgreement:
        if not errors:
            raise
        return
    if any(problem.code not in CODES["evidence"] for problem in errors):
        raise AssertionError(problems)
    if agreement != vaekstaftale.loads(vaekstaftale.dumps(agreement, max_bytes=10**9), max_bytes=10**9):
        raise AssertionError(agreement)


def main() -> None:
    """Fuzz, with libFuzzer's own options."""
    with tempfile.TemporaryDirectory() as folder:
        for path in EXAMPLES.glob("**/*.json"):
            if path.stat().st_size < 20_000:
                Path(folder, path.name).write_bytes(path.read_bytes())
        words = Path(folder, "words.dict")
        keys = {word for path in EXAMPLES.glob("**/*.json") for word in path.read_text("utf-8", "replace").split('"')}
        short = sorted(word for word in keys if word.isascii() and word.replace("-", "").replace("_", "").isalnum())
        words.write_text("".join(f'"\\"{word}\\""\n' for word in short if len(word) < 30))
        corpus = Path(folder, "corpus")
        corpus.mkdir()
        atheris.Setup([*sys.argv, f"-dict={words}", "-max_len=20000", str(corpus), folder], check)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
