package com.vibnai.testkit;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Requests as they are written in a test: no client tidies the path or refuses what is wrong. */
public final class RawHttp {

    private RawHttp() {}

    /** Sends a request without a body on a connection of its own; answers all that comes back until it is closed. */
    public static String ask(URI server, String requestLine, String... headers) throws IOException {
        String request = requestLine + "\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n";
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
