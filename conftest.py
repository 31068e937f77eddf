"""For all tests: shared fixtures, and a progress folder that is not the reader's own."""
import os
import tempfile

os.environ["RUSPAK_PROGRESS"] = tempfile.mkdtemp(prefix="ruspak-tests-")

pytest_plugins = ["browser"]
