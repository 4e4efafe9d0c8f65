"""Asks pyx12 about X12 files: a path a line on standard input, an answer a line on standard output.

An answer is a JSON object: "accepted", what pyx12 returns for the file; "report", its JSON report
(null where it makes none); "failure", what it raised, if it did. pyx12 reads its maps anew for each
file, which takes longer than the file: here each map is read once. It keeps no count in a map.
"""

import functools
import io
import json
import logging
import sys

import pyx12.map_if
import pyx12.params
import pyx12.x12n_document

logging.getLogger("pyx12").setLevel(logging.CRITICAL)
pyx12.map_if.load_map_file = functools.lru_cache(maxsize=None)(pyx12.map_if.load_map_file)
PARAM = pyx12.params.params(None)


def ask(path):
    report = io.StringIO()
    accepted = pyx12.x12n_document.x12n_document(
        param=PARAM, src_file=path, fd_997=None, fd_html=None, fd_json=report
    )
    text = report.getvalue()
    return {"accepted": accepted, "report": json.loads(text) if text else None}


for line in sys.stdin:
    try:
        answer = ask(line.rstrip("\n"))
    except Exception as error:  # A file on which pyx12 fails is a file that it does not accept.
        answer = {"accepted": False, "report": None, "failure": repr(error)}
    print(json.dumps(answer))
