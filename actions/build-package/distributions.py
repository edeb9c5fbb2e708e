"""Reads a built wheel and sdist as plain values: members, metadata and digests. Nothing is unpacked to disk."""

import hashlib
import tarfile
import zipfile
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from pathlib import Path, PurePosixPath

from report import UserError


@dataclass(frozen=True)
class Distribution:
    """A wheel or an sdist. `members` maps each file's path in the archive to its content, in archive order."""

    path: Path
    members: dict[str, bytes]
    duplicates: list[str]
    metadata: Message
    # The folder that holds the metadata: `name-1.0.dist-info` in a wheel, `name-1.0` in an sdist.
    root: str

    @property
    def size(self) -> int:
        return self.path.stat().st_size

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.path.read_bytes()).hexdigest()


def read_built(folder: Path) -> tuple[Distribution, Distribution]:
    """The wheel and the sdist of a folder that holds exactly one of each."""
    wheels, sdists = sorted(folder.glob("*.whl")), sorted(folder.glob("*.tar.gz"))
    if len(wheels) != 1 or len(sdists) != 1:
        names = ", ".join(path.name for path in wheels + sdists) or "nothing"
        raise UserError(f"The build has to leave one wheel and one sdist (.tar.gz); it left {names}.")
    return read_wheel(wheels[0]), read_sdist(sdists[0])


def read_wheel(path: Path) -> Distribution:
    try:
        with zipfile.ZipFile(path) as archive:
            names = [entry.filename for entry in archive.infolist() if not entry.is_dir()]
            members = {name: archive.read(name) for name in names}
    except zipfile.BadZipFile as error:
        raise UserError(f"{path.name} is no readable wheel: {error}.") from error
    return distribution(path, names, members, "*.dist-info/METADATA")


def read_sdist(path: Path) -> Distribution:
    try:
        with tarfile.open(path) as archive:
            files = [entry for entry in archive.getmembers() if entry.isfile()]
            members = {entry.name: archive.extractfile(entry).read() for entry in files}
    except tarfile.TarError as error:
        raise UserError(f"{path.name} is no readable sdist: {error}.") from error
    return distribution(path, [entry.name for entry in files], members, "*/PKG-INFO")


def distribution(path: Path, names: list[str], members: dict[str, bytes], pattern: str) -> Distribution:
    depth = len(PurePosixPath(pattern).parts)
    found = [name for name in members if PurePosixPath(name).match(pattern) and name.count("/") == depth - 1]
    if len(found) != 1:
        raise UserError(f"{path.name} has to hold exactly one {pattern}; it holds {len(found)}.")
    return Distribution(
        path=path,
        members=members,
        duplicates=sorted({name for name in names if names.count(name) > 1}),
        metadata=BytesParser().parsebytes(members[found[0]], headersonly=True),
        root=found[0].split("/")[0],
    )
