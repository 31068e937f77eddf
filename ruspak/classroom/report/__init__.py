"""What the learners' own files of answers tell about a class."""
