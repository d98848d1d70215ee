"""Times this library, and its peers beside it: training, single operations, prediction, growth, cold start.
`./lab bench` runs it.

Contenders take turns (A B C A B C ...), each in a process of its own, so that a machine that drifts drifts for all.
Medians, minima, ratios to the fastest peer and peak memory go to the screen and to target/bench, as JSON, Markdown and
charts.
"""
import argparse
import json
import math
import os
import re
import statistics
from collections import namedtuple
from pathlib import Path

import report
from processes import BENCH, OUT, ROOT, compile_java, java_command, python_command, peers, run

ENGINES = ("onednn", "onednn:BFLOAT16", "vector")
EPOCH = re.compile(r"([\d.]+)s - loss: ([\d.]+).* val_loss: ([\d.]+)")
OPERATIONS = ("forward", "input gradient", "kernel gradient")

# once: too slow to wait for in every round. limit: seconds after which it is given up.
Contender = namedtuple("Contender", "command environment once limit", defaults=((), False, None))


def main():
    options = parse()
    OUT.mkdir(parents=True, exist_ok=True)
    if options.peers:
        peers.install(BENCH / "requirements.txt")
    compile_java()
    for part in options.only or PARTS:
        report.keep(part, options.rounds, PARTS[part](options))
    print(f"written to {OUT}")


def parse():
    parser = argparse.ArgumentParser(prog="./lab bench")
    parser.add_argument("--peers", action="store_true",
                        help="Keras on TensorFlow and JAX, PyTorch, Deeplearning4j and plain ND4J too, set up once")
    parser.add_argument("--rounds", type=int, default=3, help="how often each contender has its turn; default 3")
    parser.add_argument("--only", action="append", choices=PARTS, help="one part; may be given again; default all")
    parser.add_argument("--minutes", type=int, default=10, help="of the part endurance; default 10")
    parser.add_argument("--engines", nargs="+", default=list(ENGINES), metavar="ENGINE[:BFLOAT16]",
                        help="ours; default " + " ".join(ENGINES))
    return parser.parse_args()


def is_peer(name):
    """Of those that multiply floats; the ratios are to the fastest of them."""
    return not name.startswith("transconv") and "bf16" not in name


def training(options):
    """Seconds of the faster of the first two epochs of the autoencoder of notebook 01: for some contenders the first is
    slow, for others the second."""
    folder = Path(os.environ.get("TRANSCONV_DATA", ROOT / "data"))
    folder = folder / "mnist" if (folder / "mnist").is_dir() else folder
    contenders = {f"transconv {engine}": Contender(java_command("AutoencoderEpochs", 2, *engine.split(":")))
                  for engine in options.engines}
    if options.peers:
        contenders["Keras on TensorFlow"] = Contender(python_command("autoencoder_keras.py", folder, 2))
        for name, arguments in (("default", []), ("channels last", ["channels-last"]),
                                ("channels last, compiled", ["channels-last", "compiled"]),
                                ("channels last, bf16", ["channels-last", "bf16"]),
                                ("channels last, compiled, bf16", ["channels-last", "compiled", "bf16"])):
            contenders["PyTorch, " + name] = Contender(
                python_command("autoencoder_pytorch.py", folder, 2, *arguments), once=name == "default")
        contenders["Keras on JAX"] = Contender(
            python_command("autoencoder_keras.py", folder, 2), (("KERAS_BACKEND", "jax"),), True, 300)
        contenders["Deeplearning4j (from 200 digits)"] = Contender(
            java_command("Deeplearning4jEpochs", options=["-Xmx3g"]), (), True, 300)
    return compared("training", "Training, seconds an epoch", options, contenders, faster_epoch)


def faster_epoch(lines, _seconds):
    first, second = EPOCH.findall("\n".join(lines))
    print(f"    {first[0]} s, {second[0]} s, loss {second[1]}, validation loss {second[2]}", flush=True)
    return min(float(first[0]), float(second[0]))


def cold_start(options):
    """Seconds of a process that computes and prints one transposed convolution."""
    contenders = {"transconv": Contender(java_command("ColdStart"))}
    if options.peers:
        contenders |= {"Keras on TensorFlow": Contender(python_command("cold_start_keras.py")),
                       "PyTorch": Contender(python_command("cold_start_pytorch.py"))}
    return compared("cold-start", "Cold start, seconds", options, contenders, lambda _lines, seconds: seconds)


