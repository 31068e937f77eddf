@echo off
rem Double-click: opens the course in JupyterLab. Needs Python 3.11 or newer from python.org.
cd /d "%~dp0"
where py >nul 2>nul
if errorlevel 1 (python course.py lab) else (py -3 course.py lab)
pause
