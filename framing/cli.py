"""The command `framing`."""

from __future__ import annotations

import argparse
import re
import signal
import sys
from collections.abc import Sequence

DESCRIPTION = """\
Show how news sources frame the same world: which words, topics and names
mark each source, as tables and as charts for papers."""

EPILOG = """\
examples:
  framing report                       the news corpus, fetched once
  framing report my-articles/          your own articles
  framing report sample                120 invented articles, without a network
  framing reproduce study.zip          draw the figures of a bundle again
  framing report --help                all that a report takes"""

REPORT = """\
Run the notebooks on a set of articles and write what they show: a page that
needs no network, the figures (PDF, PNG, their tables and settings) and the
tables (CSV). A run that fails or is interrupted leaves nothing behind, and an
earlier report as it was."""

REPORT_EPILOG = """\
what is written:
  OUT/index.html       the whole report on one page
  OUT/figures/         each figure as PDF and PNG, its table, its settings
  OUT/tables/          the tables as CSV, safe to open in a spreadsheet

exit codes:
  0  the report is written
  1  a notebook failed; the message names the cell and the cause
  2  wrong arguments, or articles that cannot be read
  130  interrupted

examples:
  framing report
  framing report articles.csv --out results/first
  framing report zeitungen.csv --column text=Artikeltext --date-order dmy"""

REPRODUCE = """\
Check a replication bundle against its checksums, draw its figures again, and
say of each whether it is the same. Nothing in the bundle is run."""

REPRODUCE_EPILOG = """\
what is said of a figure:
  identical      all pictures are the same, byte for byte
  same numbers   the same rows are shown; the bytes differ, and why
  differs        other numbers are shown; which, and where
  not redrawn    the bundle says why it cannot be

exit codes:
  0  no figure shows other numbers
  1  a figure shows other numbers, or cannot be drawn
  2  wrong arguments, or a file that is no bundle, is damaged or was changed
  130  interrupted

examples:
  framing reproduce study.zip
  framing reproduce study.zip --out redrawn"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command.

    Parameters
    ----------
    argv
        The arguments after the name of the command; None takes those of this process.

    Returns
    -------
    int
        0 where all went well, 1 where a run failed, 2 where the articles cannot be read or the
        folder cannot be written, 130 where it was interrupted.

    Raises
    ------
    SystemExit
        With 2 for wrong arguments, and with 0 after `--help` or `--version`.
    """
    parser = _parser()
    chosen = parser.parse_args(argv)
    if chosen.command is None:
        parser.error("name a command: report, reproduce")
    return _report(chosen) if chosen.command == "report" else _reproduce(chosen)


def _parser() -> argparse.ArgumentParser:
    """Return the parser of the command and its subcommands."""
    from framing import __version__

    form = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(
        prog="framing", description=DESCRIPTION, epilog=EPILOG, formatter_class=form
    )
    parser.add_argument("--version", action="version", version=f"framing {__version__}")
    commands = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND")
    report = commands.add_parser(
        "report",
        help="write a report on a set of articles",
        description=REPORT,
        epilog=REPORT_EPILOG,
        formatter_class=form,
    )
    report.add_argument(
        "articles",
        nargs="?",
        metavar="ARTICLES",
        help="a folder or file of articles: text, CSV, TSV, JSON, JSON Lines, Parquet or Excel, "
        "also in .gz, .zip, .xz or .zst; or the word sample for the bundled invented articles "
        "(a folder or file of that name comes first). "
        "Without it: what the environment variable FRAMING_ARTICLES names, else 3,824 articles of "
        "nine outlets, of which 3,788 have a text, fetched once, or the sample where that is "
        "impossible",
    )
    report.add_argument(
        "--out",
        default="report",
        metavar="FOLDER",
        help="the folder to write (default: report); an earlier report in it is replaced, "
        "a folder with other files in it is refused",
    )
    _add_reading(report)
    _add_reproduce(commands)
    return parser


