package com.vibnai.abuse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with an answer, whoever asked for it. */
final class Verdict {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** An oddity of HTTP that is not implemented may be said to be so. */
    private static final List<Integer> NOT_IMPLEMENTED = List.of(501, 505);

    private Verdict() {}

    /** To bytes of any kind: closing the connection is an answer too. */
    static List<String> always(Reply reply) {
        List<String> broken = new ArrayList<>();
        if (reply.ending() == Reply.Ending.HUNG) {
            broken.add("no whole answer within " + Findings.ANSWERS_WITHIN.toSeconds() + " s");
        }
        if (reply.status() >= 500 && !reply.isDeliberate() && !NOT_IMPLEMENTED.contains(reply.status())) {
            broken.add("a failure: " + reply);
        }
        if (Secrets.areIn(String.join("\n", reply.head()) + reply.text())) {
            broken.add("a secret in the answer: " + reply.status());
        }
        return broken;
    }

    /** To a well-formed request of the contract: an answer, of a documented success, or a problem that is whole. */
    static List<String> ofContract(Call call, boolean allowed, Reply reply) {
        List<String> broken = new ArrayList<>();
        if (reply.ending() == Reply.Ending.CLOSED || reply.ending() == Reply.Ending.CUT) {
            broken.add("the connection was closed without a whole answer");
        }
        if (reply.status() >= 400 && !isWholeProblem(reply)) {
            broken.add("an error that is no problem of its status: " + reply);
        }
        if (reply.is2xx() && !allowed) {
            broken.add("granted without the right to: " + reply);
        }
        if (reply.is2xx() && !call.statuses().contains(reply.status())) {
            broken.add("a success that the contract does not name: " + reply.status());
        }
        if (reply.is2xx() && isJson(reply) && reply.ending() == Reply.Ending.ANSWERED && parse(reply) == null) {
            broken.add("JSON that is none: " + reply);
        }
        return broken;
    }

    private static boolean isWholeProblem(Reply reply) {
        JsonNode problem = reply.isProblem() ? parse(reply) : null;
        return problem != null
                && problem.path("status").asInt() == reply.status()
                && problem.path("type").isTextual()
                && problem.path("title").isTextual();
    }

    private static boolean isJson(Reply reply) {
        String type = reply.header("Content-Type");
        return type != null && type.startsWith("application/json");
    }

    private static @Nullable JsonNode parse(Reply reply) {
        try {
            return JSON.readTree(reply.text());
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
