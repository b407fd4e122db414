"""Changing a value deep inside an agreement."""

from __future__ import annotations

import attrs
import pytest

import vaekstaftale
from vaekstaftale import Agreement, UnknownName, diff, edit


class TestReplace:
    @pytest.mark.parametrize(
        ("path", "changes"),
        [
            ("", {"title": "X"}),
            ("/validity", {"end": "2019"}),
            ("/parties/regeringen", {"name": "Staten", "other_names": ()}),
            ("/initiatives/energi", {"number": 7}),
            ("/initiatives/energi/commitments/dialog", {"text": "X", "strength": "support"}),
            ("/initiatives/energi/commitments/dialog/quotes/0", {"exact": "X"}),
            ("/sources/webside", {"title": "X"}),
        ],
    )
    def test_paths(self, path: str, changes: dict[str, object], agreement: Agreement) -> None:
        """The value at the path is changed, and nothing else."""
        changed = edit.replace(agreement, path, **changes)

        assert changed != agreement
        assert all(change.path.startswith(path.split("/quotes", maxsplit=1)[0]) for change in diff(agreement, changed))

    @pytest.mark.parametrize(
        "change", ["/parties/regeringn", "/partis/x", "/relations/0", "/validity/start/x", "/initiatives/x"]
    )
    def test_unknown(self, change: str, agreement: Agreement) -> None:
        """An id, index or key that does not exist is an UnknownName."""
        with pytest.raises(UnknownName):
            edit.replace(agreement, change, note="x")

    def test_suggestion(self, agreement: Agreement) -> None:
        """A misspelt id gets a suggestion."""
        with pytest.raises(UnknownName, match="did you mean 'dialog'"):
            edit.replace(agreement, "/initiatives/energi/commitments/dialg", text="X")

    def test_invalid_value(self, agreement: Agreement) -> None:
        """An impossible value is refused as anywhere."""
        with pytest.raises(ValueError, match=r"Party\.name"):
            edit.replace(agreement, "/parties/regeringen", name="")


class TestRenameId:
    @pytest.mark.parametrize(
        "path",
        [
            "",
            "/parties/syddansk-vaekstforum",
            "/entities/vestdanske-vaekstfora",
            "/initiatives/energi",
            "/initiatives/energi/commitments/dialog",
            "/sources/webside",
        ],
    )
    def test_references(self, path: str, agreement: Agreement) -> None:
        """Every reference to a renamed id leads to the new one, so the agreement stays coherent."""
        quotes = [attrs.evolve(quote, source="webside") for quote in agreement.quotes]
        agreement = attrs.evolve(agreement, quotes=quotes)
        renamed = edit.rename_id(agreement, path, "nyt-id")
        old = path.rpartition("/")[2] or agreement.id

        assert vaekstaftale.validate(renamed) == ()
        assert f'"{old}"' not in vaekstaftale.dumps(renamed)
        assert edit.rename_id(renamed, f"{path.rpartition('/')[0]}/nyt-id" if path else "", old) == agreement

    @pytest.mark.parametrize(
        ("path", "new"),
        [
            ("/parties/regeringen", "healthcare-denmark"),
            ("/parties/regeringen", "Staten"),
            ("/initiatives/energi/commitments/dialog", "design"),
            ("/initiatives/energi", "sundhed"),
            ("/validity", "x"),
        ],
    )
    def test_refused(self, path: str, new: str, agreement: Agreement) -> None:
        """An id that is taken or is not an id, and a part without an id, are a ValueError."""
        with pytest.raises(ValueError, match="id"):
            edit.rename_id(agreement, path, new)

    def test_same_id(self, agreement: Agreement) -> None:
        """Renaming to the same id changes nothing."""
        assert edit.rename_id(agreement, "/parties/regeringen", "regeringen") == agreement

    def test_other_namespace(self, agreement: Agreement) -> None:
        """An id of another namespace is free."""
        assert vaekstaftale.validate(edit.rename_id(agreement, "/sources/webside", "regeringen")) == ()
