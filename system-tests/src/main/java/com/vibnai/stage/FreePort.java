package com.vibnai.stage;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port nobody listens on. */
public final class FreePort {

    private FreePort() {}

    /** Free on loopback when asked. */
    public static int find() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new StageFailure("No free port was found: " + e.getMessage() + ".");
        }
    }
}
