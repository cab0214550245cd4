"""Country matrices laid out as the Committee's are, from documents of other hands."""
