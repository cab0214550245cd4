"""The record itself: appending, reading, subscribing, documents, proving and exporting."""
