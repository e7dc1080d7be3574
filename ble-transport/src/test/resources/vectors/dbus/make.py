#!/usr/bin/python3
"""Writes v1.txt: messages as GLib's GDBus marshals them, and spoilt ones that GLib refuses.

Made once with GLib 2.74 (Debian 12, python3-gi): ./make.py >v1.txt
  good NAME ORDER HEX   what the Java test of that name must read, and whose body it must write in that order (l or B)
  bad WHY HEX           what must be refused
  strict WHY HEX        what must be refused by the specification, although GLib accepts it
"""
import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib

V = GLib.Variant
BODIES = {
    "basic": V("(ybnqiuxtd)", (255, True, -32768, 65535, -5, 4294967295, -(2**63), 2**64 - 1, -0.5)),
    "text": V("(sogs)", ("grüße \U0001f4e1", "/a/b_1", "a{s(iv)}", "")),
    "bytes": V("(ayay)", (bytes(range(7)), b"")),
    "arrays": V("(asaiatab)", (["a", "bc", ""], [-1, 2], [1], [])),
    "aligned": V("(ya(yt)a{sv}yat)", (1, [(2, 3)], {}, 4, [])),
    "dictionaries": V("(a{sv}a{oa{sa{sv}}})", (
        {"One": V("u", 1)}, {"/o": {"i.f": {"A": V("ay", b"xyz"), "B": V("v", V("s", "in"))}}})),
    "struct": V("((y(sv)n)ax)", ((1, ("s", V("(di)", (1.5, 7))), -2), [-9])),
    "deep": V("(aaaaaai)", ([[[[[[1], []]]]]],)),
}


def message(kind):
    if kind == "signal":
        return Gio.DBusMessage.new_signal("/org/maunode", "org.maunode.Test", "Told")
    call = Gio.DBusMessage.new_method_call("org.maunode.Test", "/org/maunode", "org.maunode.Test", "Ask")
    call.set_serial(9)
    call.set_sender(":1.7")
    if kind == "call":
        return call
    reply = Gio.DBusMessage.new_method_reply(call) if kind == "return" else \
        Gio.DBusMessage.new_method_error_literal(call, "org.maunode.Error.Sad", "no")
    return reply


def blob(made, order, serial=0x01020304):
    made.set_serial(serial)
    made.set_byte_order(Gio.DBusMessageByteOrder.LITTLE_ENDIAN if order == "l" else Gio.DBusMessageByteOrder.BIG_ENDIAN)
    return bytes(made.to_blob(Gio.DBusCapabilityFlags.NONE))


def good():
    for order in "lB":
        for name, body in BODIES.items():
            made = message("signal")
            made.set_body(body)
            print("good", name, order, blob(made, order).hex())
        for kind in ("call", "return", "error", "signal"):
            print("good", kind, order, blob(message(kind), order).hex())


def refused(why, spoilt):
    try:
        Gio.DBusMessage.new_from_blob(bytes(spoilt), Gio.DBusCapabilityFlags.NONE)
    except GLib.Error:
        print("bad", why, bytes(spoilt).hex())
    else:
        print("strict", why, bytes(spoilt).hex())


def spoil(why, whole, at, *values):
    spoilt = bytearray(whole)
    spoilt[at:at + len(values)] = values
    refused(why, spoilt)


def bad():
    made = message("signal")
    made.set_body(V("(bsay)", (True, "ab", b"xy")))
    whole = blob(made, "l")
    body = len(whole) - 18                    # boolean 4, string 4 + 2 + 1 + 1 of padding, array 4 + 2
    spoil("byte-order", whole, 0, ord("x"))
    spoil("protocol-2", whole, 3, 2)
    spoil("kind-0", whole, 1, 0)
    spoil("boolean-of-2", whole, body, 2)
    spoil("string-without-zero", whole, body + 10, 1)
    spoil("string-with-zero-in-it", whole, body + 8, 0)
    spoil("string-no-utf8", whole, body + 8, 0xFF)
    spoil("string-overlong-utf8", whole, body + 8, 0xC0, 0x80)
    spoil("string-beyond-the-end", whole, body + 4, 200)
    spoil("array-beyond-the-end", whole, body + 12, 3)
    refused("cut", whole[:-1])
    refused("header-alone", whole[:16])
    spoil("path-without-slash", whole, whole.index(b"/org/maunode"), ord("x"))
    spoil("path-with-empty-part", whole, whole.index(b"/org/maunode") + 1, ord("/"))
    spoil("signature-unknown-type", whole, whole.index(b"bsay"), ord("w"))
    spoil("signature-array-of-nothing", whole, whole.index(b"bsay") + 3, ord("a"))
    spoil("body-without-signature", whole, whole.index(b"bsay") - 4, 77)


good()
bad()
