"""Let LibreOffice take tracked changes: run by the Python that has UNO, in a process of its own.

Usage: python3 redline_office.py SOFFICE PROFILE FOLDER. Beside each NAME.redline.docx in FOLDER come
NAME.redline.accepted.txt and NAME.redline.rejected.txt, its text after «Accept all» and after «Reject all»; beside each
other NAME.docx its text, NAME.shown.txt.
"""

import pathlib
import subprocess
import sys
import time

import uno
from com.sun.star.beans import PropertyValue

ORDERS = {"accepted": ".uno:AcceptAllTrackedChanges", "rejected": ".uno:RejectAllTrackedChanges"}
PATIENCE = 60


def value(name, what):
    return PropertyValue(name, 0, what, 0)


def connect(pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _attempt in range(PATIENCE * 10):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:  # noqa: BLE001 - UNO raises its own until LibreOffice listens
            time.sleep(0.1)
    raise SystemExit("LibreOffice does not answer")


def main(soffice, profile, folder):
    pipe = f"redline{abs(hash(folder))}"
    options = [f"-env:UserInstallation={pathlib.Path(profile).as_uri()}", f"--accept=pipe,name={pipe};urp;"]
    command = [soffice, *options, "--headless", "--norestore", "--nologo"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            context = connect(pipe)
            desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
            dispatcher = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
            for path in sorted(pathlib.Path(folder).glob("*.docx")):
                for way in ("accepted", "rejected") if path.stem.endswith(".redline") else ("shown",):
                    document = desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, (value("Hidden", what=True),))
                    if way in ORDERS:
                        dispatcher.executeDispatch(document.CurrentController.Frame, ORDERS[way], "", 0, ())
                    target = path.with_suffix(f".{way}.txt").as_uri()
                    store = (value("FilterName", "Text (encoded)"), value("FilterOptions", "UTF8,LF"))
                    document.storeToURL(target, store)
                    document.dispose()
            desktop.terminate()
        finally:
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


if __name__ == "__main__":
    main(*sys.argv[1:4])
