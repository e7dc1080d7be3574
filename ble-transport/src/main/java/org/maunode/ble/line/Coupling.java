package org.maunode.ble.line;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.NotYetConnectedException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.maunode.ble.session.Call;
import org.maunode.ble.session.SessionException;

/**
 * A call and a socket that say the same.
 *
 * <pre>
 *   the socket's end of stream ──► finish          what the call has no room for stays in the socket
 *   the call's end ──► shutdownOutput              what the socket has no room for stays in the call, but for one batch
 *   a reset of either ──► a reset of the other
 * </pre>
 */
final class Coupling {
    private enum Half {
        OPEN,
        ENDED
    }

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel socket;
    private final Call call;
    private final Meter meter;
    private final SelectionKey key;
    private ByteBuffer unwritten = NOTHING;
    private Half saying = Half.OPEN;
    private Half hearing = Half.OPEN;
    /** Whether the socket may have something to say: nobody asks one that has just said that it has not. */
    private boolean readable = true;

    /**
     * The socket is the coupling's from now on, unless this fails.
     *
     * @throws NotYetConnectedException as said
     */
    Coupling(SocketChannel socket, Call call, Meter meter, Member member) throws IOException {
        if (!socket.isConnected()) {
            throw new NotYetConnectedException();
        }
        socket.configureBlocking(false);
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        socket.setOption(StandardSocketOptions.SO_SNDBUF, Bounds.SOCKET_BUFFER);
        socket.setOption(StandardSocketOptions.SO_RCVBUF, Bounds.SOCKET_BUFFER);
        this.socket = socket;
        this.call = call;
        this.meter = meter;
        this.key = member.loop().watch(socket, () -> noticed(member));
    }

    private void noticed(Member member) {
        readable |= key.isReadable();
        member.ready();
    }

    /** These bytes of the call have been read already. */
    void begin(ByteBuffer heard) {
        unwritten = copy(heard);
    }

    boolean isOver() {
        return !socket.isOpen();
    }

    /** Whether the socket had nothing more to say when it was last asked. */
    boolean isDry() {
        return !readable || saying == Half.ENDED || isOver();
    }

    /** The socket is asked anew, whatever it said last. */
    void askAgain() {
        readable = true;
    }

    /**
     * Moves what can be moved now.
     *
     * @param least bytes of room in the call for which the socket is read
     */
    void move(ByteBuffer scratch, int least) {
        if (isOver()) {
            return;
        }
        if (call.isReset()) {
            reset();
            return;
        }
        try {
            say(scratch, least);
            hear(scratch);
            closeIfEnded();
        } catch (SessionException _) {
            reset();
        } catch (IOException _) {
            call.reset();
            Sockets.close(socket);
        }
    }

    private void say(ByteBuffer scratch, int least) throws IOException {
        int room = call.writable();
        if (saying == Half.ENDED || room < least || !readable) {
            return;
        }
        int most = Math.min(room, scratch.capacity());
        int read = socket.read(scratch.clear().limit(most));
        readable = read == most;
        if (read > 0) {
            meter.wrote(call.write(scratch.array(), 0, read));
        } else if (read < 0) {
            call.finish();
            saying = Half.ENDED;
        }
    }

    private void hear(ByteBuffer scratch) throws IOException {
        while (hearing == Half.OPEN && isWritten()) {
            int read = call.read(scratch.array(), 0, scratch.capacity());
            if (read == 0) {
                return;
            }
            heard(scratch, read);
        }
    }

    private boolean isWritten() throws IOException {
        if (unwritten.hasRemaining()) {
            socket.write(unwritten);
        }
        return !unwritten.hasRemaining();
    }

    private void heard(ByteBuffer scratch, int read) throws IOException {
        if (read < 0) {
            socket.shutdownOutput();
            hearing = Half.ENDED;
            return;
        }
        meter.read(read);
        ByteBuffer bytes = scratch.clear().limit(read);
        socket.write(bytes);
        unwritten = bytes.hasRemaining() ? copy(bytes) : NOTHING;
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }

    private void closeIfEnded() {
        if (saying == Half.ENDED && hearing == Half.ENDED) {
            Sockets.close(socket);
        }
    }

    /**
     * The session is over. A reader who has been told the end keeps what is still in the socket for him; who goes on writing
     * hears that nobody listens.
     */
    void sessionOver() {
        if (hearing == Half.ENDED) {
            Sockets.close(socket);
        }
    }

    /** Ends both halves of the socket abruptly; the call has ended already, or is not worth a word. */
    void reset() {
        Sockets.reset(socket);
    }

    /** Waits for what can be moved next. */
    void watch(int least) {
        if (!isOver()) {
            int read = saying == Half.OPEN && call.writable() >= least ? SelectionKey.OP_READ : 0;
            int write = unwritten.hasRemaining() ? SelectionKey.OP_WRITE : 0;
            key.interestOps(read | write);
        }
    }
}
