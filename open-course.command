#!/bin/sh
# Double-click (macOS, Linux): opens the course in JupyterLab. Needs Python 3.11 or newer.
cd "$(dirname "$0")" && exec python3 course.py lab
