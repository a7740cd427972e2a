"""The standard vectors of both profiles, the key ring, and what a sealed value withstands."""

from __future__ import annotations

import base64
import hashlib
import hmac

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given, settings
from hypothesis import strategies as st

from enforcement.crypto.device import SoftwareDevice
from enforcement.crypto.key_ring import KeyRingInvalid, new_key_text, read_key_ring
from enforcement.crypto.suites import GUOMI, INTL, SUITES, CryptoSuite, SealBroken

PLACE = "party.id_number|6d2b1c1e-0000-4000-8000-000000000001"

# (suite, key, nonce, associated, plain, cipher text, tag): McGrew and Viega's cases 13, 14, 16 for AES-256-GCM
# (NIST SP 800-38D validation), RFC 8998 appendix A.1 for SM4-GCM.
GCM_VECTORS = [
    (INTL, "00" * 32, "00" * 12, "", "", "", "530f8afbc74536b9a963b4f1c4cb738b"),
    (
        INTL,
        "00" * 32,
        "00" * 12,
        "",
        "00" * 16,
        "cea7403d4d606b6e074ec5d3baf39d18",
        "d0d1c8a799996bf0265b98b5d48ab919",
    ),
    (
        INTL,
        "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
        "cafebabefacedbaddecaf888",
        "feedfacedeadbeeffeedfacedeadbeefabaddad2",
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
        "76fc6ece0f4e1768cddf8853bb2d551b",
    ),
    (
        GUOMI,
        "0123456789abcdeffedcba9876543210",
        "00001234567800000000abcd",
        "feedfacedeadbeeffeedfacedeadbeefabaddad2",
        "aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbbccccccccccccccccdddddddddddddddd"
        "eeeeeeeeeeeeeeeeffffffffffffffffeeeeeeeeeeeeeeeeaaaaaaaaaaaaaaaa",
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d",
        "83de3541e4c2b58177e065a9bf7b62ec",
    ),
]
# GB/T 32905 appendix A; FIPS 180-4.
DIGEST_VECTORS = [
    (GUOMI, b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
    (GUOMI, b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    (INTL, b"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (INTL, b"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
]


@pytest.mark.parametrize(("suite", "content", "digest"), DIGEST_VECTORS)
def test_digests_of_the_standards(suite: CryptoSuite, content: bytes, digest: str) -> None:
    assert suite.digest(content).hex() == digest


def test_keyed_digest_of_rfc_4231_and_its_guomi_counterpart() -> None:
    key, content = b"\x0b" * 20, b"Hi There"
    assert INTL.mac(key, content).hex() == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    # No vector is printed in the standard: the construction of RFC 2104, spelt out over SM3.
    padded = key.ljust(64, b"\x00")
    inner = GUOMI.digest(bytes(byte ^ 0x36 for byte in padded) + content)
    assert GUOMI.mac(key, content) == GUOMI.digest(bytes(byte ^ 0x5C for byte in padded) + inner)


@pytest.mark.parametrize(("suite", "key", "nonce", "associated", "plain", "sealed", "tag"), GCM_VECTORS)
def test_sealing_vectors_of_the_standards(
    suite: CryptoSuite, key: str, nonce: str, associated: str, plain: str, sealed: str, tag: str
) -> None:
    parts = [bytes.fromhex(part) for part in (key, nonce, associated, plain)]
    made = suite.encrypt(parts[0], nonce=parts[1], plain=parts[3], bound=parts[2])
    assert made.hex() == sealed + tag
    assert suite.decrypt(parts[0], nonce=parts[1], sealed=made, bound=parts[2]) == parts[3]


def test_the_block_cipher_of_gb_t_32907() -> None:
    key = bytes.fromhex("0123456789abcdeffedcba9876543210")
    encryptor = Cipher(algorithms.SM4(key), modes.ECB()).encryptor()
    assert encryptor.update(key).hex() == "681edf34d206965e86b3e94f536e4246"
    block = key
    for _ in range(1_000_000):
        block = encryptor.update(block)
    assert block.hex() == "595298c7c6fd271f0402f804c33d3f66"


def ring(*suites: str) -> SoftwareDevice:
    """A device whose keys are of these profiles, the sealing one first."""
    keys = [new_key_text(f"k{len(suites) - place}", suite) for place, suite in enumerate(suites)]
    return SoftwareDevice(read_key_ring(",".join(keys)))


@pytest.mark.parametrize("suite", SUITES)
@given(plain=st.text(min_size=1, max_size=60))
@settings(max_examples=60)
def test_what_was_sealed_opens_and_never_looks_alike(suite: str, plain: str) -> None:
    device = ring(suite)
    first, second = device.seal(plain, place=PLACE), device.seal(plain, place=PLACE)
    assert device.open(first, place=PLACE) == device.open(second, place=PLACE) == plain
    assert first != second
    assert first.startswith(f"hd1.{suite}.k1.")


@pytest.mark.parametrize("suite", SUITES)
def test_every_single_changed_sign_is_noticed(suite: str) -> None:
    device = ring(suite)
    stored = device.seal("530102199001010019", place=PLACE)
    for place, sign in enumerate(stored):
        for other in {"A", "B", "1", "."} - {sign}:
            with pytest.raises(SealBroken):
                device.open(stored[:place] + other + stored[place + 1 :], place=PLACE)


@pytest.mark.parametrize("suite", SUITES)
def test_every_cut_and_addition_is_noticed(suite: str) -> None:
    device = ring(suite)
    stored = device.seal("13800000000", place=PLACE)
    for length in range(len(stored)):
        with pytest.raises(SealBroken):
            device.open(stored[:length], place=PLACE)
    for added in ("A", "AAAA", "=", ".", "\n"):
        with pytest.raises(SealBroken):
            device.open(stored + added, place=PLACE)


@pytest.mark.parametrize("suite", SUITES)
@pytest.mark.parametrize(
    "elsewhere", ["party.phone|6d2b1c1e-0000-4000-8000-000000000001", PLACE[:-1] + "2", ""]
)
def test_a_value_moved_to_another_column_or_row_does_not_open(suite: str, elsewhere: str) -> None:
    device = ring(suite)
    with pytest.raises(SealBroken):
        device.open(device.seal("13800000000", place=PLACE), place=elsewhere)


def test_a_value_relabelled_to_another_key_or_profile_does_not_open() -> None:
    device = ring("guomi", "intl")
    sealed = device.seal("13800000000", place=PLACE)
    assert sealed.startswith("hd1.guomi.k2.")
    for label in ("hd1.intl.k1.", "hd1.guomi.k1.", "hd1.intl.k2.", "hd2.guomi.k2."):
        with pytest.raises(SealBroken):
            device.open(sealed.replace("hd1.guomi.k2.", label), place=PLACE)


def test_a_new_key_seals_while_the_old_one_still_opens() -> None:
    old_text = new_key_text("k1", "intl")
    old = SoftwareDevice(read_key_ring(old_text))
    both = SoftwareDevice(read_key_ring(f"{new_key_text('k2', 'guomi')}\n{old_text}\n"))
    stored = old.seal("13800000000", place=PLACE)
    assert both.open(stored, place=PLACE) == "13800000000"
    assert (both.is_current(stored), both.is_current(both.seal("x", place=PLACE))) == (False, True)
    old_token = old.index_tokens("13800000000", column="party.phone")
    tokens = both.index_tokens("13800000000", column="party.phone")
    assert tokens[-1:] == old_token
    assert [both.is_current(token) for token in tokens] == [True, False]


def test_index_tokens_are_equal_for_equal_texts_of_one_column_only() -> None:
    device = ring("intl")
    token = device.index_tokens("530102199001010019", column="party.id_number")
    assert token == device.index_tokens("530102199001010019", column="party.id_number")
    assert token != device.index_tokens("530102199001010019", column="officer.id_number")
    assert token != device.index_tokens("530102199001010027", column="party.id_number")
    # Without the key, a list of all numbers tells nothing.
    plain = hashlib.sha256(b"530102199001010019").digest()
    assert base64.urlsafe_b64encode(plain).rstrip(b"=").decode() not in token[0]
    assert hmac.new(b"", b"530102199001010019", "sha256").hexdigest() not in token[0]


GOOD = new_key_text("k1", "intl")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "没有数据密钥"),
        ("k1:intl", "第 1 个数据密钥无法识别"),
        (GOOD.replace("intl", "rot13"), "第 1 个数据密钥无法识别"),
        (GOOD.replace("k1", "K1"), "第 1 个数据密钥无法识别"),
        ("k1:intl:AAAA", "不是 32 个随机字节"),
        ("k1:intl:" + "A" * 43, "不是 32 个随机字节"),
        (f"{GOOD},{GOOD}", "编号有重复"),
        (f"{GOOD},k0:intl:?", "第 2 个数据密钥不是 32 个随机字节"),
    ],
    # The key is new in every process, the names of the cases must not be.
    ids=["nothing", "no key", "unknown suite", "capital", "short", "plain", "twice", "second"],
)
def test_a_wrong_key_ring_is_refused_without_showing_a_key(text: str, message: str) -> None:
    with pytest.raises(KeyRingInvalid, match=message) as refused:
        read_key_ring(text)
    assert GOOD.rpartition(":")[2] not in str(refused.value)
    assert GOOD.rpartition(":")[2] not in repr(read_key_ring(GOOD))
