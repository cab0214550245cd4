"""The stream: every event of the record on Apache Kafka, in order, and back from there into a record."""
