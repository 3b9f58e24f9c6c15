"""The command line: a page with each command's help."""

from typing import Any

from tools.pages.text import NOTE

WIDTH = 100


def command_help() -> dict[str, str]:
    """Return the help of every command, as `--help` prints it on a terminal of 100 columns."""
    from typer.main import get_command

    from orientalis.cli.app import app

    root: Any = get_command(app)
    options = {"terminal_width": WIDTH, "max_content_width": WIDTH, "help_option_names": ["-h", "--help"]}
    top = root.context_class(root, info_name="orientalis", **options)
    found = {"orientalis": root.get_help(top)}
    for name, command in root.commands.items():
        found[name] = command.get_help(command.context_class(command, info_name=name, parent=top, **options))
    return {name: "\n".join(line.rstrip() for line in text.splitlines()) for name, text in found.items()}


def page() -> str:
    """Return `docs/reference/commands.md`."""
    lines = ["# Commands", NOTE, "What each command says with `--help`. Exit statuses: [runs](../runs.md)."]
    for name, text in command_help().items():
        lines += [f"## {name}", f"```text\n{text}\n```"]
    return "\n\n".join(lines) + "\n"
