"""The ways to top up a prepaid plan at a konbini, from the folder of carriers."""

import glob
import sys

import yaml

try:
    import rich
    from rich.table import Table
except ImportError:
    rich = None

rows = []
for path in sorted(glob.glob(sys.argv[1] + "/*.yaml")):
    with open(path, encoding="utf-8") as file:
        carrier = yaml.safe_load(file)
    plans = {plan["id"] for plan in carrier["plans"] if plan["kind"] == "prepaid"}
    for way in carrier.get("ways", []):
        if way["channel"] == "konbini" and plans & set(way["plans"]):
            rows.append((", ".join(way["plans"]), way["title"]["en"]))
if rich:
    table = Table("plans", "way")
    for row in rows:
        table.add_row(*row)
    rich.print(table)
else:
    for row in rows:
        print(*row)
