"""Fuzz for long: `run_fuzz.py --inputs 1000000 --seed 1` sends seeded inputs through ingest, and through read and extract.

Prints what ran, how fast, and what broke; an input that broke something is kept as a file that `--replay` runs again. With
`--guided`, atheris (libFuzzer) chooses the inputs by the code that they reach, `--inputs` times.
"""

import argparse
import hashlib
import json
import random
import sys
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path

SIZES = (20, 60, 120, 300, 600)
EVERY = 3
"""One input in so many goes through reading and extracting, the others through ingest."""


def targets() -> dict[str, Callable[[bytes], object]]:
    sys.path.insert(0, str(Path(__file__).parent))
    from fuzz_targets import code, ingest  # noqa: PLC0415  the tables of names take a second

    return {"ingest": ingest, "code": code}


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=float("inf"), help="stop after so long, however many were run")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=["ingest", "code"])
    parser.add_argument("--keep", type=Path, default=Path("fuzz-failures"), help="folder for inputs that broke something")
    parser.add_argument("--replay", type=Path, nargs="*", default=[])
    parser.add_argument("--guided", action="store_true")
    return parser.parse_args()


def seeded(args: argparse.Namespace) -> dict[str, object]:
    """Run seeded inputs; each input's bytes hang on seed and number alone."""
    run = targets()
    chance = random.Random(args.seed)
    counts: Counter[str] = Counter()
    failures: Counter[str] = Counter()
    claims = 0
    for target in run.values():
        target(b"")  # the tables of names are not part of the rate
    began = time.monotonic()
    for number in range(args.inputs):
        content = chance.randbytes(chance.choice(SIZES))
        name = args.only or ("code" if number % EVERY == 0 else "ingest")
        try:
            made = run[name](content)
            claims += len(getattr(made, "claims", ()))
        except Exception as error:  # noqa: BLE001  what a fuzzer is for
            keep(args.keep, name, content)
            failures[told(name, error)] += 1
        counts[name] += 1
        if time.monotonic() - began > args.seconds:
            break
    seconds = time.monotonic() - began
    return {
        "seed": args.seed,
        "inputs": dict(counts),
        "claims": claims,
        "seconds": round(seconds, 1),
        "per_second": round(counts.total() / seconds, 1),
        "failures": dict(failures),
    }


def told(name: str, error: Exception) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{name}: {type(error).__name__} in {Path(frame.filename).name}:{frame.lineno}: {str(error)[:120]}"


def keep(folder: Path, name: str, content: bytes) -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}-{hashlib.sha256(content).hexdigest()[:12]}").write_bytes(content)


def guided(args: argparse.Namespace) -> None:
    """Let libFuzzer choose; it leaves with 77 at the first input that breaks something, and keeps that."""
    import atheris  # noqa: PLC0415  only Linux has it

    with atheris.instrument_imports(include=["dragoman.read", "dragoman.extract", "dragoman.ingest"]):
        run = targets()
    for target in run.values():
        target(b"")

    def one(content: bytes) -> None:
        run[args.only or ("code" if content[:1] < b"\x56" else "ingest")](content)

    args.keep.mkdir(exist_ok=True)
    options = [
        f"-runs={args.inputs}",
        f"-seed={args.seed}",
        "-max_len=600",
        f"-artifact_prefix={args.keep}/",
        "-timeout=60",
        "-verbosity=0",
    ]
    if args.seconds != float("inf"):
        options.append(f"-max_total_time={int(args.seconds)}")
    atheris.Setup([sys.argv[0], *options, "-print_final_stats=1"], one)
    atheris.Fuzz()


def main() -> int:
    warnings.simplefilter("ignore")
    args = parsed()
    for path in args.replay:
        targets()[path.name.partition("-")[0]](path.read_bytes())
    if args.replay:
        return 0
    if args.guided:
        guided(args)
        return 0
    report = seeded(args)
    print(json.dumps(report))
    return 1 if report["failures"] else 0


if __name__ == "__main__":
    sys.exit(main())
