"""Make the pictures in docs/pictures/ from a fresh demonstration, as a visitor would see it.

Needs Debian's chromium and poppler-utils; run it by `make docs`.
"""

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
EVALUATOR = "foljeforskare@demo.example"
PASSWORD = "klustermotor-demo"
PAGES = {
    "overview": ("/", 1280, 800),
    "evaluation": ("/initiatives/triple-steelix/evaluation?section=results", 1280, 900),
    "evaluation-phone": ("/initiatives/triple-steelix/evaluation?section=results", 390, 900),
}
REPORT_PAGE = 11


def main() -> int:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        port = _free_port()
        command = [sys.executable, "-m", "klustermotor", "demo", "--port", str(port)]
        environment = {**os.environ, "KLUSTERMOTOR_HOME": home}
        server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            _wait_until_ready(server)
            _photograph(f"http://127.0.0.1:{port}")
            _draw_report_page(Path(home) / "reports" / "triple-steelix-2009-sv.pdf")
        finally:
            server.terminate()
            server.wait()
    return 0


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(server: subprocess.Popen[str]) -> None:
    assert server.stdout
    for line in server.stdout:
        if "http://" in line:
            return
    raise SystemExit("The demonstration ended before it was ready.")


def _photograph(address: str) -> None:
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
        for name in PAGES:
            _photograph_page(browser, address, name)
        browser.close()


def _photograph_page(browser: Browser, address: str, name: str) -> None:
    path, width, height = PAGES[name]
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(f"{address}/account/login/")
    page.fill("input[name=login]", EVALUATOR)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=PICTURES / f"{name}.png")
    page.context.close()


def _draw_report_page(report: Path) -> None:
    target = PICTURES / "report"
    page = ["-f", str(REPORT_PAGE), "-l", str(REPORT_PAGE)]
    subprocess.run(
        ["pdftoppm", "-png", "-r", "80", "-singlefile", *page, str(report), str(target)], check=True
    )


if __name__ == "__main__":
    sys.exit(main())
