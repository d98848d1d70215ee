"""Times this library, and its peers beside it: training, single operations, cold start. `./lab bench` runs it.

Contenders take turns (A B C A B C ...), each in a process of its own, so that a machine that drifts drifts for all.
Medians, minima, ratios to the fastest peer and peak memory go to the screen and to target/bench, as JSON and Markdown.
"""
import argparse
import json
import os
import platform
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BENCH = ROOT / "src" / "bench"
OUT = ROOT / "target" / "bench"
PEERS = ROOT / ".peers"
PEERS_PYTHON = PEERS / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
PARTS = ("training", "operations", "cold-start")
ENGINES = ("onednn", "vector", "nd4j")
EPOCH = re.compile(r"([\d.]+)s - loss: ([\d.]+).* val_loss: ([\d.]+)")


def main():
    options = parse()
    OUT.mkdir(parents=True, exist_ok=True)
    if options.peers:
        set_up_peers()
    compile_java()
    for part in options.only or PARTS:
        results = {"training": training, "operations": operations, "cold-start": cold_start}[part](options)
        document = {"machine": machine(), "date": time.strftime("%Y-%m-%d"), "rounds": options.rounds, "results": results}
        (OUT / f"{part}.json").write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    print(f"written to {OUT}")


def parse():
    parser = argparse.ArgumentParser(prog="./lab bench")
    parser.add_argument("--peers", action="store_true", help="Keras on TensorFlow and PyTorch too, set up once")
    parser.add_argument("--rounds", type=int, default=3, help="how often each contender has its turn; default 3")
    parser.add_argument("--only", action="append", choices=PARTS, help="one part; may be given again; default all")
    parser.add_argument("--engines", nargs="+", default=list(ENGINES), help="ours; default " + " ".join(ENGINES))
    return parser.parse_args()


def set_up_peers():
    """Their packages are large, so they have an environment of their own, made when it is asked for."""
    pins = BENCH / "requirements.txt"
    stamp = PEERS / "installed.txt"
    if stamp.exists() and stamp.read_text() == pins.read_text():
        return
    print("setting up the peers (several GB, once) ...", flush=True)
    subprocess.check_call([sys.executable, "-m", "venv", PEERS])
    subprocess.check_call([PEERS_PYTHON, "-m", "pip", "install", "--quiet", "-r", pins])
    stamp.write_text(pins.read_text())


def compile_java():
    subprocess.check_call([java("javac"), "-d", OUT / "classes", "-cp", class_path(), *BENCH.glob("java/*.java"),
                           *(["--add-modules", "jdk.incubator.vector"])], stderr=subprocess.DEVNULL)


def java(tool):
    return str(Path(os.environ["JAVA_HOME"]) / "bin" / tool)


def class_path():
    return os.pathsep.join(map(str, (OUT / "classes", ROOT / "target" / "transconv.jar", ROOT / "target" / "lib" / "*")))


def ours(main_class, *arguments):
    options = ["--add-modules", "jdk.incubator.vector", "-Djava.awt.headless=true", "-Xmx1g"]
    version = subprocess.run([java("java"), "-version"], capture_output=True, text=True).stderr
    if int(re.search(r'"(\d+)', version).group(1)) >= 24:
        options += ["--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"]
    return [java("java"), *options, "-cp", class_path(), main_class, *map(str, arguments)]


def theirs(script, *arguments):
    return [str(PEERS_PYTHON), str(BENCH / "python" / script), *map(str, arguments)]


