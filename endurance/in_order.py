"""A plugin of pytest: notebooks run in the order of the command line, not in that of conftest.py."""

import pytest


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    place = {name: number for number, name in enumerate(config.args)}
    items.sort(key=lambda item: place[str(item.path.relative_to(config.rootpath))])
