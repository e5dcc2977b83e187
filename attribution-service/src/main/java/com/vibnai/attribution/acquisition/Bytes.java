package com.vibnai.attribution.acquisition;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Numbers and texts one after the other: small numbers take one byte. */
final class Bytes {

    private final byte[] bytes;
    private int at;

    Bytes(byte[] bytes) {
        this.bytes = bytes;
    }

    static void write(ByteArrayOutputStream out, long number) {
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    static void write(ByteArrayOutputStream out, byte[] text) {
        write(out, text.length);
        out.writeBytes(text);
    }

    int number() {
        int value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes[at++];
            value |= (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    int single() {
        return bytes[at++] & 0xFF;
    }

    int pair() {
        return (single() << 8) | single();
    }

    void skip(int count) {
        at += count;
    }

    String text() {
        return new String(taken(), StandardCharsets.UTF_8);
    }

    BigInteger integer() {
        return new BigInteger(taken());
    }

    boolean isAtEnd() {
        return at == bytes.length;
    }

    private byte[] taken() {
        int length = number();
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }
}
