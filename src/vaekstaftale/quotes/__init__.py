"""Where the words of a quote occur in a source, and which words of a source no quote accounts for.

`folding` brings texts into the form in which they are compared, with the way back to the original. `search` finds
quotes, with `counting` for very many of them, and `closest` finds the closest match of a quote that does not occur.
"""
