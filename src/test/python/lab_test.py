"""Tests ./lab: what it finds, what it says when something is missing, and that half-made work is made again."""
import contextlib
import hashlib
import io
import json
import os
import stat
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from lab_script import lab


class LabTest(unittest.TestCase):

    def setUp(self):
        self.replace(say=lambda text: None)
        self.folder = Path(self.enter(tempfile.TemporaryDirectory(prefix="lab ä ")))

    def enter(self, context):
        self.addCleanup(context.__exit__, None, None, None)
        return context.__enter__()

    def replace(self, **constants):
        for name, value in constants.items():
            self.enter(mock.patch.object(lab, name, value))

    def environment(self, **variables):
        self.enter(mock.patch.dict(os.environ, variables))

    def fake_jdk(self, version, compiler=True):
        """A JDK that only tells its version."""
        home = self.folder / f"jdk {version}"
        (home / "bin").mkdir(parents=True)
        specification = "1.8" if version == 8 else version
        self.script(home / "bin" / "java", f"echo '    java.home = {home}'; echo '    java.version = {version}.0.1'; "
                                           f"echo '    java.specification.version = {specification}'")
        if compiler:
            self.script(home / "bin" / "javac", "true")
        return home

    def script(self, path, command):
        path.write_text(f"#!/bin/sh\n{command}\n", encoding="utf-8")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    def trouble(self, function, *arguments):
        with self.assertRaises(lab.Trouble) as caught:
            function(*arguments)
        text = str(caught.exception)
        for part in ("found:", "rule:", "mend:"):
            self.assertIn(part, text)
        return text

    def test_peers_are_asked_for_by_an_option(self):
        self.assertEqual([None, "keras", "all"], [lab.parse(["test", *more]).peers
                                                  for more in ([], ["--peers"], ["--peers=all"])])

    @unittest.skipIf(lab.WINDOWS, "the fake JDK is a shell script")
    def test_jdk_of_java_home_is_taken(self):
        home = self.fake_jdk(21)
        self.environment(JAVA_HOME=str(home))
        self.assertEqual((home, 21, "21.0.1"), tuple(lab.find_jdk()))

    @unittest.skipIf(lab.WINDOWS, "the fake JDK is a shell script")
    def test_old_jdk_is_named_with_the_rule(self):
        for version in (8, 11, 16):
            self.environment(JAVA_HOME=str(self.fake_jdk(version)))
            text = self.trouble(lab.find_jdk)
            self.assertIn(f"Java {version}.0.1", text)
            self.assertIn("17 or later", text)

    @unittest.skipIf(lab.WINDOWS, "the fake JDK is a shell script")
    def test_java_without_compiler_is_refused(self):
        self.environment(JAVA_HOME=str(self.fake_jdk(17, compiler=False)))
        self.assertIn("no compiler", self.trouble(lab.find_jdk))

    def test_java_home_that_does_not_exist_is_named(self):
        self.environment(JAVA_HOME=str(self.folder / "nowhere"))
        self.assertIn(str(self.folder / "nowhere"), self.trouble(lab.find_jdk))

    def test_no_java_at_all(self):
        self.environment(JAVA_HOME="", PATH=str(self.folder))
        self.assertIn("no java on PATH", self.trouble(lab.find_jdk))

    def test_old_python_is_named_with_the_rule(self):
        self.replace(OLDEST_PYTHON=(99, 0))
        self.assertIn("99.0 or later", self.trouble(lab.require_python))

    def test_jvm_options_follow_the_jdk(self):
        newer = {"--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"}
        self.assertFalse(newer & set(lab.jvm_options(lab.Jdk(Path("/jdk"), 17, "17.0.1"))))
        self.assertLessEqual(newer, set(lab.jvm_options(lab.Jdk(Path("/jdk"), 25, "25.0.1"))))

    def test_class_archive_is_used_once_it_is_there_and_made_again_for_another_jdk(self):
        archive = self.folder / "classes.jsa"
        self.replace(CLASSES=archive, CLASSES_STAMP=self.folder / "stamp")
        option = f"-XX:SharedArchiveFile={archive}"
        self.assertNotIn(option, lab.jvm_options(lab.Jdk(Path("/jdk"), 17, "17.0.1")))
        archive.touch()
        self.assertIn(option, lab.jvm_options(lab.Jdk(Path("/jdk"), 17, "17.0.1")))
        lab.write_whole(self.folder / "stamp", "/jdk 17.0.1")
        lab.archive_classes(lab.Jdk(Path("/jdk"), 17, "17.0.1"))
        self.assertTrue(archive.exists())
        java = self.folder / "bin" / ("java" + lab.EXE)
        lab.write_whole(java, "#!/bin/sh\nexit 1\n")
        java.chmod(0o755)
        lab.archive_classes(lab.Jdk(self.folder, 25, "25.0.1"))
        self.assertFalse(archive.exists())

    def test_kernel_is_written_again_when_the_jdk_changes(self):
        self.replace(VENV=self.folder / ".venv", python_home=lambda: self.folder / ".venv")
        kernel = self.folder / ".venv/share/jupyter/kernels/java/kernel.json"
        for home in (self.folder / "jdk 17", self.folder / "jdk ü"):
            lab.write_kernel(lab.Jdk(home, 17, "17.0.1"))
            argv = json.loads(kernel.read_text(encoding="utf-8"))["argv"]
            self.assertEqual(str(home / "bin" / ("java" + lab.EXE)), argv[0])

    def test_unfinished_environment_is_not_used(self):
        venv = self.folder / ".venv"
        self.replace(VENV=venv, VENV_STAMP=venv / "stamp", python_home=lambda: venv)
        self.assertFalse(lab.packages_are_whole())
        lab.python().parent.mkdir(parents=True)
        lab.python().touch()
        self.assertFalse(lab.packages_are_whole())
        lab.write_whole(venv / "stamp", lab.hash_of([lab.PINS, lab.ALL_PINS]))
        self.assertTrue(lab.packages_are_whole())
        lab.write_whole(venv / "stamp", "of other pins")
        self.assertFalse(lab.packages_are_whole())

    def test_changed_source_asks_for_a_new_build(self):
        source = self.folder / "src/main/java/A.java"
        lab.write_whole(self.folder / "pom.xml", "<project/>")
        lab.write_whole(source, "class A {}")
        self.replace(ROOT=self.folder, JAR=self.folder / "a.jar", BUILD_STAMP=self.folder / "stamp")
        lab.write_whole(self.folder / "a.jar", "")
        lab.write_whole(self.folder / "stamp", lab.hash_of(lab.build_inputs()))
        self.assertTrue(lab.build_is_whole())
        lab.write_whole(source, "class A { }")
        self.assertFalse(lab.build_is_whole())

    def test_download_with_another_checksum_is_refused(self):
        source = self.folder / "maven.tar.gz"
        source.write_bytes(b"not Maven")
        text = self.trouble(lab.download, source.as_uri(), self.folder / "received", "0" * 128)
        self.assertIn(hashlib.sha512(b"not Maven").hexdigest(), text)

    def test_download_that_fails_names_the_address(self):
        missing = (self.folder / "missing.tar.gz").as_uri()
        self.assertIn(missing, self.trouble(lab.download, missing, self.folder / "received", "0" * 128))

    def test_missing_network_is_recognised_in_a_log(self):
        log = self.folder / "pip.log"
        log.write_text("Failed to establish a new connection: Name or service not known\nERROR: none found\n")
        self.assertIn("no network", str(lab.failure_of("Python packages", log)))
        log.write_text("ERROR: No matching distribution found for jupyterlab==0.0\n")
        self.assertNotIn("no network", str(lab.failure_of("Python packages", log)))

    def test_a_failed_program_without_closing_line_counts_as_one_failure(self):
        self.replace(environment=lambda jdk: dict(os.environ))
        program = self.folder / "part.py"
        for text, expected in [("print('3 passed, 1 failed'); exit(1)", (3, 1)), ("exit(3)", (0, 1)),
                               ("print('3 passed, 0 failed')", (3, 0)),
                               ("print('3 passed, 0 failed'); exit(1)", (3, 1)),
                               ("print('nothing counted')", (0, 1))]:
            program.write_text(text, encoding="utf-8")
            with contextlib.redirect_stdout(io.StringIO()):
                self.assertEqual(expected, lab.run_part("part", None, [program]), text)

    def test_notebooks_are_chosen_by_number_or_name(self):
        self.replace(NOTEBOOKS=self.folder)
        for name in ("01-autoencoder.ipynb", "02-explained.ipynb"):
            (self.folder / name).touch()
        chosen = lambda *names: [path.name for path in lab.choose_notebooks(names)]
        self.assertEqual(["02-explained.ipynb"], chosen("02"))
        self.assertEqual(["01-autoencoder.ipynb"], chosen("01-autoencoder"))
        self.assertEqual(["01-autoencoder.ipynb", "02-explained.ipynb"], chosen())
        self.assertIn("02-explained", self.trouble(lab.choose_notebooks, ["03"]))

    def test_arguments_after_dashes_go_to_jupyterlab(self):
        self.assertEqual((["test"], []), lab.split_at_dashes(["test"]))
        self.assertEqual(([], ["--no-browser", "--port", "9999"]),
                         lab.split_at_dashes(["--", "--no-browser", "--port", "9999"]))
