package org.maunode.openpgp;

import java.io.IOException;
import java.io.OutputStream;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.modes.CFBModeCipher;

/** Writes what {@link SealedInput} reads. Closing it writes the integrity check and ends the packet. */
final class SealedOutput extends OutputStream {
    private final OutputStream packet;
    private final CFBModeCipher cipher;
    private final Digest digest = new SHA1Digest();
    private final byte[] buffer = new byte[Packets.PART];
    private boolean isClosed;

    SealedOutput(OutputStream out, byte[] key) throws IOException {
        packet = Packets.stream(out, Tag.SEALED);
        cipher = Crypto.cfb(true, key);
        packet.write(SealedInput.VERSION);
        byte[] prefix = Crypto.random(SealedInput.PREFIX);
        prefix[16] = prefix[14];
        prefix[17] = prefix[15];
        write(prefix);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        digest.update(bytes, offset, length);
        encipher(bytes, offset, length);
    }

    private void encipher(byte[] bytes, int offset, int length) throws IOException {
        for (int done = 0; done < length; ) {
            int n = Math.min(buffer.length, length - done);
            cipher.processBytes(bytes, offset + done, n, buffer, 0);
            packet.write(buffer, 0, n);
            done += n;
        }
    }

    @Override
    public void close() throws IOException {
        if (isClosed) {
            return;
        }
        isClosed = true;
        digest.update(SealedInput.CHECK_HEADER, 0, SealedInput.CHECK_HEADER.length);
        byte[] sum = new byte[digest.getDigestSize()];
        digest.doFinal(sum, 0);
        encipher(SealedInput.CHECK_HEADER, 0, SealedInput.CHECK_HEADER.length);
        encipher(sum, 0, sum.length);
        packet.close();
    }
}
