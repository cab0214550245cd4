"""The vault: one key per person and per sealed document, apart from the record: to destroy a key is to erase."""
