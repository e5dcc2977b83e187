package com.vibnai.quickstart;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where everything listens, all on loopback.
 *
 * @param tracker tracker-web
 * @param attribution attribution-service
 * @param query umami-query-service
 * @param demo the demo site
 * @param umami the stand-in for Umami
 * @param management health and metrics of the three services, in their order
 */
record Ports(int tracker, int attribution, int query, int demo, int umami, List<Integer> management) {

    private static final int HIGHEST_BASE = 64_000;

    /** The layout that starts at {@code base}, or free ports for 0; fails if one of them is taken. */
    static Ports from(int base) {
        if (base == 0) {
            return free();
        }
        if (base < 1024 || base > HIGHEST_BASE) {
            throw new StartFailure("--port-base has to be 0 (any free ports) or 1024 to " + HIGHEST_BASE + ".");
        }
        Ports ports = new Ports(
                base, base + 1, base + 2, base + 10, base + 20, List.of(base + 1000, base + 1001, base + 1002));
        ports.byName().forEach(Ports::check);
        return ports;
    }

    private Map<String, Integer> byName() {
        Map<String, Integer> ports = new LinkedHashMap<>();
        ports.put("tracker-web", tracker);
        ports.put("attribution-service", attribution);
        ports.put("umami-query-service", query);
        ports.put("the demo site", demo);
        ports.put("the stand-in for Umami", umami);
        ports.put("tracker-web's management", management.get(0));
        ports.put("attribution-service's management", management.get(1));
        ports.put("umami-query-service's management", management.get(2));
        return ports;
    }

    private static void check(String name, int port) {
        try {
            open(port).close();
        } catch (IOException e) {
            throw new StartFailure("Port " + port + ", for " + name
                    + ", is taken; choose others with --port-base N (0 finds free ones).");
        }
    }

    /** Free when asked; held until all are chosen, so that none is given twice. */
    private static Ports free() {
        ServerSocket[] held = new ServerSocket[8];
        try {
            int[] ports = new int[held.length];
            for (int i = 0; i < held.length; i++) {
                held[i] = open(0);
                ports[i] = held[i].getLocalPort();
            }
            for (ServerSocket socket : held) {
                socket.close();
            }
            return new Ports(ports[0], ports[1], ports[2], ports[3], ports[4], List.of(ports[5], ports[6], ports[7]));
        } catch (IOException e) {
            throw new StartFailure("No free port was found: " + e.getMessage() + ".");
        }
    }

    private static ServerSocket open(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }
}
