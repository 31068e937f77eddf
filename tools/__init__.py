"""What the commands of course.py run. environment, launcher, layout and settings need nothing but Python's
own library.
"""
