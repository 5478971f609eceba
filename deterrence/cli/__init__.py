"""The command line: one command a file in ``commands/``, what they share beside this file."""

from deterrence.cli.app import app as app
from deterrence.cli.app import main as main
