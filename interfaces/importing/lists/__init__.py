"""Lists of others, a thing on each row, read into commands by a profile that says which column is which member."""
