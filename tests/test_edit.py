"""Changing a value deep inside an agreement."""

from __future__ import annotations

import attrs
import pytest

import vaekstaftale
from vaekstaftale import Agreement, Party, Relation, UnknownName, diff, edit


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

    def test_fields_named_like_arguments(self, agreement: Agreement) -> None:
        """A field may have any name, also that of an argument."""
        renewal = attrs.evolve(agreement, relations=[Relation(kind="renews", agreement="x-1")])

        assert edit.replace(renewal, "/relations/0", agreement="x-2").relations[0].agreement == "x-2"

    def test_paths_of_all_kinds(self, agreement: Agreement) -> None:
        """The paths of entries, of problems and of changes are understood, and an entry itself."""
        entry = vaekstaftale.commitments(agreement)[3]
        by_ids = "/initiatives/sundhed/commitments/markedsfoering"
        expected = edit.replace(agreement, by_ids, note="x")

        assert entry.commitment.id == "markedsfoering"
        assert expected == edit.replace(agreement, entry, note="x") == edit.replace(agreement, entry.path, note="x")
        [change] = diff(agreement, expected)
        assert change.path == f"{by_ids}/note"

    def test_id_before_index(self, agreement: Agreement) -> None:
        """An id that looks like an index takes precedence over the index."""
        parties = [Party(id="1", name="A"), Party(id="x", name="B")]
        changed = edit.replace(attrs.evolve(agreement, parties=parties), "/parties/1", name="C")

        assert [party.name for party in changed.parties] == ["C", "B"]

    @pytest.mark.parametrize("path", ["/title", "/parties/0/name", "/parties", "/sources/0/text"])
    def test_not_a_part(self, path: str, agreement: Agreement) -> None:
        """A path to a field that is not a part is a ValueError, which says which part to name."""
        with pytest.raises(ValueError, match=f"{path!r} is not a part: name the part that has it, "):
            edit.replace(agreement, path, name="x")

    def test_id_that_is_referred_to(self, agreement: Agreement) -> None:
        """An id that something refers to is not replaced; the error names the function that also changes the rest."""
        with pytest.raises(ValueError, match=r"use edit\.rename_id"):
            edit.replace(agreement, "/parties/regeringen", id="staten")

        assert edit.replace(agreement, "/initiatives/energi", id="energi-2").initiatives[0].id == "energi-2"
        assert edit.replace(agreement, "/parties/regeringen", id="regeringen") == agreement

    def test_unknown_field(self, agreement: Agreement) -> None:
        """A field that does not exist is an UnknownName with a suggestion."""
        with pytest.raises(UnknownName, match="there is no field of Party 'nmae'; did you mean 'name'"):
            edit.replace(agreement, "/parties/regeringen", nmae="x")

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
