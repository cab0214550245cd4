"""The Committee's exchange with a State: what was sent, asked, commented and answered, and why there is no report."""
