"""The register of correspondence: letters in and out, and who holds the next step."""
