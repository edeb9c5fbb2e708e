/**
 * Runs `bump-my-version bump` in its own Python and writes what came of it as JSON. The tool has no option that turns hooks
 * off, and its settings for them in the environment do not count; so the one function that runs them is replaced. It has no
 * output to read the versions from either: they are taken where it computes them.
 *
 * Arguments: the report's path, the root that the tool must stay in, `hooks` or `no-hooks`, the tool's own.
 */
export const DRIVER = `
import json
import os
import sys
from importlib import import_module

import click
from bumpversion import bump, files, hooks
from bumpversion.cli import cli
from bumpversion.context import get_context

command = import_module("bumpversion.commands.bump")
report_path, root, wish, *arguments = sys.argv[1:]
root = os.path.realpath(root)
report = {"hooks": []}
bump_of_tool = bump.do_bump
next_of_tool = bump.get_next_version
modify_of_tool = files.modify_files


def require_inside(path):
    if os.path.commonpath([root, os.path.realpath(path)]) != root:
        raise click.UsageError(f"{path} is outside of the repository")


def do_bump(part, new_version, config, config_file=None, dry_run=False):
    if config_file:
        require_inside(config_file)
    elif any(argument.startswith("--config-file=") for argument in arguments):
        raise click.UsageError("the file of --config-file has no table [tool.bumpversion]")
    report["hooks"] = [*config.setup_hooks, *config.pre_commit_hooks, *config.post_commit_hooks]
    bump_of_tool(part, new_version, config, config_file, dry_run)


def get_next_version(current, config, part, new_version):
    if new_version and config.version_config.parse(new_version) is None:
        raise click.UsageError(f"{new_version} is no version that parse reads: {config.parse}")
    found = next_of_tool(current, config, part, new_version)
    report["current"] = config.current_version
    report["next"] = config.version_config.serialize(found, get_context(config))
    return found


def modify_files(configured, *rest):
    for file in configured:
        require_inside(file.file_change.filename)
    modify_of_tool(configured, *rest)


command.do_bump = do_bump
bump.get_next_version = get_next_version
files.modify_files = modify_files
if wish != "hooks":
    hooks.run_hooks  # an AttributeError when there is nothing to replace, so that none is run
    hooks.run_hooks = lambda *scripts, **options: None

try:
    cli.main(["bump", *arguments], "bump-my-version", standalone_mode=False)
except click.ClickException as error:
    report["failure"] = error.format_message()
except Exception as error:
    report["failure"] = f"{type(error).__name__}: {error}"

with open(report_path, "w", encoding="utf-8") as file:
    json.dump(report, file)
`
