"""The vault: one key per person, apart from the record, so that destroying a key is enough to erase the person."""
