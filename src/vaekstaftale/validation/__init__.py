"""The rules that an agreement must follow, and how what they find becomes a report.

An agreement is checked in stages: text (is it JSON?), structure (the keys, and the form of each value), coherence and
evidence (rules between values). Structure is checked only if the text is JSON, and rules only if nothing is wrong with
the structure. Each stage returns a `Result`.

`rule` states what a rule is and what it looks at. The rules are in `coherence`, `evidence` and `across` (rules about
several agreements), each listed at the end of its module. `codes` lists all codes. `checking` applies the rules, and
`report` turns findings into problems with positions, in order, and limits their number.
"""
