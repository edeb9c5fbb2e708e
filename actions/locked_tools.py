"""Makes an environment of hash-locked tools, apart from the project's, and prints its Python.

`locked_tools.py REQUIREMENTS`: the environment lives in the runner's temporary folder, named by the digest of the
requirements and the Python, so a second step of the same job reuses it. uv runs outside of the project, whose index
and overrides are not for these tools; an index for the whole job (UV_DEFAULT_INDEX, the user's uv.toml) is.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from report import UserError, run


def main() -> int:
    requirements = Path(sys.argv[1]).resolve()
    print(environment(requirements))
    return 0


def environment(requirements: Path) -> Path:
    """The Python of an environment that holds exactly the locked requirements."""
    name = hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()[:16]
    folder = Path(os.environ.get("RUNNER_TEMP") or tempfile.gettempdir()) / "tokenledger-tools" / name
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    complete = folder / "complete"
    if not complete.exists():
        uv("venv", "--clear", "--no-project", "--python", sys.executable, str(folder))
        uv("pip", "install", "--python", str(python), "--require-hashes", "--requirements", str(requirements))
        complete.touch()
    return python


def uv(*arguments: str) -> None:
    """Runs uv, quiet on success."""
    command = ["uv", *arguments]
    outside = Path(sys.executable).anchor
    # The caller's choices about its own environment must not reach the one of the tools.
    ours = {"VIRTUAL_ENV", "UV_PROJECT", "UV_WORKING_DIRECTORY", "UV_CONSTRAINT", "UV_OVERRIDE", "UV_EXCLUDE_NEWER"}
    clean = {key: value for key, value in os.environ.items() if key not in ours}
    result = subprocess.run(command, cwd=outside, env=clean, capture_output=True, text=True, encoding="utf-8")
    if result.returncode != 0:
        print(result.stdout, result.stderr, file=sys.stderr)
        raise UserError(
            f"The tools of this action could not be installed (uv {arguments[0]}, exit {result.returncode}); "
            "uv's words are above. Behind a mirror set UV_DEFAULT_INDEX for the job."
        )


if __name__ == "__main__":
    run(main)
