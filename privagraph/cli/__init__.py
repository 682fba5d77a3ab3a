"""The command line: one group, one module a command.

A command ``NAME`` is the click command ``command`` of the module ``privagraph/cli/NAME_command.py``; the
module is imported when the command is called, so that no command pays for the others. What they share is
here:

* data goes to standard output, everything else to standard error;
* exit code 0: fine; 1: there are findings; 2: what was given cannot be used; 3: a bug of ours;
  130: interrupted; 141: the reader of our output went away (as for any program that a closed pipe ends);
* an error on purpose (:class:`~privagraph.errors.PrivagraphError`) is one line, without a traceback. Set
  ``PRIVAGRAPH_TRACEBACK=1`` to see where any error comes from.
"""

from __future__ import annotations

import gc
import importlib
import os
import pkgutil
import signal
import sys
import traceback
from collections.abc import Sequence
from typing import Any, NoReturn

import click

from privagraph._version import __version__
from privagraph.errors import PrivagraphError
from privagraph.ontology.shown import one_line

__all__ = ["EXIT_BUG", "EXIT_FINDINGS", "EXIT_INPUT", "cli", "main"]

EXIT_FINDINGS = 1
"""The command worked, and what it looked at is not as it should be."""
EXIT_INPUT = 2
"""What was given cannot be used."""
EXIT_BUG = 3
"""The program failed where it should not."""
_EXIT_INTERRUPTED = 130
_EXIT_BROKEN_PIPE = 141

_ORDER = (
    *("map", "query", "ask", "explain", "validate", "compare", "diff", "network"),
    *("report", "serve", "review", "export", "load", "terms", "reason"),
)
_SUFFIX = "_command"

_EPILOG = """\b
Examples:
  privagraph map policy.html --output graph
  privagraph map policies/ --output graph.trig
  privagraph query practices --graph graph --format csv
  privagraph validate --graph graph
  privagraph report graph --output report.html
  privagraph serve --graph graph

\b
Exit codes:
  0 fine   1 findings   2 input cannot be used   3 a bug of ours   130 interrupted
"""


class CommandLine(click.Group):
    """The group; it finds its commands by the names of the modules beside it."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in the order in which they are used."""
        found = {
            module.name.removesuffix(_SUFFIX)
            for module in pkgutil.iter_modules(__path__)
            if module.name.endswith(_SUFFIX)
        }
        return [name for name in _ORDER if name in found] + sorted(found.difference(_ORDER))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = importlib.import_module(f"{__name__}.{cmd_name}{_SUFFIX}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments call; a name that is none is answered with the nearest ones."""
        import difflib

        names = self.list_commands(ctx)
        if args and args[0] not in names and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], names, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"the commands are {', '.join(names)}."
            ctx.fail(f"no command {args[0]!r}; {hint}")
        return super().resolve_command(ctx, args)

    def main(  # type: ignore[override]  # click overloads it by standalone_mode; this one never returns
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        **extra: Any,  # what click's own main takes, handed through unseen
    ) -> NoReturn:
        """Run the command line and leave with its exit code; errors become one line on standard error."""
        extra["standalone_mode"] = False
        try:
            code = super().main(args=args, prog_name=prog_name or "privagraph", **extra)
            sys.stdout.flush()
            sys.exit(code if isinstance(code, int) else 0)
        except click.Abort:
            _complain("interrupted")
            sys.exit(_EXIT_INTERRUPTED)
        except click.exceptions.NoArgsIsHelpError as error:
            error.show()
            sys.exit(EXIT_INPUT)
        except click.ClickException as error:
            context = getattr(error, "ctx", None)
            where = context.command_path if context else "privagraph"
            _complain(f"{error.format_message()} Try `{where} --help`.")
            sys.exit(EXIT_INPUT)
        except PrivagraphError as error:
            _complain(str(error))
            sys.exit(EXIT_INPUT)
        except BrokenPipeError:
            _leave_pipe()
            sys.exit(_EXIT_BROKEN_PIPE)
        except Exception as error:  # noqa: BLE001  # the one place where a bug of ours becomes an exit code
            from privagraph.queries.folders import NO_ROOM

            if isinstance(error, OSError) and error.errno in NO_ROOM:
                _leave_pipe()
                _complain(
                    f"nothing more can be written ({error.strerror}); make room, or choose another place"
                )
                sys.exit(EXIT_INPUT)
            _complain(
                f"internal error: {type(error).__name__}: {error}; this is a bug: please report it with what "
                "PRIVAGRAPH_TRACEBACK=1 shows"
            )
            sys.exit(EXIT_BUG)

    def invoke(self, ctx: click.Context) -> Any:  # click's own type
        """Run the command; a closed pipe is kept from click, which would call it a finding (exit code 1)."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            _leave_pipe()
            ctx.exit(_EXIT_BROKEN_PIPE)
        return result


def _complain(message: str) -> None:
    """Say what went wrong, in one line, with the traceback above it when that is asked for."""
    if os.environ.get("PRIVAGRAPH_TRACEBACK"):
        traceback.print_exc()
    click.echo("privagraph: " + one_line(message), err=True)


def _leave_pipe() -> None:
    """Point standard output at nothing, so that Python's last flush does not fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


@click.group(
    "privagraph", cls=CommandLine, epilog=_EPILOG, context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(__version__, prog_name="privagraph")
def cli() -> None:
    """Turn privacy policies into a knowledge graph of the practices that they state.

    Every fact of the graph points at the words that state it. The graph speaks the Data Privacy Vocabulary
    (DPV), and can be checked with SHACL and asked with SPARQL.
    """


def main() -> NoReturn:
    """Entry point of the program ``privagraph``."""
    gc.set_threshold(
        50_000, 20, 50
    )  # most objects live as long as their policy: looking for dead ones costs a tenth
    signal.signal(
        signal.SIGTERM, signal.default_int_handler
    )  # who is asked to end ends in order, as on Ctrl-C
    cli.main()