def latency(options):
    """Milliseconds of the autoencoder's prediction of a single image."""
    return compared("latency", "Prediction of one image, milliseconds", options, predictors(options, "1x28"),
                    lambda lines, _seconds: milliseconds(lines)["1x28"])


def predictors(options, *images):
    engines = [engine for engine in options.engines if ":" not in engine]
    contenders = {f"transconv {engine}": Contender(java_command("PredictionSpeed", engine, *images))
                  for engine in engines}
    if options.peers:
        contenders["Keras on TensorFlow"] = Contender(python_command("prediction.py", "keras", *images))
        contenders["PyTorch"] = Contender(python_command("prediction.py", "pytorch", *images))
        contenders["PyTorch, compiled"] = Contender(python_command("prediction.py", "pytorch-compiled", *images))
    return contenders


def milliseconds(lines):
    return {entry["images"]: entry["milliseconds"] for entry in map(json.loads, filter(is_json, lines))}


def is_json(line):
    return line.startswith("{")


def compared(name, title, options, contenders, figure_of):
    figures, memory = {each: [] for each in contenders}, dict.fromkeys(contenders, 0)
    for number in range(options.rounds):
        for each, contender in contenders.items():
            if number == 0 or not contender.once:
                print(f"  round {number + 1}: {each}", flush=True)
                lines, seconds, peak = run(contender)
                if lines is not None:
                    figures[each].append(figure_of(lines, seconds))
                memory[each] = max(memory[each], peak)
    medians = {each: statistics.median(values) for each, values in figures.items() if values}
    fastest = min((median for each, median in medians.items() if is_peer(each)), default=None)
    rows = [[each, f"{min(figures[each]):.3g}", f"{median:.3g}", f"{median / fastest:.2f}" if fastest else "",
             f"{memory[each]:.0f}"] for each, median in sorted(medians.items(), key=lambda item: item[1])]
    rows += [[each, f"over {contender.limit}", "", "", f"{memory[each]:.0f}"]
             for each, contender in contenders.items() if not figures[each]]
    report.table(name, title, ["", "minimum", "median", "of the fastest fp32 peer", "peak MB"], rows)
    report.chart(name, title, title.split(", ")[1], list(medians), {"median": list(medians.values())})
    return {each: {"figures": figures[each], "peak_mb": memory[each]} for each in contenders}


def growth(options):
    """Milliseconds of the autoencoder's prediction over the batch and over the image's area."""
    batches = [1, 4, 16, 64, 256, 1024]
    sizes = [14, 28, 56, 112, 224]
    results = {}
    for name, title, axis, images, x in (
            ("growth-with-batch", "Prediction of 28x28 images", "images", [f"{n}x28" for n in batches], batches),
            ("growth-with-area", "Prediction of 4 images", "pixels of an image", [f"4x{size}" for size in sizes],
             [size * size for size in sizes])):
        contenders = predictors(options, *images)
        taken = {each: [] for each in contenders}
        for _number in range(options.rounds):
            for each, contender in contenders.items():
                taken[each].append(milliseconds(run(contender)[0]))
        series = {each: [statistics.median(round_[at] for round_ in rounds) for at in images]
                  for each, rounds in taken.items()}
        # How often twice the work takes twice the time: 1 is linear growth, over the larger half.
        rows = [[each, *(f"{value:.3g}" for value in values),
                 f"{math.log(values[-1] / values[-3]) / math.log(x[-1] / x[-3]):.2f}"] for each, values in series.items()]
        report.table(name, f"{title}, milliseconds", [axis, *map(str, x), "exponent at the end"], rows)
        report.chart(name, title, "milliseconds", x, series, axis)
        results[name] = {"x": x, "milliseconds": series}
    return results


def operations(options):
    """Milliseconds of single transposed convolutions and their gradients, the shapes of shapes.json."""
    path = BENCH / "shapes.json"
    shapes = json.loads(path.read_text(encoding="utf-8"))
    peaks = {entry["precision"]: entry["gflops"]
             for entry in map(json.loads, filter(is_json, run(Contender(java_command("MachinePeak")))[0]))}
    contenders = {f"transconv {engine}": jmh("TransposedConvolution", len(shapes), path, engine) for engine in options.engines}
    if options.peers:
        for peer in ("pytorch", "pytorch-channels-last", "tensorflow"):
            contenders[peer] = Contender(python_command("transposed_convolutions.py", peer, path))
        contenders["plain ND4J"] = jmh("PlainNd4j", len(shapes), path)._replace(once=True)
    taken = {}
    for number in range(options.rounds):
        for name, contender in contenders.items():
            if number == 0 or not contender.once:
                print(f"  round {number + 1}: {name}", flush=True)
                lines = run(contender)[0]
                for shape, operation, value in by_jmh(shapes) if "jmh" in " ".join(contender.command) else by_peer(lines):
                    taken.setdefault((shape, operation), {}).setdefault(name, []).append(value)
    return operations_table(options, shapes, contenders, taken, peaks)