def _add_reproduce(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the subcommand `reproduce`."""
    reproduce = commands.add_parser(
        "reproduce",
        help="draw the figures of a replication bundle again",
        description=REPRODUCE,
        epilog=REPRODUCE_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    reproduce.add_argument("bundle", metavar="BUNDLE", help="the .zip file")
    reproduce.add_argument(
        "--out",
        metavar="FOLDER",
        help="where to write what is drawn; files of the same names are replaced. Without it "
        "nothing is written",
    )


def _add_reading(report: argparse.ArgumentParser) -> None:
    """Add the options that say how to read articles of one's own."""
    from framing.readers.columns import STANDARD
    from framing.readers.dates import ORDERS

    reading = report.add_argument_group("your own articles, where the files do not say it")
    reading.add_argument(
        "--column",
        action="append",
        default=[],
        type=_column,
        metavar="OURS=YOURS",
        help="which column of your files is meant, as in text=Artikeltext; may be given several "
        f"times. OURS is one of {', '.join(STANDARD)}",
    )
    reading.add_argument(
        "--date-order",
        choices=ORDERS,
        help="whether 3/4/2017 is 3 April (dmy) or 4 March (mdy)",
    )
    reading.add_argument(
        "--source", metavar="NAME", help="the source of articles that do not name theirs"
    )
    reading.add_argument(
        "--encoding", metavar="NAME", help="the encoding of the files, such as cp1252"
    )


def _column(given: str) -> tuple[str, str]:
    """Return the file's name and the toolkit's of an option such as `text=Artikeltext`."""
    from framing._checks import close_match, listing
    from framing.readers.columns import STANDARD

    ours, equals, yours = (part.strip() for part in given.partition("="))
    if ours in STANDARD and yours:
        return yours, ours
    if not (equals and ours and yours):
        msg = f"{given!r} is not two names with = between. Write for example text=Artikeltext."
    elif yours in STANDARD:
        msg = f"the toolkit's name comes first. Write {yours}={ours}."
    else:
        msg = (
            f"{ours!r} is not a column of the toolkit. It has {listing(STANDARD)}."
            f"{close_match(ours, STANDARD)}"
        )
    raise argparse.ArgumentTypeError(msg)


def _report(chosen: argparse.Namespace) -> int:
    """Build the report and say where it is, or what went wrong."""
    from framing.report import ReportError, build_report

    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        written = build_report(
            chosen.articles,
            out=chosen.out,
            columns=dict(chosen.column),
            source=chosen.source,
            date_order=chosen.date_order,
            encoding=chosen.encoding,
        )
    except KeyboardInterrupt:
        print("\nframing report: interrupted. Nothing was written.", file=sys.stderr)
        return 130
    except (FileNotFoundError, ValueError) as error:
        print(f"framing report: error: {_as_options(str(error))}", file=sys.stderr)
        return 2
    except (ReportError, OSError) as error:
        said = str(error) if isinstance(error, ReportError) else f"framing report: {error}"
        print(f"{said}\n\nNothing was written to {chosen.out}.", file=sys.stderr)
        return 1
    finally:
        signal.signal(signal.SIGTERM, before)
    print(f"The report is in {written}")
    return 0


def _reproduce(chosen: argparse.Namespace) -> int:
    """Draw the figures of a bundle again and say what differs."""
    import os

    os.environ.setdefault("MPLBACKEND", "agg")
    from framing.bundle import reproduce

    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        table = reproduce(chosen.bundle, out=chosen.out)
    except KeyboardInterrupt:
        print("\nframing reproduce: interrupted.", file=sys.stderr)
        return 130
    except (ValueError, OSError) as error:
        said = str(error).removeprefix("reproduce: ")
        print(f"framing reproduce: error: {said}", file=sys.stderr)
        return 2
    finally:
        signal.signal(signal.SIGTERM, before)
    wide = max([len(name) for name in table["figure"]], default=0)
    for row in table.to_dict("records"):
        what = row["what"]
        if row["status"] == "identical":
            what = f"{row['n_identical']} of {row['n_files']} pictures, {row['n_rows']} rows"
        print(f"{row['figure']:<{wide}}  {row['status']:<12}  {what}")
    found = table["status"].value_counts()
    counts = ", ".join(f"{n} {status}" for status, n in found.items()) or "none"
    print(f"Figures: {counts}.")
    return int("differs" in found)


def _as_options(message: str) -> str:
    """Return a message with the options of the command instead of Python's arguments."""
    said = re.sub(r"^(framing report|load_articles): ", "", message)
    said = re.sub(r"^read_articles\((.*?)\): ", r"\1: ", said)
    said = re.sub(r"\bcolumns=\{'([^']+)': '([^']+)'\}", r"--column \2='\1'", said)
    return re.sub(r"\bdate_order=(['\"])(\w+)\1", r"--date-order \2", said)


if __name__ == "__main__":
    sys.exit(main())
