"""The written no-objection procedure: what nobody objects to within some full working days is adopted."""
