"""What a teacher does after class: a report on the practice of the class, and the questions for other systems."""
