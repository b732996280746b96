"""Build wheel and sdist and test them from an empty folder; exit 1 and say where if one fails.

Each Python named on the command line gets the wheel with the newest dependencies, the first one
also with the lowest versions that pyproject.toml declares. The tests are those of the sdist, run
without its `framing` folder, so that what is tested is what the wheel has installed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

TOOLS = ["numpydoc>=1.8", "pytest>=9.0", "pytest-xdist>=3.6", "hypothesis>=6.120", "openpyxl>=3.1"]


def lowest(pyproject: Path) -> list[str]:
    """Return the lowest declared version of each dependency, as constraints for pip."""
    declared = tomllib.loads(pyproject.read_text("utf-8"))["project"]["dependencies"]
    return [name.replace(">=", "==") for name in declared]


def run(words: list[str | Path], folder: Path) -> bool:
    """Run a command in a folder, with its output shown, and return whether it went well."""
    return subprocess.run([str(word) for word in words], cwd=folder, check=False).returncode == 0


def tested(python: str, folder: Path, wheel: Path, sdist: Path, bounds: list[str]) -> bool:
    """Install the wheel for one Python in an empty folder, and run the sdist's tests on it."""
    folder.mkdir()
    if not run([python, "-m", "venv", folder / "venv"], folder):
        return False
    inside = folder / "venv" / "bin" / "python"
    (folder / "constraints.txt").write_text("\n".join(bounds) + "\n", "utf-8")
    install = [inside, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    only = ["--only-binary", ":all:", "-c", folder / "constraints.txt"]
    if not run([*install, *only, wheel, *TOOLS], folder):
        return False
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    (root,) = folder.glob("media_framing-*")
    shutil.rmtree(root / "framing")
    return run([inside, "-m", "pytest", "-q", "-n", "2", "tests"], root)


def main(pythons: list[str]) -> int:
    """Build, install and test; print a line for each trial, and return 1 if one failed."""
    root = Path(__file__).parent.parent
    results = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if not run([sys.executable, "-m", "build", "--outdir", folder / "dist", root], root):
            return 1
        (wheel,) = (folder / "dist").glob("*.whl")
        (sdist,) = (folder / "dist").glob("*.tar.gz")
        trials = [(pythons[0], "lowest"), *((python, "newest") for python in pythons)]
        for place, (python, versions) in enumerate(trials):
            bounds = lowest(root / "pyproject.toml") if versions == "lowest" else []
            passed = tested(python, folder / str(place), wheel, sdist, bounds)
            results.append(f"{python}, {versions} dependencies: {'passed' if passed else 'FAILED'}")
    sys.stdout.write("\n".join(results) + "\n")
    return int(any(line.endswith("FAILED") for line in results))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["python3.11", "python3.12", "python3.13"]))
