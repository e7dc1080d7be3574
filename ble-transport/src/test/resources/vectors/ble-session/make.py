#!/usr/bin/env python3
"""Writes v1.txt: byte vectors of docs/spec/ble-session.md, made from its text alone, with nothing of the Java code."""
import struct
import zlib

CENTRAL_ID, PERIPHERAL_ID = 0x01020304, 0x0A0B0C0D
SALTS = {
    "greeting": b"",
    "central": struct.pack(">IIB", CENTRAL_ID, PERIPHERAL_ID, 0),
    "peripheral": struct.pack(">IIB", CENTRAL_ID, PERIPHERAL_ID, 1),
}


def seal(sender, body):
    return body + struct.pack(">I", zlib.crc32(SALTS[sender] + body) & 0xFFFFFF)[1:]


def acks(central=None, peripheral=None):
    flags, rest = 0, b""
    for flag, ack in ((8, central), (4, peripheral)):
        if ack:
            flags |= flag
            rest += struct.pack(">H", ack[0] << 6 | ack[1])
    return flags, rest


def pure(**which):
    flags, rest = acks(**which)
    return bytes([flags]) + rest


def data(stream, number, payload, last=False, **which):
    flags, rest = acks(**which)
    first = 0x40 | stream << 5 | (0x10 if last else 0) | flags | number >> 8
    return bytes([first, number & 0xFF]) + rest + payload


def hello(lowest=1, highest=1, largest=244, window=32):
    return bytes([0x80, lowest << 4 | highest]) + struct.pack(">HBI", largest, window, CENTRAL_ID)


def welcome(version=1, largest=509, window=32):
    return bytes([0x81, version]) + struct.pack(">HBII", largest, window, CENTRAL_ID, PERIPHERAL_ID)


def reset(stream, number):
    return bytes([0x88 | stream]) + struct.pack(">H", number)


def report(stream, next_, window, bitmap):
    return bytes([0x8A | stream]) + struct.pack(">HQ", next_ << 6 | window, bitmap)


def refuse(code):
    return bytes([0x82, code]) + struct.pack(">I", CENTRAL_ID)


GOOD = [
    ("hello", "greeting", hello()),
    ("hello-smallest", "greeting", hello(largest=20, window=1)),
    ("hello-of-a-later-version", "greeting", hello(highest=3, largest=509)),
    ("hello-largest-window", "greeting", hello(window=63)),
    ("welcome", "greeting", welcome()),
    ("refuse-version", "greeting", refuse(1)),
    ("refuse-busy", "greeting", refuse(2)),
    ("first-acks", "central", pure(central=(0, 32), peripheral=(0, 32))),
    ("ack-central", "peripheral", pure(central=(8, 24))),
    ("ack-peripheral", "peripheral", pure(peripheral=(1023, 0))),
    ("data", "central", data(0, 0, b"GET")),
    ("data-peripheral-stream", "peripheral", data(1, 0, b"GET")),
    ("data-number-1023", "central", data(0, 1023, b"\x00")),
    ("data-number-256", "peripheral", data(1, 256, b"\xff")),
    ("data-with-ack", "peripheral", data(0, 0, b"OK", central=(1, 32))),
    ("data-with-both-acks", "central", data(1, 513, b"x", central=(512, 31), peripheral=(700, 1))),
    ("data-last", "central", data(0, 5, b"bye", last=True)),
    ("data-last-empty", "peripheral", data(0, 6, b"", last=True)),
    ("data-last-with-ack", "peripheral", data(0, 7, b"", last=True, central=(2, 32))),
    ("data-fills-mtu-23", "central", data(0, 1, bytes(range(15)))),
    ("data-fills-mtu-247", "central", data(0, 2, bytes(range(239)))),
    ("ping", "central", b"\x83"),
    ("close", "central", b"\x84\x00"),
    ("close-ack-of-unsent", "peripheral", b"\x84\x09"),
    ("reset", "central", reset(0, 2)),
    ("reset-peripheral-stream", "peripheral", reset(1, 1000)),
    ("report", "peripheral", report(0, 1, 31, 0b11)),
    ("report-longest", "central", report(1, 1000, 63, 0x7FFFFFFFFFFFFFFF)),
]

