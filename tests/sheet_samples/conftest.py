"""The sample notebooks are material for tests, not notebooks to prove."""
collect_ignore_glob = ["*.ipynb"]
