package com.vibnai.abuse;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Sends generated requests to all services, as fast as some threads can. */
final class Fuzz {

    private static final int THREADS = 4;

    private final Stage stage;
    private final Findings findings;
    private final Generator generator;
    private final long end;
    private final AtomicLong next = new AtomicLong();

    private Fuzz(Stage stage, Findings findings, Generator generator, Duration lasts) {
        this.stage = stage;
        this.findings = findings;
        this.generator = generator;
        this.end = System.nanoTime() + lasts.toNanos();
    }

    static void run(Stage stage, Findings findings, Duration lasts, long seed)
            throws IOException, InterruptedException {
        Map<String, Contract> contracts = new LinkedHashMap<>();
        for (Target target : stage.targets()) {
            contracts.put(target.name(), Contract.read(stage.root(), target.name()));
        }
        List<String> users = List.of(stage.user(0), stage.user(1), stage.user(2), "record-1", "nobody");
        Fuzz fuzz = new Fuzz(stage, findings, new Generator(contracts, users, seed), lasts);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(fuzz::send, "fuzz-" + i);
            thread.setUncaughtExceptionHandler((of, e) -> findings.found("the generator failed: " + e));
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void send() {
        Map<String, Wire> wires = new HashMap<>();
        while (System.nanoTime() < end) {
            Generated generated = generator.request(next.getAndIncrement());
            Target target = stage.targets().stream()
                    .filter(each -> each.name().equals(generated.call().service()))
                    .findFirst()
                    .orElseThrow();
            judge(target, generated, exchange(target, generated.request(), wires));
        }
        wires.values().forEach(Wire::close);
    }

    private void judge(Target target, Generated generated, Reply reply) {
        List<String> broken = new ArrayList<>(Verdict.always(reply));
        if (generated.request().isProper()) {
            broken.addAll(Verdict.ofContract(generated.call(), generated.allowed(), reply));
        } else if (reply.is2xx() && !generated.allowed()) {
            broken.add("granted without the right to: " + reply);
        }
        findings.count(reply);
        for (String rule : broken) {
            findings.found(
                    generated.call() + ": " + rule.replaceFirst(": .*", "") + " (" + reply.status() + ")",
                    "number " + generated.number() + ": " + reply + "\n      " + Curl.of(target, generated.request()));
        }
    }

    /** On a connection that is kept; one that the service has closed meanwhile counts as none. */
    private static Reply exchange(Target target, Request request, Map<String, Wire> wires) {
        Wire kept = wires.remove(target.name());
        if (kept != null) {
            Reply reply = on(kept, target, request, wires);
            if (reply.ending() != Reply.Ending.CLOSED) {
                return reply;
            }
        }
        try {
            return on(Wire.open(target.run().port()), target, request, wires);
        } catch (IOException e) {
            return Reply.none(Reply.Ending.CLOSED, Duration.ZERO);
        }
    }

    private static Reply on(Wire wire, Target target, Request request, Map<String, Wire> wires) {
        wire.sendWhatIsTaken(request.bytes());
        Reply reply = wire.read(Findings.ANSWERS_WITHIN);
        if (reply.ending() == Reply.Ending.ANSWERED && !"close".equalsIgnoreCase(reply.header("Connection"))) {
            wires.put(target.name(), wire);
        } else {
            wire.close();
        }
        return reply;
    }
}
