"""What an agreement is: frozen values that know neither a file nor how they are checked or shown.

From the bottom: `values` (what all parts have in common), `forms` and `strings` (what a single value may be, with
`danish_dates` for a hint), `dates`, `translations`, `sources`, `validity`, `parties`, `commitments`, `agreement`, and
`paths`, the parts of an agreement with their paths in a file.
"""
