"""How the contenders of `./lab bench` are made ready and run: each in a process of its own."""
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BENCH = ROOT / "src" / "bench"
OUT = ROOT / "target" / "bench"

sys.path.insert(0, str(ROOT / "src" / "main" / "python"))
import peers


def compile_java():
    """With JMH and the peers that are in Java, which Maven brings."""
    lib = OUT / "lib"
    if not lib.exists():
        subprocess.check_call([os.environ["TRANSCONV_MVN"], "-q", "-B", "-f", BENCH / "pom.xml",
                               "dependency:copy-dependencies", f"-DoutputDirectory={lib}"])
    shutil.rmtree(OUT / "classes", ignore_errors=True)
    sources = [*BENCH.glob("java/**/*.java"), *BENCH.glob("java-peers/**/*.java")]
    subprocess.check_call([java("javac"), "-nowarn", "--add-modules", "jdk.incubator.vector", "-d", OUT / "classes",
                           "-cp", class_path(), *sources], stderr=subprocess.DEVNULL)


def java(tool):
    return str(Path(os.environ["JAVA_HOME"]) / "bin" / tool)


def class_path():
    # In the order of the class archive, which ./lab makes.
    parts = ROOT / "target" / "transconv.jar", ROOT / "target" / "lib" / "*", OUT / "classes", OUT / "lib" / "*"
    return os.pathsep.join(map(str, parts))


def java_command(main_class, *arguments, options=()):
    chosen = ["--add-modules", "jdk.incubator.vector", "-Djava.awt.headless=true",
              # As ./lab starts the notebooks' kernel.
              "-XX:+UseSerialGC", "-Xms64m", "-Xmx1g",
              f"-XX:SharedArchiveFile={ROOT / 'target' / 'transconv.jsa'}", "-Xlog:cds*=off", *options]
    version = subprocess.run([java("java"), "-version"], capture_output=True, text=True).stderr
    if int(re.search(r'"(\d+)', version).group(1)) >= 24:
        chosen += ["--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"]
    return [java("java"), *chosen, "-cp", class_path(), main_class, *map(str, arguments)]


def python_command(script, *arguments):
    return [str(peers.PYTHON), str(BENCH / "python" / script), *map(str, arguments)]


def run(contender):
    """Its lines, None where it took longer than its limit; the seconds it took; and its peak memory in MB."""
    environment = os.environ | dict(contender.environment)
    environment.pop("MALLOC_ARENA_MAX", None)
    if contender.command[0] == java("java"):
        environment["MALLOC_ARENA_MAX"] = "1"  # As ./lab starts the notebooks' kernel.
    start = time.perf_counter()
    process = subprocess.Popen(contender.command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT,
                               env=environment)
    given_up = []
    alarm = threading.Timer(contender.limit or 0, lambda: (given_up.append(True), process.kill()))
    if contender.limit:
        alarm.start()
    lines = process.stdout.read().splitlines()
    _pid, status, usage = os.wait4(process.pid, 0)
    alarm.cancel()
    if status and not given_up:
        raise SystemExit(f"bench: status {status} of {' '.join(map(str, contender.command))}")
    return None if given_up else lines, time.perf_counter() - start, usage.ru_maxrss / 1024
