"""Run the command line by ``python -m deterrence``."""

from deterrence.cli import main

main()
