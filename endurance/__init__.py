"""What tries to break the course: `make endure` (under an hour), `make endure-long` (hours), results in
benchmarks/ENDURANCE.md. Linux only, as are bubblewrap and SIGKILL.
"""
