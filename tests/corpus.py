"""Validate the files of the public corpus nst/JSONTestSuite: `python tests/corpus.py FOLDER`.

FOLDER is a checkout of that repository. No file may raise an exception. A file that every parser must reject (`n_`)
must have a problem of the text stage, and a file that every parser must accept (`y_`) must have none.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import vaekstaftale
from vaekstaftale.validation.codes import STAGES


def main(folder: Path) -> int:
    """Validate every file, and return the number of those with the wrong result."""
    files = sorted([*folder.glob("test_parsing/*.json"), *folder.glob("test_transform/*.json")])
    if len(files) < 300:
        print(f"{folder} holds {len(files)} files of the corpus, far too few")
        return 1
    counts: Counter[str] = Counter()
    wrong = 0
    for file in files:
        codes = {problem.code for problem in vaekstaftale.validate_file(file)}
        is_text_problem = not codes.isdisjoint(STAGES["text"])
        kind = file.name[:2] if file.parent.name == "test_parsing" else "transform"
        counts[f"{kind} {'refused' if is_text_problem else 'read'}"] += 1
        if (kind == "n_" and not is_text_problem) or (kind == "y_" and is_text_problem):
            wrong += 1
            print(f"{file.name}: {codes}")
    print(f"{len(files)} files, {wrong} judged wrongly, none raised: {dict(sorted(counts.items()))}")
    return wrong


if __name__ == "__main__":
    sys.exit(min(main(Path(sys.argv[1])), 1))
