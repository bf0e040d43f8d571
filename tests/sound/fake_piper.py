"""A Piper program of the tests' own: speaks, hangs, crashes, writes noise, garbage or nothing, asks."""

import argparse
import math
import os
import random
import struct
import sys
import time
import wave
from pathlib import Path

parser = argparse.ArgumentParser()
parser.add_argument("--model", required=True)
parser.add_argument("--output_file", required=True)
asked = parser.parse_args()
manner = Path(asked.model).read_text().strip()
words = sys.stdin.readline().split()
if any(name.startswith("HEARTWOOD") for name in os.environ):
    sys.exit(9)
if manner == "hangs":
    Path(asked.model).with_suffix(".pid").write_text(str(os.getpid()))
    time.sleep(600)
if manner == "crashes":
    sys.exit(3)
if manner == "asks":
    answer = input("Overwrite? [y/n] ")
if manner == "asks the terminal":
    Path("/dev/tty").read_text()
if manner == "garbage":
    Path(asked.output_file).write_bytes(b"\x00garbage" * 999)
    sys.exit(0)
if manner == "nothing":
    sys.exit(0)

RATE = 22_050
rng = random.Random()
count = int(RATE * 0.3 * len(words))
tone = 0 if manner == "silence" else 9_000
hum = [tone * math.sin(2 * math.pi * 160 * n / RATE) * abs(math.sin(7 * n / RATE)) for n in range(count)]
if manner == "noise":
    hum = [rng.uniform(-9_000, 9_000) for _ in range(count)]
if manner == "endless":
    hum *= 40
with wave.open(asked.output_file, "wb") as out:
    out.setnchannels(1)
    out.setsampwidth(2)
    out.setframerate(RATE)
    out.writeframes(struct.pack(f"<{len(hum)}h", *map(int, hum)))
