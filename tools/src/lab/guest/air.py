"""Carries one virtual controller from the guest that has the air to another guest, over a port between the two.

air.py air         in the guest with btvirt: the far controller is a client of btvirt's socket
air.py controller  in the other guest: what comes over the port is a controller there

On the port go H4 packets (Bluetooth Core, volume 4 part A), and two words of our own, of a byte each: ANEW asks for a
controller that knows nothing, and answers that there is one now; AIR says that btvirt began, so that what came from
another one is void. Nothing is asked again and again: epoll tells of changes, at the edge, since a port that nobody
holds at its far end hangs up without end.
"""

import glob
import os
import select
import socket
import sys
import time

BTVIRT = "/tmp/bt-server-le"
ANEW, AIR = 0xFE, 0xFD
# Of each kind of packet: where the length stands, its bytes, and its mask.
LENGTHS = {1: (3, 1, 0xFF), 2: (3, 2, 0xFFFF), 3: (3, 1, 0xFF), 4: (2, 1, 0xFF), 5: (3, 2, 0x3FFF)}


class End:
    """One end of the carriage: what was read and is not a whole packet yet, what is to be written and was not taken."""

    def __init__(self, fd):
        os.set_blocking(fd, False)
        self.fd, self.heard, self.unsaid = fd, bytearray(), []

    def read(self):
        """All whole packets that are there, and whether the end is still there."""
        there = True
        while True:
            try:
                data = os.read(self.fd, 4096)
            except BlockingIOError:
                break
            if not data:
                there = False
                break
            self.heard += data
        packets = []
        while size := packet_size(self.heard):
            packets.append(bytes(self.heard[:size]))
            del self.heard[:size]
        return packets, there

    def write(self, packet=b""):
        if packet:
            self.unsaid.append(packet)
        while self.unsaid:
            try:
                written = os.write(self.fd, self.unsaid[0])
            except BlockingIOError:
                return
            self.unsaid[0] = self.unsaid[0][written:]
            if not self.unsaid[0]:
                self.unsaid.pop(0)


def packet_size(data):
    """The size of the first packet, or 0 if it is not whole."""
    if not data:
        return 0
    if data[0] in (ANEW, AIR):
        return 1
    if data[0] not in LENGTHS:
        raise SystemExit("no H4 packet: %s" % bytes(data[:20]).hex())
    start, count, mask = LENGTHS[data[0]]
    if len(data) < start + count:
        return 0
    size = start + count + (int.from_bytes(data[start : start + count], "little") & mask)
    return size if len(data) >= size else 0


def open_port():
    for name in glob.glob("/sys/class/virtio-ports/*/name"):
        with open(name) as file:
            if file.read().strip() == "air":
                return os.open("/dev/" + name.split("/")[-2], os.O_RDWR | os.O_NONBLOCK)
    raise SystemExit("this guest has no port for the air")


def client_of_btvirt():
    end = time.monotonic() + 10
    while True:
        client = socket.socket(socket.AF_UNIX)
        try:
            client.connect(BTVIRT)
            return client.detach()
        except OSError:
            client.close()
            if time.monotonic() > end:
                raise SystemExit("btvirt does not answer")
            time.sleep(0.05)


def controller():
    fd = os.open("/dev/vhci", os.O_RDWR)
    os.write(fd, b"\xff\x00")
    os.read(fd, 64)  # which one it is
    return fd


class Carriage:
    def __init__(self, make, asks):
        self.make, self.asks = make, asks
        self.port, self.radio, self.epoll = End(open_port()), None, select.epoll()
        self.watch(self.port)
        self.say(ANEW if asks else AIR)

    def watch(self, end):
        self.epoll.register(end.fd, select.EPOLLIN | select.EPOLLOUT | select.EPOLLET)

    def say(self, word):
        self.port.write(bytes([word]))

    def begin(self):
        self.end()
        self.radio = End(self.make())
        self.watch(self.radio)
        print("a controller begins")
        if not self.asks:
            self.say(ANEW)

    def end(self):
        if self.radio:
            os.close(self.radio.fd)
            self.radio = None
            print("a controller ended")

    def take(self, packet):
        if packet[0] == ANEW:
            self.begin()
        elif packet[0] == AIR:
            if self.radio:
                self.end()
                self.say(ANEW)
        elif self.radio:
            self.radio.write(packet)

    def go(self):
        while True:
            for packet in self.port.read()[0]:
                self.take(packet)
            self.port.write()
            if self.radio:
                self.from_radio()
            self.epoll.poll()

    def from_radio(self):
        packets, there = self.radio.read()
        for packet in packets:
            self.port.write(packet)
        self.radio.write()
        if not there:
            raise SystemExit("btvirt is gone")


if __name__ == "__main__":
    if sys.argv[1:] == ["air"]:
        Carriage(client_of_btvirt, False).go()
    elif sys.argv[1:] == ["controller"]:
        Carriage(controller, True).go()
    else:
        raise SystemExit(__doc__)
