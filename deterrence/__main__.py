"""Run the command line by ``deterrence`` or ``python -m deterrence``."""

from deterrence.interrupts import stopping_in_order


def main() -> None:
    """Run the command line; Ctrl-C is heard while it loads, too."""
    with stopping_in_order():
        from deterrence.cli import main as run

        run()


if __name__ == "__main__":
    main()
