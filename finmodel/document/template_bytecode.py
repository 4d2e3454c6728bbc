"""The bytecode of the templates, kept as Python keeps that of modules: in `__pycache__` beside them, where that may be.

To compile them takes some fifty times as long as to read what was compiled before.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket, FileSystemBytecodeCache

from finmodel import __version__

_PATTERN = f"%s.jinja-{jinja2.__version__}.finmodel-{__version__}"  # either may compile one source to other bytecode


class BytecodeBesideTemplates(FileSystemBytecodeCache):
    """Bytecode beside the templates in a folder; none where it cannot be written or read."""

    def __init__(self, templates: Path) -> None:
        super().__init__(str(templates / "__pycache__"), _PATTERN)

    def load_bytecode(self, bucket: Bucket) -> None:
        """What was compiled before, if it can be read."""
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled, unless Python was told to keep no bytecode."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):  # the next start compiles again
                Path(self.directory).mkdir(exist_ok=True)
                super().dump_bytecode(bucket)
