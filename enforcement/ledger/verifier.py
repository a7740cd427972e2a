#!/usr/bin/env python3
"""核验账本：一个独立的小程序，不依赖本系统，也不依赖 Django。

    python3 verifier.py 导出文件 [--witness 见证目录] [--key 公钥文件 …] [--mac-key 认证密钥文件 …]

It reads an export (JSON lines), recomputes everything, and compares it with checkpoints that somebody else has kept.
Only the standard library is needed; with the package `cryptography` the signatures are checked too. Exit code 0: all
agrees; 1: breaks were found; 2: nothing broken, but something could not be checked (stated in words).

The formats are described in docs/ledger.md. This file shares no code with the program that writes the ledger.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import hmac
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

GENESIS = "0" * 64
FIRST_FORMAT_FIELDS = (
    "chain sequence action subject_type subject_id subject_label actor_id actor_name occurred_at payload previous_hash"
).split()
SECOND_FORMAT_FIELDS = [
    *FIRST_FORMAT_FIELDS,
    *"format subject_version duty request_id reason commitments key_id".split(),
]
LEAF_FIELDS = "sequence kind key label digest chain entry_sequence entry_hash recorded_at".split()
# An entry is dated when it is written and seen when its transaction ends.
LONGEST_TRANSACTION = timedelta(hours=1)

Row = dict[str, Any]
# (checkpoint number, last sequence it has seen, hash of that entry), by chain and in order.
Sightings = dict[str, list[tuple[int, int, str]]]


def canonical(value: Any) -> bytes:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", errors="surrogatepass")


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def key_id_of(public_key: bytes) -> str:
    return sha256(public_key)[:16]


@dataclass
class Findings:
    """What was read, what does not hold, and what could not be checked."""

    entries: int = 0
    chains: int = 0
    public_acts: int = 0
    checkpoints: int = 0
    breaks: list[str] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.breaks

    def leave_unchecked(self, what: str) -> None:
        if what not in self.unchecked:
            self.unchecked.append(what)


@dataclass
class Checkpoint:
    """One checkpoint of the witness, taken apart; `text` is what was signed."""

    number: int
    made_at: datetime
    previous: str
    log_size: int
    log_root: str
    heads: dict[str, tuple[int, str]]
    is_complete: bool
    text: str
    digest: str


@dataclass
class Keys:
    """Raw public keys and MAC keys, by key id."""

    public: dict[str, bytes] = field(default_factory=dict)
    mac: dict[str, bytes] = field(default_factory=dict)


def verify(rows: Iterable[Row], *, witness: Iterable[Row] | None, keys: Keys) -> Findings:
    """Check an export row by row: `public` rows, then `checkpoint` rows, then `entry` rows by chain and sequence.

    `witness` holds the documents of the witness files by number; None when there is no witness.
    """
    found = Findings()
    kept = list(_read_checkpoints(witness or [], keys, found))
    if witness is None:
        found.unchecked.append("没有提供见证，截去末尾、用密钥整体重算的改动无法发现")
    stored: dict[int, str] = {}
    cited: dict[tuple[str, int], str] = {}
    tree = _Tree(found, kept)
    chains = _Chains(found, kept, cited, keys)
    for row in rows:
        try:
            if row["type"] == "entry":
                chains.take(row)
            elif row["type"] == "public":
                tree.take(row)
                cited[row["chain"], row["entry_sequence"]] = row["entry_hash"]
            elif row["type"] == "checkpoint":
                stored[row["number"]] = row["content"]
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            found.breaks.append(f"有一行无法读取：{type(error).__name__} {error}")
    chains.finish()
    tree.finish()
    for one in kept:
        if stored.get(one.number) != one.text:
            found.breaks.append(f"检查点 {one.number}：数据库中的与见证中的不同")
    return found


def _read_checkpoints(documents: Iterable[Row], keys: Keys, found: Findings) -> Iterator[Checkpoint]:
    """The checkpoints of the witness in order, each checked against the one before and its signature."""
    before: Checkpoint | None = None
    for document in documents:
        found.checkpoints += 1
        try:
            one = _taken_apart(document)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            found.breaks.append(f"见证中有一份检查点无法读取：{type(error).__name__} {error}")
            continue
        for problem in (*_problems_of(one, document, before), *_signature_problems(document, keys, found)):
            found.breaks.append(f"检查点 {one.number}：{problem}")
        yield one
        before = one


def _taken_apart(document: Row) -> Checkpoint:
    content, heads = json.loads(document["content"]), json.loads(document["heads"])
    return Checkpoint(
        number=int(content["number"]),
        made_at=datetime.fromisoformat(content["made_at"]),
        previous=content["previous"],
        log_size=int(content["log_size"]),
        log_root=content["log_root"],
        heads={chain: (int(head[0]), str(head[1])) for chain, head in heads["heads"].items()},
        is_complete=bool(heads["complete"]),
        text=document["content"],
        digest=sha256(document["content"].encode("utf-8")),
    )


def _problems_of(one: Checkpoint, document: Row, before: Checkpoint | None) -> Iterator[str]:
    if document.get("file_number", one.number) != one.number:
        yield f"文件名写的是 {document['file_number']}"
    if json.loads(document["content"])["heads_digest"] != sha256(document["heads"].encode("utf-8")):
        yield "各链末条与签名的摘要不符"
    if before is None:
        if one.number == 1 and one.previous != GENESIS:
            yield "第一份检查点却指向前一份"
        return
    if one.number != before.number + 1:
        yield f"前面缺第 {before.number + 1} 份"
    elif one.previous != before.digest:
        yield "与前一份不衔接"
    if one.made_at < before.made_at or one.log_size < before.log_size:
        yield "时间或公开记录数小于前一份"


def _signature_problems(document: Row, keys: Keys, found: Findings) -> Iterator[str]:
    if not keys.public:
        found.leave_unchecked("没有提供公钥，检查点的签名没有核验")
        return
    public_key = keys.public.get(document["key_id"])
    if public_key is None:
        yield f"用不认识的密钥 {document['key_id']} 签名"
        return
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        found.leave_unchecked("没有安装 cryptography，检查点的签名没有核验")
        return
    try:
        signature = base64.b64decode(document["signature"])
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, document["content"].encode("utf-8"))
    except (InvalidSignature, ValueError):
        yield "签名不对"


class _Chains:
    """Every chain in turn: sequence, link, hash, MAC, time, and what the witness has seen of it."""

    def __init__(
        self, found: Findings, kept: list[Checkpoint], cited: dict[tuple[str, int], str], keys: Keys
    ) -> None:
        self.found, self.cited, self.keys = found, cited, keys
        self.heads: dict[str, tuple[int, str, str, int]] = {}
        self.waiting: Sightings = {}
        for one in kept:
            for chain, (sequence, digest) in one.heads.items():
                self.waiting.setdefault(chain, []).append((one.number, sequence, digest))
        # Only from a complete checkpoint on does a chain that is not listed mean that it did not move.
        start = next((one.number for one in kept if one.is_complete), None)
        self.made = {one.number: one.made_at for one in kept if start is not None and one.number >= start}
        self.last_witnessed = max(self.made, default=0)

    def take(self, row: Row) -> None:
        chain, sequence = row["chain"], row["sequence"]
        before = self.heads.get(chain)
        if before is None:
            self.found.chains += 1
        self.found.entries += 1
        last_sequence, last_hash, last_time, last_format = before or (0, GENESIS, "", 1)
        if sequence != last_sequence + 1:
            self._break(chain, f"应为第 {last_sequence + 1} 条，实为第 {sequence} 条")
        if row["previous_hash"] != last_hash:
            self._break(chain, f"第 {sequence} 条与前一条不衔接")
        fields = SECOND_FORMAT_FIELDS if row["format"] >= 2 else FIRST_FORMAT_FIELDS
        if row["hash"] != sha256(canonical({name: row[name] for name in fields})):
            self._break(chain, f"第 {sequence} 条内容与摘要不符")
        if row["format"] < last_format:
            self._break(chain, f"第 {sequence} 条退回了不带认证码的旧格式")
        if row["format"] >= 2:
            self._check_second_format(row, last_time)
        if self.cited.pop((chain, sequence), row["hash"]) != row["hash"]:
            self._break(chain, f"第 {sequence} 条与公开记录引用的摘要不同")
        self._compare_with_witness(row)
        self.heads[chain] = (sequence, row["hash"], row["occurred_at"], row["format"])

    def _check_second_format(self, row: Row, last_time: str) -> None:
        chain, sequence = row["chain"], row["sequence"]
        if last_time and row["occurred_at"] < last_time:
            self._break(chain, f"第 {sequence} 条的时间早于前一条")
        key = self.keys.mac.get(row["key_id"])
        if key is not None:
            expected = hmac.new(key, str(row["hash"]).encode(), hashlib.sha256).hexdigest()
            if not hmac.compare_digest(expected, str(row["mac"])):
                self._break(chain, f"第 {sequence} 条的认证码不对")
        elif self.keys.mac:
            self._break(chain, f"第 {sequence} 条用了不认识的密钥 {row['key_id']}")

    def _compare_with_witness(self, row: Row) -> None:
        """The entry has the hash some checkpoint saw, and is dated between the checkpoints around it."""
        chain, sequence = row["chain"], row["sequence"]
        waiting = self.waiting.get(chain, [])
        while waiting and waiting[0][1] < sequence:
            self._break(chain, f"第 {waiting[0][1]} 条在检查点 {waiting[0][0]} 里，账本中没有")
            waiting.pop(0)
        number = waiting[0][0] if waiting else self.last_witnessed + 1
        dated = datetime.fromisoformat(row["occurred_at"])
        if number in self.made and dated > self.made[number]:
            self._break(chain, f"第 {sequence} 条的时间晚于记下它的检查点 {number}")
        unseen_at = self.made.get(number - 1)
        if unseen_at is not None and row["format"] >= 2 and dated < unseen_at - LONGEST_TRANSACTION:
            self._break(chain, f"第 {sequence} 条的时间被提前：检查点 {number - 1} 时还没有它")
        while waiting and waiting[0][1] == sequence:
            number, _, expected = waiting.pop(0)
            if row["hash"] != expected:
                self._break(chain, f"第 {sequence} 条与检查点 {number} 记下的摘要不同")

    def finish(self) -> None:
        for chain, sequence in self.cited:
            self._break(chain, f"公开记录引用的第 {sequence} 条不在账本中")
        for chain, waiting in self.waiting.items():
            if waiting:
                number, sequence, _ = waiting[-1]
                has = self.heads[chain][0] if chain in self.heads else 0
                self._break(chain, f"检查点 {number} 时已有第 {sequence} 条，现在只到第 {has} 条，末尾被截去")

    def _break(self, chain: str, what: str) -> None:
        self.found.breaks.append(f"链 {chain}：{what}")


class _Tree:
    """The Merkle tree of public acts, grown leaf by leaf; only the roots of its complete parts are kept."""

    def __init__(self, found: Findings, kept: list[Checkpoint]) -> None:
        self.found = found
        self.waiting: dict[int, list[Checkpoint]] = {}
        for one in kept:
            self.waiting.setdefault(one.log_size, []).append(one)
        self.peaks: list[tuple[int, bytes]] = []
        self.size = 0
        self._compare()

    def take(self, row: Row) -> None:
        self.found.public_acts += 1
        if row["sequence"] != self.size + 1:
            self.found.breaks.append(f"公开记录：应为第 {self.size + 1} 条，实为第 {row['sequence']} 条")
        leaf = hashlib.sha256(b"\x00" + canonical({name: row[name] for name in LEAF_FIELDS})).digest()
        width = 1
        while self.peaks and self.peaks[-1][0] == width:
            leaf = hashlib.sha256(b"\x01" + self.peaks.pop()[1] + leaf).digest()
            width *= 2
        self.peaks.append((width, leaf))
        self.size += 1
        self._compare()

    def root(self) -> str:
        if not self.peaks:
            return sha256(b"")
        root = self.peaks[-1][1]
        for _, peak in reversed(self.peaks[:-1]):
            root = hashlib.sha256(b"\x01" + peak + root).digest()
        return root.hex()

    def _compare(self) -> None:
        for one in self.waiting.pop(self.size, []):
            if one.log_root != self.root():
                self.found.breaks.append(f"公开记录前 {self.size} 条与检查点 {one.number} 记下的根不同")

    def finish(self) -> None:
        for size, checkpoints in self.waiting.items():
            number = checkpoints[0].number
            self.found.breaks.append(f"检查点 {number} 时公开记录有 {size} 条，现在只有 {self.size} 条")


def read_export(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                try:
                    yield json.loads(line)
                except ValueError:
                    yield {}


def read_witness(folder: Path) -> Iterator[Row]:
    """The documents of a witness folder, by number; what cannot be read is handed on as an empty document."""
    for path in sorted(folder.glob("*/[0-9]*.json")):
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
            yield {**document, "file_number": int(path.stem)}
        except (OSError, ValueError, TypeError):
            yield {}


def read_public_key(path: Path) -> bytes:
    """A raw Ed25519 key from PEM (its last 32 bytes) or from 64 hexadecimal digits."""
    text = path.read_text(encoding="ascii").strip()
    if text.startswith("-----"):
        return base64.b64decode("".join(text.splitlines()[1:-1]))[-32:]
    return bytes.fromhex(text)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="核验账本的导出文件")
    parser.add_argument("export", type=Path, help="manage.py export_ledger 写出的文件")
    parser.add_argument("--witness", type=Path, help="见证目录")
    parser.add_argument("--key", type=Path, action="append", default=[], help="公钥文件，可以有多个")
    parser.add_argument(
        "--mac-key", action="append", default=[], type=Path, help="认证密钥文件：密钥编号 十六进制密钥"
    )
    options = parser.parse_args(arguments)
    try:
        raw = [read_public_key(path) for path in options.key]
        pairs = [path.read_text(encoding="ascii").split() for path in options.mac_key]
        keys = Keys(
            public={key_id_of(key): key for key in raw},
            mac={key_id: bytes.fromhex(secret) for key_id, secret in pairs},
        )
        witness = read_witness(options.witness) if options.witness else None
        found = verify(read_export(options.export), witness=witness, keys=keys)
    except (OSError, ValueError) as error:
        print(f"无法核验：{error}")
        return 2
    if options.witness and not found.checkpoints:
        found.leave_unchecked("见证目录里没有检查点")
    for line in found.breaks:
        print(f"不符：{line}")
    for line in found.unchecked:
        print(f"没有核验：{line}")
    verdict = "全部相符" if found.holds else f"{len(found.breaks)} 处不符"
    print(
        f"账本 {found.chains} 条链、{found.entries} 条记录；公开记录 {found.public_acts} 条；"
        f"检查点 {found.checkpoints} 份：{verdict}。"
    )
    if found.breaks:
        return 1
    return 2 if found.unchecked else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