MALFORMED = [
    ("acks-without-ack", "central", b"\x00"),
    ("acks-reserved-bit", "central", b"\x09\x00\x20"),
    ("acks-cut", "central", b"\x0c\x00\x20"),
    ("acks-trailing", "central", b"\x08\x00\x20\x00"),
    ("data-without-number", "central", b"\x40"),
    ("data-without-byte", "central", b"\x40\x00"),
    ("data-ack-cut", "central", b"\x48\x00\x00"),
    ("kind-unknown", "central", b"\x85"),
    ("ping-trailing", "central", b"\x83\x00"),
    ("close-cut", "central", b"\x84"),
    ("reset-reserved-bits", "central", b"\x88\x04\x00"),
    ("report-of-nothing", "central", b"\x8a\x00\x20" + bytes(8)),
    ("report-bit-63", "central", b"\x8a\x00\x20\x80" + bytes(7)),
    ("report-cut", "central", b"\x8a\x00\x20\x00\x00\x00\x01"),
    ("hello-cut", "greeting", hello()[:-1]),
    ("hello-trailing", "greeting", hello() + b"\x00"),
]

INVALID_HELLO = [
    ("hello-window-0", "greeting", hello(window=0)),
    ("hello-window-64", "greeting", hello(window=64)),
    ("hello-frame-19", "greeting", hello(largest=19)),
    ("hello-frame-510", "greeting", hello(largest=510)),
    ("hello-version-0", "greeting", hello(lowest=0)),
    ("hello-versions-upside-down", "greeting", hello(lowest=2, highest=1)),
    ("welcome-version-2", "greeting", welcome(version=2)),
]

CONVERSATION = [
    ("central", "greeting", hello()),
    ("peripheral", "greeting", welcome()),
    ("central", "central", data(0, 0, b"GET /", last=True, central=(0, 32), peripheral=(0, 32))),
    ("peripheral", "peripheral", data(0, 0, b"200 OK", last=True, central=(1, 32), peripheral=(0, 32))),
    # The central acknowledges before anybody has read the answer: one frame less of credit.
    ("central", "central", pure(central=(1, 31))),
    ("central", "central", b"\x84\x00"),
    ("peripheral", "peripheral", b"\x84\x00"),
]


def main():
    out = ["# Made by make.py from docs/spec/ble-session.md. Identifiers: central 01020304, peripheral 0a0b0c0d."]
    out += ["# good NAME SALT FRAME: reads, and is written again byte for byte."]
    out += ["good %s %s %s" % (n, s, seal(s, b).hex()) for n, s, b in GOOD]
    out += ["# bad REASON NAME SALT FRAME: the check is right, the frame is refused."]
    out += ["bad MALFORMED %s %s %s" % (n, s, seal(s, b).hex()) for n, s, b in MALFORMED]
    out += ["bad HELLO_INVALID %s %s %s" % (n, s, seal(s, b).hex()) for n, s, b in INVALID_HELLO]
    out += ["# dropped NAME SALT FRAME: the check is wrong; nothing happens."]
    whole = seal("central", data(0, 0, b"GET"))
    stale = data(0, 0, b"GET") + seal("peripheral", data(0, 0, b"GET"))[-3:]
    out += ["dropped cut central %s" % whole[:-1].hex(), "dropped reflected central %s" % stale.hex()]
    out += ["dropped changed central %s" % (whole[:2] + b"P" + whole[3:]).hex(), "dropped short central 8300"]
    out += ["# says SIDE FRAME: a whole session in order. The central calls with 'GET /', is answered '200 OK', and closes."]
    out += ["says %s %s" % (who, seal(s, b).hex()) for who, s, b in CONVERSATION]
    with open("v1.txt", "w") as file:
        file.write("\n".join(out) + "\n")


main()
