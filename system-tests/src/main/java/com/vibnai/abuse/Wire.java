package com.vibnai.abuse;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A connection that says whatever it is told to, and reads answers as far as they are HTTP/1.1. */
final class Wire implements AutoCloseable {

    private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(5);
    /** How much of a stream without an end is looked at. */
    private static final Duration STREAM = Duration.ofMillis(150);

    private static final int LONGEST_BODY = 64 << 20;

    private final Socket socket = new Socket();
    private final InputStream in;

    private Wire(int port, int receiveBuffer) throws IOException {
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) CONNECTS_WITHIN.toMillis());
        in = new BufferedInputStream(socket.getInputStream());
    }

    static Wire open(int port) throws IOException {
        return new Wire(port, 0);
    }

    /** With a window that is soon full when nothing is read. */
    static Wire narrow(int port) throws IOException {
        return new Wire(port, 4096);
    }

    /** One request on a connection of its own. */
    static Reply ask(int port, Request request, Duration limit) {
        return ask(port, request.with("Connection: close").bytes(), limit);
    }

    /** The same with bytes of any kind. */
    static Reply ask(int port, byte[] bytes, Duration limit) {
        long begin = System.nanoTime();
        try (Wire wire = open(port)) {
            wire.sendWhatIsTaken(bytes);
            return wire.read(limit);
        } catch (IOException e) {
            return Reply.none(Reply.Ending.CLOSED, since(begin));
        }
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** A service may answer and close before it has read everything; the answer counts then. */
    void sendWhatIsTaken(byte[] bytes) {
        try {
            send(bytes);
        } catch (IOException e) {
            // The answer, or its absence, is looked at next.
        }
    }

    /** The next answer. */
    Reply read(Duration limit) {
        long begin = System.nanoTime();
        List<String> head = new ArrayList<>();
        try {
            deadline(begin, limit);
            do {
                head.clear();
                for (String line = line(); !line.isEmpty(); line = line()) {
                    head.add(line);
                }
            } while (head.isEmpty() || status(head) == 100);
            return body(head, begin, limit);
        } catch (SocketTimeoutException e) {
            return Reply.none(Reply.Ending.HUNG, since(begin));
        } catch (IOException e) {
            return Reply.none(head.isEmpty() ? Reply.Ending.CLOSED : Reply.Ending.CUT, since(begin));
        }
    }

    /** Whether the service ends the connection within {@code limit}, whatever it says before. */
    boolean closes(Duration limit) {
        long giveUp = System.nanoTime() + limit.toNanos();
        byte[] rest = new byte[8192];
        try {
            while (System.nanoTime() < giveUp) {
                deadline(System.nanoTime(), Duration.ofNanos(Math.max(1_000_000, giveUp - System.nanoTime())));
                if (in.read(rest) < 0) {
                    return true;
                }
            }
            return false;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    /** Whether this text comes within {@code limit}, in a stream. */
    boolean hears(String text, Duration limit) {
        long giveUp = System.nanoTime() + limit.toNanos();
        StringBuilder heard = new StringBuilder();
        byte[] some = new byte[8192];
        try {
            while (System.nanoTime() < giveUp && heard.indexOf(text) < 0) {
                deadline(System.nanoTime(), Duration.ofNanos(Math.max(1_000_000, giveUp - System.nanoTime())));
                int read = in.read(some);
                if (read < 0) {
                    return false;
                }
                heard.append(new String(some, 0, read, StandardCharsets.ISO_8859_1));
            }
            return heard.indexOf(text) >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether the service has closed it; takes a moment. */
    boolean isClosed() {
        return closes(Duration.ofMillis(5));
    }

    @Override
    public void close() {
        try {
            // No farewell: what is still unsent or unread is nobody's business.
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // Closed is closed.
        }
    }

    private Reply body(List<String> head, long begin, Duration limit) throws IOException {
        int status = status(head);
        Reply started = new Reply(Reply.Ending.ANSWERED, status, List.copyOf(head), new byte[0], since(begin));
        String type = started.header("Content-Type");
        String length = started.header("Content-Length");
        boolean chunked = started.header("Transfer-Encoding") != null;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Reply.Ending ending = Reply.Ending.ANSWERED;
        if (type != null && type.startsWith("text/event-stream")) {
            deadline(System.nanoTime(), STREAM);
            ending = peek(bytes);
        } else if (status != 204 && status != 304) {
            try {
                if (chunked) {
                    chunks(bytes, begin, limit);
                } else if (length != null) {
                    take(Long.parseLong(length), bytes, begin, limit);
                }
            } catch (EOFException e) {
                ending = Reply.Ending.CUT;
            } catch (SocketTimeoutException e) {
                ending = Reply.Ending.HUNG;
            }
        }
        return new Reply(ending, status, List.copyOf(head), bytes.toByteArray(), since(begin));
    }

    private Reply.Ending peek(ByteArrayOutputStream bytes) throws IOException {
        byte[] some = new byte[4096];
        try {
            int read = in.read(some);
            bytes.write(some, 0, Math.max(0, read));
            return read < 0 ? Reply.Ending.CUT : Reply.Ending.STREAMING;
        } catch (SocketTimeoutException e) {
            return Reply.Ending.STREAMING;
        }
    }

    private void chunks(ByteArrayOutputStream bytes, long begin, Duration limit) throws IOException {
        while (true) {
            deadline(begin, limit);
            String size = line();
            int end = size.indexOf(';');
            long length = Long.parseLong((end < 0 ? size : size.substring(0, end)).strip(), 16);
            take(length, bytes, begin, limit);
            String after = line();
            if (length == 0 || !after.isEmpty()) {
                return;
            }
        }
    }

    private void take(long length, ByteArrayOutputStream bytes, long begin, Duration limit) throws IOException {
        byte[] some = new byte[8192];
        for (long left = length; left > 0; ) {
            deadline(begin, limit);
            int read = in.read(some, 0, (int) Math.min(left, some.length));
            if (read < 0 || bytes.size() > LONGEST_BODY) {
                throw new EOFException();
            }
            bytes.write(some, 0, read);
            left -= read;
        }
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            line.write(c);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    private void deadline(long begin, Duration limit) throws IOException {
        long left = limit.minus(since(begin)).toMillis();
        if (left <= 0) {
            throw new SocketTimeoutException();
        }
        socket.setSoTimeout((int) left);
    }

    private static int status(List<String> head) throws IOException {
        @Nullable String[] words = head.get(0).split(" ", 3);
        String version = words[0];
        String code = words.length > 1 ? words[1] : null;
        if (version == null
                || !version.toUpperCase(Locale.ROOT).startsWith("HTTP/1.")
                || code == null
                || !code.matches("\\d{3}")) {
            throw new IOException("no HTTP");
        }
        return Integer.parseInt(code);
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }
}
