"""An interactive figure: menus that redraw it, with a meaningful first picture where no kernel runs."""

import html
from collections.abc import Callable

import ipywidgets
from IPython.display import display
from matplotlib.figure import Figure

from ruspak.figures.show import Picture

UNSEEN = "position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)"  # for screen readers: the new values


class Explorer(ipywidgets.VBox):
    """Menus above a figure. Its stored form is the default figure."""

    def __init__(self, draw: Callable[..., tuple[Figure, str]], **choices):
        self._draw = draw
        self.controls = {name: _control(name, options) for name, options in choices.items()}
        self._figure = ipywidgets.HTML()
        self._status = ipywidgets.HTML()
        self._status.add_class("ruspak-status")
        for control in self.controls.values():
            control.observe(self._changed, "value")
        self.default = self._redraw()
        menus = ipywidgets.Box([*self.controls.values()], layout={"flex_flow": "row wrap"})
        super().__init__([menus, self._figure, self._status])

    def _changed(self, _) -> None:
        """Draw the new choice; one that can't be drawn is told on the page, where the old picture would mislead."""
        try:
            self._redraw()
        except Exception as error:
            self._figure.value = (
                f'<p role="alert">This choice could not be drawn: {html.escape(str(error))}</p>'
            )
            self._status.value = ""

    def _redraw(self) -> Picture:
        picture = Picture(*self._draw(**{name: control.value for name, control in self.controls.items()}))
        self._figure.value = picture.html()
        self._status.value = f'<p role="status" style="{UNSEEN}">{html.escape(picture.alt)}</p>'
        return picture

    def _repr_mimebundle_(self, **kwargs):
        bundle = super()._repr_mimebundle_(**kwargs)
        return {**bundle, "text/html": self.default.html(), "text/plain": self.default.alt}


def _control(name: str, options):
    """A labelled menu for a list or dictionary of options, a tick box for a bool."""
    words = name.replace("_", " ").capitalize()
    style = {"style": {"description_width": "initial"}, "layout": {"width": "auto", "max_width": "100%"}}
    if isinstance(options, bool):
        return ipywidgets.Checkbox(options, description=words, indent=False, **style)
    return ipywidgets.Dropdown(options=options, description=words, **style)


def explore(draw: Callable[..., tuple[Figure, str]], **choices) -> None:
    """Show a figure with one menu for each keyword: `explore(draw, country=["IND", "USA"], decade={"1950s": 1950})`.

    draw takes the chosen values by name and returns (figure, alternative text). The first option of each menu is the
    picture that is stored. A list or dictionary gives a menu, a bool a tick box.
    """
    from ruspak.alive import tell_alive

    explorer = Explorer(draw, **choices)
    tell_alive(explorer.model_id)
    display(explorer)
