"""JSON text and plain data to values, and back.

`shapes` states which keys an object has, read from the classes. `reader` builds every value, and `writer` writes every
value as data; both are made of functions that `generating` compiles, one for each class. What the reader refuses is
explained by `json_text` (JSON with positions) and `structure` (everything that is wrong with the structure of some
data). `json_library` chooses between orjson and the standard library. `converter` makes functions as in `reader` and
`writer` the hooks of a cattrs converter, and `schema` builds the JSON Schema.
"""
