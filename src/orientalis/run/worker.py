"""A worker process: `python -m orientalis.run.worker`, driven over its standard input and output.

Frames are an 8-byte length and a pickle. The first frame in is the parent's import path; the first frame out says that
the worker is up. A closed input means that the parent is gone: the worker ends at once, in the midst of a batch too.
"""

import os
import pickle
import queue
import struct
import sys
import threading
from typing import Any, BinaryIO

_LENGTH = struct.Struct("<Q")


def write_frame(stream: BinaryIO, content: object) -> None:
    """Write one object."""
    data = pickle.dumps(content, protocol=pickle.HIGHEST_PROTOCOL)
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def read_frame(stream: BinaryIO) -> Any:
    """Read one object; EOFError when the other side is gone."""
    return pickle.loads(_read(stream, _LENGTH.unpack(_read(stream, _LENGTH.size))[0]))


def main() -> None:
    """Run tasks until the parent closes the input."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever a library prints must not mix with the frames
    sys.path[:] = read_frame(sys.stdin.buffer)
    from orientalis.run.task import run_task

    tasks: queue.Queue[Any] = queue.Queue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, tasks), daemon=True).start()
    answer: object = "ready"
    while True:
        try:
            write_frame(answers, answer)
        except OSError:  # the parent is gone, and nobody is left to be told
            os._exit(0)
        answer = run_task(tasks.get())


def _listen(stream: BinaryIO, tasks: "queue.Queue[Any]") -> None:
    try:
        while True:
            tasks.put(read_frame(stream))
    except EOFError:
        os._exit(0)
    except BaseException:  # the other thread would wait for ever
        sys.excepthook(*sys.exc_info())
        os._exit(1)


def _read(stream: BinaryIO, length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data


if __name__ == "__main__":
    main()
