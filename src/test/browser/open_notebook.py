"""Opens a notebook in JupyterLab in a real browser, runs all of its cells, and looks at what a reader would see.

usage: open_notebook.py [--notebook NAME] [--width PIXELS] [--browser PROGRAM]

Starts './lab' itself, on a copy of the notebooks, so that nothing is saved over them. Screenshots and the log are left
in target/browser. Ends with the line 'N passed, N failed'; without a Chromium or Chrome it says so and tests nothing.
"""
import argparse
import importlib.util
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "target" / "browser"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
            r"C:\Program Files\Google\Chrome\Application\chrome.exe"]
START_SECONDS = 60
RUN_SECONDS = 300

# Keeps every value that a progress element ever had: a screenshot could miss them all.
WATCH_PROGRESS = """() => {
    window.progressSeen = new Set();
    const look = () => document.querySelectorAll('.jp-OutputArea .transconv-progress').forEach(
        element => window.progressSeen.add(element.outerHTML + element.innerText));
    new MutationObserver(look).observe(document.body,
        {subtree: true, childList: true, attributes: true, characterData: true});
}"""


def find_browser(asked):
    names = [asked, os.environ.get("TRANSCONV_BROWSER")] if asked or "TRANSCONV_BROWSER" in os.environ else BROWSERS
    return next((path for path in (shutil.which(name) for name in names if name) if path), None)


def install_playwright():
    if importlib.util.find_spec("playwright") is None:
        pins = Path(__file__).with_name("requirements.txt")
        subprocess.run([sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "-r", pins],
                       check=True)


def find_notebook(name):
    return next((path for path in sorted((ROOT / "notebooks").glob("*.ipynb")) if path.stem.startswith(name)), None)


