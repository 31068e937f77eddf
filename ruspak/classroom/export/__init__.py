"""The questions and terms of the course in the formats of other systems, one module a format."""
