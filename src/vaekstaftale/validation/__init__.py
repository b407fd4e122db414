"""The rules that an agreement must follow, and how what they find becomes a report.

An agreement is checked in stages: text (is it JSON?), structure (the keys, and the form of each value), coherence and
evidence (rules between values). Structure is checked only if the text is JSON, and rules only if nothing is wrong with
the structure.

`registry` knows every rule with its codes, severities and stage; `index` is what the rules of one agreement look at.
The rules are in `coherence`, `evidence` and `across` (rules about several agreements). `checking` applies them, and
`report` turns violations into problems with positions, in order, and limits their number. `codes` lists all codes.
"""