class Lab:
    """A './lab' on a copy of the notebooks; ends with the block that opened it."""

    def __init__(self, notebook):
        shutil.rmtree(FOLDER, ignore_errors=True)
        shutil.copytree(ROOT / "notebooks", FOLDER / "notebooks")
        clear_outputs(FOLDER / "notebooks" / notebook)
        keep_all_cells_in_the_page(FOLDER / "settings")
        self.port = free_port()
        self.log = FOLDER / "lab.log"
        self.command = [sys.executable, str(ROOT / "lab"), "--", "--no-browser", f"--port={self.port}",
                        f"--ServerApp.root_dir={FOLDER / 'notebooks'}"]
        self.notebook = notebook

    def __enter__(self):
        began = time.monotonic()
        environment = dict(os.environ, TRANSCONV_RUN="quick", JUPYTERLAB_SETTINGS_DIR=str(FOLDER / "settings"))
        with open(self.log, "w", encoding="utf-8") as log:
            self.process = subprocess.Popen(self.command, stdout=log, stderr=subprocess.STDOUT, env=environment,
                                            cwd=ROOT, start_new_session=os.name != "nt")
        try:
            self.token = self.wait_for_token(began + START_SECONDS)
        except BaseException:
            self.__exit__()
            raise
        print(f"JupyterLab listens after {time.monotonic() - began:.1f} s", flush=True)
        self.address = f"http://127.0.0.1:{self.port}"
        self.url = f"{self.address}/lab/tree/{self.notebook}?token={self.token}&reset"
        return self

    def wait_for_token(self, deadline):
        while time.monotonic() < deadline and self.process.poll() is None:
            found = re.search(r"127\.0\.0\.1:%d/\S*[?&]token=(\w+)" % self.port, self.log.read_text(encoding="utf-8"))
            if found and listens(self.port):
                return found.group(1)
            time.sleep(0.05)
        raise RuntimeError(f"./lab served nothing within {START_SECONDS} s; its output is in {self.log}")

    def __exit__(self, *_error):
        if self.process.poll() is not None:
            return
        if os.name == "nt":
            subprocess.call(["taskkill", "/F", "/T", "/PID", str(self.process.pid)])
        else:
            os.killpg(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()


def clear_outputs(path):
    """Only what this run shows may count."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell.update(outputs=[], execution_count=None)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def keep_all_cells_in_the_page(settings):
    """JupyterLab takes cells out of the page while they are scrolled out of sight; then no check would see them."""
    file = settings / "@jupyterlab" / "notebook-extension" / "tracker.jupyterlab-settings"
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps({"windowingMode": "none"}), encoding="utf-8")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def run_all_cells(page, lab):
    """Runs the open notebook to its end."""
    page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=START_SECONDS * 1000)
    wait_for_kernel(page, lab)
    page.evaluate(WATCH_PROGRESS)
    page.locator(".lm-MenuBar-itemLabel").get_by_text("Run", exact=True).click()
    page.locator(".lm-Menu").get_by_text("Run All Cells", exact=True).click()
    deadline = time.monotonic() + RUN_SECONDS
    while not is_done(page):
        if time.monotonic() > deadline:
            raise RuntimeError(f"the cells did not end within {RUN_SECONDS} s")
        page.wait_for_timeout(200)


def wait_for_kernel(page, lab):
    """Before the page is connected, Run All Cells would ask which kernel to take."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        sessions = page.request.get(f"{lab.address}/api/sessions?token={lab.token}").json()
        status = page.get_attribute(".jp-Notebook-ExecutionIndicator", "data-status")
        # The kernel tells its state only when it changes: until the first cell runs, the page may know none.
        if any(session["kernel"]["connections"] for session in sessions) and status in ("idle", "unknown"):
            return
        page.wait_for_timeout(200)
    raise RuntimeError(f"the notebook's kernel was not ready within {START_SECONDS} s; see {lab.log}")


def is_done(page):
    prompts = page.eval_on_selector_all(".jp-CodeCell .jp-InputPrompt", "found => found.map(one => one.textContent)")
    ran = any(re.search(r"\d", prompt) for prompt in prompts)
    return ran and not any("*" in prompt for prompt in prompts)


def checks(page):
    """What a reader must have seen, each with the finding."""
    notebook = page.locator(".jp-Notebook")
    # JupyterLab shows errors as it shows stderr; neither belongs into a notebook.
    errors = page.locator(".jp-OutputArea [data-mime-type='application/vnd.jupyter.stderr']")
    dialogs = page.locator(".jp-Dialog, .Toastify__toast")
    progress = page.evaluate("window.progressSeen.size")
    outputs = "\n".join(page.locator(".jp-OutputArea").all_inner_texts())
    pictures = page.eval_on_selector_all(
        ".jp-OutputArea img[src^='data:image/png']", "found => found.filter(one => one.naturalWidth > 1).length")
    return [
        ("no cell has an error or writes to stderr", errors.count() == 0, "\n".join(errors.all_inner_texts()[:1])),
        ("the summary is shown", "conv2d_transpose" in outputs and "12,785" in outputs, "outputs: " + outputs[:2000]),
        ("the progress moved", progress > 1, f"{progress} different states were seen"),
        ("a picture is shown", pictures > 0, f"{pictures} PNG images"),
        ("nothing asks or pops up", dialogs.count() == 0, "\n".join(dialogs.all_inner_texts())),
        ("nothing is wider than the page", *fits(notebook)),
    ]


def fits(notebook):
    wide = notebook.evaluate("""panel => [...panel.querySelectorAll('.jp-OutputArea-output')]
        .filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.textContent.trim().slice(0, 80))""")
    return not wide, f"outputs that must be scrolled sideways: {wide}"


def take_screenshots(page, width):
    """The whole notebook, one window height after the other."""
    page.wait_for_timeout(500)
    scroller = page.locator(".jp-WindowedPanel-outer").first
    height = scroller.evaluate("panel => panel.clientHeight")
    total = scroller.evaluate("panel => panel.scrollHeight")
    for piece, top in enumerate(range(0, max(total, 1), height)):
        scroller.evaluate("(panel, top) => panel.scrollTop = top", top)
        page.wait_for_timeout(300)
        page.screenshot(path=FOLDER / f"notebook-{width}-{piece:02}.png")
    print(f"screenshots: {FOLDER}")


def look_at(notebook, browser_program, width):
    from playwright.sync_api import sync_playwright
    with Lab(notebook.name) as lab, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_program, headless=True, args=FLAGS)
        page = browser.new_page(viewport={"width": width, "height": 1000})
        try:
            page.goto(lab.url)
            run_all_cells(page, lab)
            return checks(page)
        finally:
            take_screenshots(page, width)
            browser.close()


def main():
    parser = argparse.ArgumentParser(description="Runs a notebook in JupyterLab in a real browser.")
    parser.add_argument("--notebook", default="01", help="how its name begins (default 01)")
    parser.add_argument("--width", type=int, default=1280, help="of the window, in pixels (default 1280)")
    parser.add_argument("--browser", help="a Chromium or Chrome; default: the one of this system")
    options = parser.parse_args()
    browser, notebook = find_browser(options.browser), find_notebook(options.notebook)
    if browser is None or notebook is None:
        missing = "Chromium or Chrome" if browser is None else f"notebook {options.notebook}"
        print(f"no {missing} was found: the browser test is left out\n0 passed, 0 failed")
        return 0
    install_playwright()
    found = look_at(notebook, browser, options.width)
    for name, holds, finding in found:
        print(f"{'ok  ' if holds else 'FAIL'} {name}" + ("" if holds else f": {finding}"))
    failed = sum(not holds for _name, holds, _finding in found)
    print(f"{len(found) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
