"""The learner's own start-up files and profile, undone once, when the course is imported: tables look the same for all.

What a learner sets in the notebook afterwards is a wish and holds.
"""

import sys
import warnings

PLOTTING = {"plotting.backend": "matplotlib", "plotting.matplotlib.register_converters": "auto"}


def undo() -> None:
    """Bring the options of pandas, numpy and the notebook's display back to what they are in a new installation.

    Nothing is imported for it: what is not there yet has not been changed.
    """
    if pandas := sys.modules.get("pandas"):
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # some options are on their way out, and say so when they are touched
            for group in ("display", "mode", "future", "compute", "styler"):
                pandas.reset_option(f"^{group}\\.")
            for name, value in PLOTTING.items():
                if pandas.get_option(name) != value:  # to reset it would import matplotlib
                    pandas.set_option(name, value)
    if "IPython" in sys.modules and (shell := sys.modules["IPython"].get_ipython()):
        plain = shell.display_formatter.formatters["text/plain"]
        for name in ("pprint", "max_width", "max_seq_length", "newline", "float_precision"):
            setattr(plain, name, plain.traits()[name].default(plain))
        if shell.ast_node_interactivity != "none":  # as in a sandbox, which shows nothing
            shell.ast_node_interactivity = "last_expr"
    if numpy := sys.modules.get("numpy"):
        numpy.set_printoptions(
            edgeitems=3,
            floatmode="maxprec",
            formatter=None,
            infstr="inf",
            legacy=False,
            linewidth=75,
            nanstr="nan",
            precision=8,
            sign="-",
            suppress=False,
            threshold=1000,
        )
