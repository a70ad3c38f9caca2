"""Run a Python module and end with the process that started it.

usage: with-parent.py MODULE [ARGUMENT ...]
Closing stdin, also by the parent's sudden death, ends the run at once.
"""
import os
import runpy
import sys
import threading

WATCHED = os.dup(0)  # the module gets an empty stdin of its own
os.dup2(os.open(os.devnull, os.O_RDONLY), 0)


def end_with_parent():
    while os.read(WATCHED, 1024):
        pass
    os._exit(1)


threading.Thread(target=end_with_parent, daemon=True).start()
# without the script's own folder, as `python -m` without the current one
sys.path.pop(0)
sys.argv = sys.argv[1:]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
