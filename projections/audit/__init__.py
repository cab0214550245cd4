"""What an auditor asks of the record as a whole: checks of the Committee's own work, and samples to look at by hand."""
