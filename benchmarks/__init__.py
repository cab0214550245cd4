"""How fast, beside its peers: the same work, the same durability, checked against one truth."""
