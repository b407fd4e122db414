"""The fast path: reads data that are certainly valid, and writes values as data.

Everything here exists for speed alone: for programs that hold thousands of agreements, and commands that check
hundreds of files. The forms read and write the same data (`from_data`, and `to_data` without the format version), but
take some ten times as long, because they call a method for each key and a validator for each field. Here, one function
is generated for each class, as attrs and cattrs do, with the checks of all keys written out. It shows in tracebacks,
and `inspect.getsource` prints it. For `Quote`, the function that reads is

    def read_Quote(data, context):
        if type(data) is not dict: raise NotCertain
        new = Mutable()
        ids, keys, extra = context.ids, 1, 0
        value = data['exact']
        if not value or value.isspace(): raise NotCertain
        new.exact = value
        if 'prefix' in data:
            keys += 1
            value = data['prefix']
            if not value or value.isspace(): raise NotCertain
            new.prefix = value
        else:
            new.prefix = None
        ...                                            # suffix: the same
        if 'source' in data:
            keys += 1
            value = data['source']
            if value not in ids:
                if match(value) is None or len(value) > 100: raise NotCertain
                ids[value] = value
            new.source = ids[value]
        else:
            new.source = None
        if len(data) != keys: raise NotCertain
        context.strings += 2 * keys + extra
        new.__class__ = Quote
        return new

and the one that writes

    def write_Quote(value):
        data = {'exact': value.exact}
        item = value.prefix
        if item is not None: data['prefix'] = item
        ...                                            # suffix and source: the same
        return data

A reader returns a value or raises one of the exceptions in `REFUSALS`, and reports nothing: what it does not accept
is read again by `structure`. So it may refuse valid data, but must never accept invalid data. A string is not checked
for its type where its methods or a pattern's are called, because these raise for anything else that JSON has.

`context.strings` counts the strings that were read. If the text has more, the decoder dropped a duplicate key.
"""

from vaekstaftale.serialization.fast.reader import read_data, read_text
from vaekstaftale.serialization.fast.writer import to_data

__all__ = ["read_data", "read_text", "to_data"]
