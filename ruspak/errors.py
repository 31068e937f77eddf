"""The one kind of error that the course raises on purpose."""


class CourseError(Exception):
    """Something the reader can mend: the message names the place, what is wrong and what to do.

    In a notebook it is shown as that message alone, without a traceback.
    """

    def _render_traceback_(self):  # IPython asks for this name
        return [f"{type(self).__name__}: {self}"]
