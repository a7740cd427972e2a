"""核对核验凭证：python3 verify_inclusion.py 凭证.json 公钥.pem [原文.json]

只需要 Python 3；安装 cryptography 后还核对签名。返回 0：相符；1：不符；2：没有不符，但签名没有核对。
"""

import base64
import hashlib
import json
import sys
from pathlib import Path


def sha256(content):
    return hashlib.sha256(content).digest()


def root_from(node, index, last, path):  # RFC 9162, 2.1.3.2
    for sibling in map(bytes.fromhex, path):
        if index % 2 or index == last:
            node = sha256(b"\x01" + sibling + node)
            while index and index % 2 == 0:
                index, last = index >> 1, last >> 1
        else:
            node = sha256(b"\x01" + node + sibling)
        index, last = index >> 1, last >> 1
    return node.hex() if last == 0 else "path too short"


proof = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
signed, leaf = json.loads(proof["checkpoint"]["content"]), proof["leaf"]
node = sha256(b"\x00" + json.dumps(leaf, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode())
root = root_from(node, leaf["sequence"] - 1, signed["log_size"] - 1, proof["path"])
checks = {"凭证在签名的公开记录中": root == proof["root"] == signed["log_root"]}
if len(sys.argv) > 3:
    checks["原文与凭证一致"] = sha256(Path(sys.argv[3]).read_bytes()).hex() == leaf["digest"]
try:
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    signature = base64.b64decode(proof["checkpoint"]["signature"])
    text = proof["checkpoint"]["content"].encode()
    checks["检查点的签名"] = not load_pem_public_key(Path(sys.argv[2]).read_bytes()).verify(signature, text)
except ImportError:
    checks["检查点的签名"] = None
except Exception:
    checks["检查点的签名"] = False
for name, holds in checks.items():
    print({True: "相符", False: "不符", None: "没有核对"}[holds], name)
print(f"{leaf['label']}，第 {signed['number']} 份检查点，{signed['made_at']}")
sys.exit(1 if False in checks.values() else 2 if None in checks.values() else 0)
