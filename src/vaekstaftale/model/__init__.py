"""What an agreement is: frozen values, and for each kind of field a form, which states what the field's value may be.

The *record* is what a file states about an agreement. Its author writes the titles and texts, and quotes the sources.
Reading data is in `serialization`, reading files in `files`, and rules between fields are in `validation`.

In the order of imports: `base` (what all parts have in common), `forms`, `strings`, `dates` (with `danish_dates` for
suggestions), `translations`, `sources`, `validity`, `parties`, `commitments`, `agreement`, and `paths`, the parts of an
agreement with their paths in a file.
"""
