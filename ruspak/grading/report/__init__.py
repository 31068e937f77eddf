"""Fourth step: what students and teachers get to see, as pages and tables."""
