package org.maunode.discovery.mdns;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.NetworkInterface;
import java.net.StandardSocketOptions;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Asks like the Go peer: one question from any port, and prints each answer as it came, {@code HOST:PORT BYTES}. */
final class OldAsker {
    private OldAsker() {}

    public static void main(String[] arguments) throws Exception {
        Question who = new Question(ServiceName.SERVICE, RecordType.PTR);
        byte[] question = Message.query(List.of(who), List.of()).withId(0x1234).bytes();
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setOption(StandardSocketOptions.IP_MULTICAST_IF, NetworkInterface.getByName(arguments[0]));
            socket.setSoTimeout(5_000);
            socket.send(new DatagramPacket(question, question.length, Family.IPV4.everybody()));
            while (true) {
                DatagramPacket answer = new DatagramPacket(new byte[Limits.MESSAGE], Limits.MESSAGE);
                socket.receive(answer);
                String bytes = HexFormat.of().formatHex(Arrays.copyOf(answer.getData(), answer.getLength()));
                System.out.println(answer.getAddress().getHostAddress() + ":" + answer.getPort() + " " + bytes);
            }
        }
    }
}
