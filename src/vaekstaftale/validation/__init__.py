"""The rules that an agreement must follow, and how what they find becomes a report.

`registry` knows every rule with its codes, severities and stage; `index` is what the rules of one agreement look at.
The rules are in `coherence`, `evidence` and `across` (rules about several agreements). `checking` applies them, and
`report` turns violations into problems with positions, in order, and limits their number. `codes` lists all codes.
"""
