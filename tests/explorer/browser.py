"""A headless browser that opens pages from files, and what is asked of it."""

import base64
import json
import os
import shutil
from contextlib import contextmanager
from pathlib import Path

OPTIONS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)
SIZES = {"desktop": (1280, 900, 1), "phone": (390, 844, 2)}
PICTURES = "DETERRENCE_PICTURES"
"""An environment variable: a folder in which pictures of the pages are kept."""


def is_installed():
    """Tell whether Chromium, its driver and Selenium are here."""
    try:
        import selenium  # noqa: F401
    except ImportError:
        return False
    return bool(shutil.which("chromium") and shutil.which("chromedriver"))


@contextmanager
def started(folder):
    """Start a browser that keeps its profile in a folder."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for option in (*OPTIONS, f"--user-data-dir={folder}"):
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    service = webdriver.ChromeService(shutil.which("chromedriver"))
    driver = webdriver.Chrome(options=options, service=service)
    try:
        yield Browser(driver)
    finally:
        driver.quit()


class Browser:
    """A browser with the questions that tests ask of a page."""

    def __init__(self, driver):
        self.driver = driver
        self.faults = []

    def open(self, path, query="", size="desktop", dark=False):
        """Open a file, in a window of a size, and wait until its map is drawn."""
        width, height, scale = SIZES[size]
        self.resize(width, height, scale)
        scheme = [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})
        self.driver.get("about:blank")
        self.driver.get_log("browser")
        self.driver.get_log("performance")
        self.driver.get(f"{path.as_uri()}{query}")
        self.wait()

    def resize(self, width, height, scale):
        metrics = {"width": width, "height": height, "deviceScaleFactor": scale, "mobile": width < 600}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)

    def run(self, script, *values):
        """Return what a script returns on the page."""
        return self.driver.execute_script(script, *values)

    def wait(self):
        """Wait until everything is drawn."""
        script = """
            const done = arguments[0];
            const look = () => explorer.busy ? setTimeout(look, 20) : done();
            setTimeout(look, 40);
        """
        self.driver.set_script_timeout(60)
        self.driver.execute_async_script(script)

    def text(self, selector):
        return self.run("return document.querySelector(arguments[0])?.innerText ?? null", selector)

    def messages(self):
        """Return what the page has complained of since it was opened."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self):
        """Return the addresses that the page has asked for since it was opened."""
        entries = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        return [e["params"]["request"]["url"] for e in entries if e["method"] == "Network.requestWillBeSent"]

    def press(self, *keys):
        """Press keys, wherever the focus is."""
        from selenium.webdriver.common.action_chains import ActionChains

        chain = ActionChains(self.driver, duration=0)
        for key in keys:
            chain.send_keys(key)
        chain.perform()
        self.wait()

    def picture(self, name):
        """Keep a picture of the whole page, where a folder for pictures is given."""
        folder = os.environ.get(PICTURES)
        if not folder:
            return
        width, scale = self.run("return [innerWidth, devicePixelRatio]")
        height = min(8000, self.run("return document.documentElement.scrollHeight"))
        self.resize(width, height, scale)
        self.wait()
        shot = self.driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
        Path(folder, f"{name}.png").write_bytes(base64.b64decode(shot["data"]))