def run(command):
    """Its lines, the seconds it took, and its peak memory in MB."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT)
    lines = process.stdout.read().splitlines()
    _pid, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"bench: status {status} of {' '.join(command)}")
    return lines, time.perf_counter() - start, usage.ru_maxrss / 1024


def training(options):
    """Seconds of the second epoch of the autoencoder of notebook 01."""
    folder = os.environ.get("TRANSCONV_DATA", str(ROOT / "data" / "mnist"))
    contenders = {f"transconv {engine}": ours("AutoencoderEpochs", 2, engine) for engine in options.engines}
    if options.peers:
        contenders["Keras on TensorFlow"] = theirs("autoencoder_keras.py", folder, 2)
        for name, arguments in (("default", []), ("channels last", ["channels-last"]),
                                ("channels last, compiled", ["channels-last", "compiled"]),
                                ("channels last, bf16", ["channels-last", "bf16"])):
            contenders["PyTorch, " + name] = theirs("autoencoder_pytorch.py", folder, 2, *arguments)
    return compared("Training, seconds an epoch", options, contenders, second_epoch)


def second_epoch(lines, _seconds):
    seconds, loss, validation_loss = EPOCH.findall("\n".join(lines))[1]
    print(f"    {seconds} s, loss {loss}, validation loss {validation_loss}", flush=True)
    return float(seconds)


def cold_start(options):
    """Seconds of a process that computes and prints one transposed convolution."""
    contenders = {"transconv": ours("ColdStart")}
    if options.peers:
        contenders |= {"Keras on TensorFlow": theirs("cold_start_keras.py"), "PyTorch": theirs("cold_start_pytorch.py")}
    return compared("Cold start, seconds", options, contenders, lambda _lines, seconds: seconds)


def compared(title, options, contenders, figure_of):
    figures, memory = {name: [] for name in contenders}, dict.fromkeys(contenders, 0)
    for number in range(options.rounds):
        for name, command in contenders.items():
            print(f"  round {number + 1}: {name}", flush=True)
            lines, seconds, peak = run(command)
            figures[name].append(figure_of(lines, seconds))
            memory[name] = max(memory[name], peak)
    medians = {name: statistics.median(values) for name, values in figures.items()}
    peers = [median for name, median in medians.items() if not name.startswith("transconv") and "bf16" not in name]
    rows = [[name, f"{min(figures[name]):.2f}", f"{median:.2f}", f"{median / min(peers):.2f}" if peers else "",
             f"{memory[name]:.0f}"] for name, median in sorted(medians.items(), key=lambda item: item[1])]
    table(title, ["", "minimum", "median", "of the fastest fp32 peer", "peak MB"], rows)
    return {name: {"seconds": figures[name], "peak_mb": memory[name]} for name in contenders}


def operations(options):
    """Milliseconds of single transposed convolutions and their gradients, the shapes of shapes.json."""
    shapes = BENCH / "shapes.json"
    contenders = {f"transconv {engine}": ours("TransposedConvolutionSpeed", engine, shapes) for engine in options.engines}
    if options.peers:
        for peer in ("pytorch", "pytorch-channels-last", "tensorflow"):
            contenders[peer] = theirs("transposed_convolutions.py", peer, shapes)
    taken = {}
    for number in range(options.rounds):
        for name, command in contenders.items():
            print(f"  round {number + 1}: {name}", flush=True)
            for line in run(command)[0]:
                if line.startswith("{"):
                    entry = json.loads(line)
                    shape = entry.pop("name")
                    for operation, milliseconds in entry.items():
                        taken.setdefault((shape, operation), {}).setdefault(name, []).append(milliseconds)
    rows, ratios = [], {name: [] for name in contenders if name.startswith("transconv")}
    for (shape, operation), by_name in taken.items():
        medians = {name: statistics.median(values) for name, values in by_name.items() if None not in values}
        peers = [median for name, median in medians.items() if name not in ratios]
        fastest = min(peers, default=None)
        if fastest:
            for name in ratios:
                ratios[name].append(medians[name] / fastest)
        rows.append([shape, operation, *(f"{medians[name]:.3f}" if name in medians else "-" for name in contenders),
                     *(f"{medians[name] / fastest:.2f}" if fastest else "" for name in ratios)])
    header = ["shape", "operation", *contenders, *(f"{name} / fastest peer" for name in ratios)]
    if options.peers:
        rows.append(["geometric mean", "", *[""] * len(contenders),
                     *(f"{statistics.geometric_mean(each):.2f}" for each in ratios.values())])
    table("Transposed convolutions, milliseconds", header, rows)
    return [{"shape": shape, "operation": operation, "milliseconds": by_name}
            for (shape, operation), by_name in taken.items()]


def table(title, header, rows):
    """On the screen and, as Markdown, in the folder of results."""
    lines = ["| " + " | ".join(row) + " |" for row in [header, ["---"] * len(header), *rows]]
    text = f"## {title}\n\n{machine()}, {time.strftime('%Y-%m-%d')}\n\n" + "\n".join(lines) + "\n"
    print("\n" + text, flush=True)
    (OUT / (re.sub(r"\W+", "-", title.lower()) + ".md")).write_text(text, encoding="utf-8")


def machine():
    model = platform.processor() or platform.machine()
    try:
        model = re.search(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text()).group(1)
    except (OSError, AttributeError):
        pass
    return f"{os.cpu_count()} cores of {model}, {platform.system()}"


if __name__ == "__main__":
    main()
