"""Mail: letters frozen as bytes, handed to a mail server, and what came of it put on record. No Temporal in here."""
