"""The child of ``sandbox.py``: runs one parser of ours over one foreign file, in a process that can do nothing else.

Started as a script, without Django. Memory and time are limited before the parser is even imported; after that no file
and no socket can be opened any more (the kernel refuses every new descriptor). Takes the file on standard input, writes
one JSON object to standard output: ``{"result": …}`` or ``{"refused": code, "params": {…}}``.
"""

import importlib
import json
import resource
import sys
from pathlib import Path

MEMORY = 512 * 1024 * 1024
SECONDS = 10
MOST_OUTPUT = 8 * 1024 * 1024


def main(target: str, options: str) -> None:
    """``target``: ``package.module:function``, called with the bytes and the options (JSON) by name."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from qms.evidence.foreign import NotReadable

    module, _, name = target.partition(":")
    parse = getattr(importlib.import_module(module), name)
    data = sys.stdin.buffer.read()
    "".encode("cp437")  # zipfile asks for it later, when no file can be opened any more
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    try:
        answer = json.dumps({"result": parse(data, **json.loads(options))})
        if len(answer) > MOST_OUTPUT:
            raise NotReadable("too_complex")
    except NotReadable as refusal:
        answer = json.dumps({"refused": refusal.code, "params": refusal.params})
    except (MemoryError, RecursionError):
        answer = json.dumps({"refused": "too_complex", "params": {}})
    sys.stdout.write(answer)


if __name__ == "__main__":
    main(*sys.argv[1:])
