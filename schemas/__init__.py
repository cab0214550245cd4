"""The wire contract: JSON and Avro schemas by event type and version, with their golden files."""
