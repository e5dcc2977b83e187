package com.vibnai.abuse;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Clients that cost nothing and take their time. */
final class SlowClients {

    private static final int OF_EACH = 300;
    private static final int SECONDS = 12;
    private static final int FLOOD = 3000;
    private static final int EXPORTS = 8;
    private static final int STREAMS = 40;
    private static final int EVENTS = 2000;
    /** What nobody reads holds a connection to the database; it may do so for this long. */
    private static final Duration UNREAD_HOLDS = Duration.ofSeconds(40);

    /** The longest time between two looks for events, and some. */
    private static final Duration LIVE_WITHIN = Duration.ofSeconds(20);

    private SlowClients() {}

    static void headers(Stage stage, Findings findings) throws InterruptedException {
        trickle(stage, findings, "GET / HTTP/1.1\r\nHost: localhost\r\n", "X-More: and more\r\n");
    }

    static void body(Stage stage, Findings findings) throws InterruptedException {
        trickle(
                stage,
                findings,
                "POST /v1/attributions HTTP/1.1\r\nHost: localhost\r\n" + Secrets.bearer(Secrets.SERVER_KEY)
                        + "\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n{\"user_id\": \""
                        + Secrets.NEVER,
                "x");
    }

    private static void trickle(Stage stage, Findings findings, String start, String more) throws InterruptedException {
        List<Wire> wires = new ArrayList<>();
        try {
            for (Target target : stage.targets()) {
                open(target, OF_EACH, findings, wires);
            }
            wires.forEach(wire -> wire.sendWhatIsTaken(Request.latin1(start)));
            for (int second = 0; second < SECONDS; second++) {
                Thread.sleep(1000);
                wires.forEach(wire -> wire.sendWhatIsTaken(Request.latin1(more)));
            }
        } finally {
            wires.forEach(Wire::close);
        }
    }

    static void flood(Stage stage, Findings findings) throws InterruptedException {
        for (Target target : stage.targets()) {
            List<Wire> wires = new ArrayList<>();
            try {
                open(target, FLOOD, findings, wires);
                Thread.sleep(3000);
            } finally {
                wires.forEach(Wire::close);
            }
        }
    }

    static void readers(Stage stage, Findings findings) throws Exception {
        List<Wire> wires = new ArrayList<>();
        Request export = Request.get("/v1/attributions", Secrets.bearer(Secrets.READ_KEY), "Accept: text/csv");
        Request live = Request.get("/v1/users/" + stage.user(0) + "/live", Secrets.bearer(Secrets.READ_KEY));
        try {
            for (int i = 0; i < EXPORTS; i++) {
                Wire wire = Wire.narrow(stage.attribution().run().port());
                wires.add(wire);
                wire.send(export.bytes());
            }
            for (int i = 0; i < STREAMS; i++) {
                Wire wire = Wire.narrow(stage.query().run().port());
                wires.add(wire);
                wire.send(live.bytes());
            }
            findings.sent(EXPORTS + STREAMS);
            Wire listener = Wire.open(stage.query().run().port());
            wires.add(listener);
            listener.send(live.bytes());
            findings.check(listener.hears("event:ready", Findings.ANSWERS_WITHIN), "a live stream begins");
            stage.visit(stage.user(0), EVENTS);
            findings.check(
                    listener.hears("event:trail", LIVE_WITHIN),
                    "somebody who reads gets the events that others do not");
            long giveUp = System.nanoTime() + UNREAD_HOLDS.toNanos();
            Reply reply =
                    findings.heard("export beside others", stage.attribution().ask(export));
            while (reply.status() == 503 && System.nanoTime() < giveUp) {
                Thread.sleep(1000);
                reply = findings.heard(
                        "export beside others", stage.attribution().ask(export));
            }
            findings.check(
                    reply.is2xx(),
                    "exports that nobody reads keep all others away for " + UNREAD_HOLDS.toSeconds() + " s");
        } finally {
            wires.forEach(Wire::close);
        }
    }

    private static void open(Target target, int many, Findings findings, List<Wire> wires) {
        int opened = 0;
        try {
            for (; opened < many; opened++) {
                wires.add(Wire.open(target.run().port()));
            }
        } catch (IOException e) {
            findings.found(target.name() + " took " + opened + " of " + many + " connections: " + e.getMessage());
        }
        findings.sent(opened);
    }
}
