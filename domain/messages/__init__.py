"""Messages: what the Committee intends to send, to whom by role or contact, and what became of it; no address."""
