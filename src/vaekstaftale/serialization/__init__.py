"""JSON text and plain data to values, and back.

`shapes` states which keys an object has, read from the classes. Nearly every valid file is read by `fast`, all others
by `json_text` (JSON with positions) and `structure` (everything that is wrong with the structure of some data).
`json_library` chooses between orjson and the standard library. `converter` makes functions as in `fast` the hooks of a
cattrs converter, and `schema` builds the JSON Schema.
"""