def jmh(benchmark, count, shapes, engine=None):
    arguments = ["-f", "0", "-rf", "json", "-rff", OUT / "jmh.json", benchmark,
                 "-p", "shape=" + ",".join(map(str, range(count)))]
    arguments += ["-p", f"engine={engine}"] if engine else []
    return Contender(java_command("org.openjdk.jmh.Main", *arguments, options=[f"-Dshapes={shapes}", "-Xmx2g"]))


def by_jmh(shapes):
    """The median call, as the peers' scripts measure it."""
    for entry in json.loads((OUT / "jmh.json").read_text(encoding="utf-8")):
        parameters = entry["params"]
        yield (shapes[int(parameters["shape"])]["name"], parameters["operation"],
               entry["primaryMetric"]["scorePercentiles"]["50.0"])


def by_peer(lines):
    for entry in map(json.loads, filter(is_json, lines)):
        for operation in OPERATIONS:
            if entry[operation] is not None:
                yield entry["name"], operation, entry[operation]


def operations_table(options, shapes, contenders, taken, peaks):
    ratios = {name: [] for name in contenders if name.startswith("transconv")}
    rows = []
    for shape in shapes:
        for operation in OPERATIONS:
            medians = {name: statistics.median(values) for name, values in taken[shape["name"], operation].items()}
            fastest = min((median for name, median in medians.items() if is_peer(name)), default=None)
            for name in ratios if fastest else ():
                ratios[name].append(medians[name] / fastest)
            reached = {name: flops(shape) / median / 1e6 / peaks["FLOAT32"] for name, median in medians.items()}
            best_peer = max((share for name, share in reached.items() if is_peer(name)), default=0)
            rows.append([shape["name"], operation,
                         *(f"{medians[name]:.3f}" if name in medians else "-" for name in contenders),
                         *(f"{medians[name] / fastest:.2f}" if fastest else "" for name in ratios),
                         f"{reached[next(iter(contenders))]:.0%}", f"{best_peer:.0%}" if fastest else ""])
    header = ["shape", "operation", *contenders, *(f"{name} / fastest fp32 peer" for name in ratios),
              "share of the peak, " + next(iter(contenders)), "share, fastest peer"]
    if options.peers:
        rows.append(["geometric mean", "", *[""] * len(contenders),
                     *(f"{statistics.geometric_mean(each):.2f}" for each in ratios.values()), "", ""])
        report.chart("operations", "Time of single operations over the fastest fp32 peer's", "ratio",
                     [f"{row[0]}, {row[1]}" for row in rows[:-1]], ratios)
    report.table("operations", "Transposed convolutions, milliseconds", header, rows,
                 ["Measured peak of this machine: " + ", ".join(f"{value:.0f} GFLOP/s in {name}" for name, value in peaks.items())])
    return {"peaks_gflops": peaks, "milliseconds": [
        {"shape": shape, "operation": operation, "by": by_name} for (shape, operation), by_name in taken.items()]}


def flops(shape):
    """Useful ones of each of the three operations."""
    return (2 * shape["batch"] * shape["in"] * shape["out"] // shape.get("groups", 1)
            * (shape["size"] * shape["kernel"]) ** 2)


def endurance(options):
    """Megabytes of a process that makes, trains and drops models for ten minutes."""
    results = {}
    for engine in (engine for engine in options.engines if ":" not in engine):
        lines = run(Contender(java_command("Endurance", engine, options.minutes)))[0]
        results[engine] = [json.loads(line) for line in filter(is_json, lines)]
        report.table(f"endurance-{engine}", f"Memory of a process that makes and drops models, {engine}",
                     ["minute", "models so far", "resident MB", "of these in use"],
                     [[str(entry["minute"]), str(entry["models"]), f"{entry['resident_mb']:.0f}",
                       f"{entry['in_use_mb']:.0f}"] for entry in results[engine]])
    return results


PARTS = {"training": training, "operations": operations, "latency": latency, "growth": growth, "cold-start": cold_start,
         "endurance": endurance}

if __name__ == "__main__":
    main()
