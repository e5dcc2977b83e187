package com.vibnai.abuse;

import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** What one attack sent, what came back, and what must not have come back. For many threads. */
final class Findings {

    /** Longer than this no answer may take. */
    static final Duration ANSWERS_WITHIN = Duration.ofSeconds(5);

    /** Findings that are kept; the others are counted. */
    private static final int KEPT = 20;

    private final AtomicLong sent = new AtomicLong();
    private final Map<String, Integer> answers = Collections.synchronizedMap(new TreeMap<>());
    private final Map<String, Integer> broken = Collections.synchronizedMap(new LinkedHashMap<>());
    private final Map<String, String> details = Collections.synchronizedMap(new LinkedHashMap<>());
    private final AtomicLong more = new AtomicLong();

    /** Counts an exchange and holds it against what holds for everything: an answer in time, no failure, no secret. */
    Reply heard(String what, Reply reply) {
        count(reply);
        for (String rule : Verdict.always(reply)) {
            found(what + ": " + rule);
        }
        return reply;
    }

    /** Counts an exchange that somebody else judges. */
    void count(Reply reply) {
        sent.incrementAndGet();
        answers.merge(
                reply.status() == 0 ? reply.ending().name().toLowerCase(Locale.ROOT) : Integer.toString(reply.status()),
                1,
                Integer::sum);
    }

    /** The same, and it must be refused, or answered with nothing: any other status is a finding. */
    Reply refused(String what, Reply reply) {
        heard(what, reply);
        if (reply.status() != 0 && reply.status() < 400) {
            found(what + ": answered with " + reply);
        }
        return reply;
    }

    /** The same, and it must be granted: without this a refusal of the attacks would show nothing. */
    Reply granted(String what, Reply reply) {
        heard(what, reply);
        if (!reply.is2xx()) {
            found(what + ", which is right: answered with " + reply);
        }
        return reply;
    }

    /** Something sent that has no answer of its own. */
    void sent(long many) {
        sent.addAndGet(many);
    }

    void check(boolean holds, String otherwise) {
        if (!holds) {
            found(otherwise);
        }
    }

    void found(String what) {
        found(what, "");
    }

    /** The same, with how to see it again; the first time it is found that is kept. */
    void found(String what, String again) {
        synchronized (broken) {
            if (broken.containsKey(what) || broken.size() < KEPT) {
                broken.merge(what, 1, Integer::sum);
                if (!again.isEmpty()) {
                    details.putIfAbsent(what, again);
                }
            } else {
                more.incrementAndGet();
            }
        }
    }

    long sent() {
        return sent.get();
    }

    /** Status and how often, in words. */
    String answers() {
        synchronized (answers) {
            return answers.entrySet().stream()
                    .map(entry -> entry.getValue() + " × " + entry.getKey())
                    .collect(Collectors.joining(", "));
        }
    }

    /** How to see a finding again, as far as that is a line. */
    Collection<String> details() {
        synchronized (broken) {
            return List.copyOf(details.values());
        }
    }

    List<String> broken() {
        synchronized (broken) {
            List<String> all = broken.entrySet().stream()
                    .map(entry -> entry.getKey() + (entry.getValue() > 1 ? " (" + entry.getValue() + " times)" : ""))
                    .collect(Collectors.toList());
            if (more.get() > 0) {
                all.add(more + " more");
            }
            return all;
        }
    }
}
