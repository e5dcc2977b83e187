package com.vibnai.abuse;

import static org.assertj.core.api.Assertions.assertThat;

import com.vibnai.abuse.Reply.Ending;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final String PROBLEM = "Content-Type: application/problem+json";
    private static final Call CALL = new Call(
            "attribution-service", "GET", "/v1/attributions", List.of(), List.of(), Set.of(200), Set.of("read"));

    @Test
    void whatAServiceMayAnswerIsNoFinding() {
        assertThat(Verdict.always(reply(200, "{}"))).isEmpty();
        assertThat(Verdict.always(reply(400, ""))).isEmpty();
        assertThat(Verdict.always(reply(501, ""))).isEmpty();
        assertThat(Verdict.always(reply(503, "{}", PROBLEM, "Retry-After: 5"))).isEmpty();
        assertThat(Verdict.always(Reply.none(Ending.CLOSED, Duration.ZERO))).isEmpty();
        assertThat(Verdict.ofContract(CALL, true, reply(200, "{}", "Content-Type: application/json")))
                .isEmpty();
        assertThat(Verdict.ofContract(CALL, false, problem(403, 403))).isEmpty();
    }

    @Test
    void eachThingThatIsWrongIsFound() {
        assertThat(Verdict.always(reply(500, ""))).hasSize(1);
        assertThat(Verdict.always(reply(502, ""))).hasSize(1);
        assertThat(Verdict.always(reply(503, "{}", PROBLEM)))
                .as("without Retry-After")
                .hasSize(1);
        assertThat(Verdict.always(reply(400, "no key " + Secrets.CANARY))).hasSize(1);
        assertThat(Verdict.always(reply(200, "", "X-Key: " + Secrets.SERVER_KEY)))
                .hasSize(1);
        assertThat(Verdict.always(Reply.none(Ending.HUNG, Duration.ZERO))).hasSize(1);
        assertThat(Verdict.ofContract(CALL, true, Reply.none(Ending.CLOSED, Duration.ZERO)))
                .hasSize(1);
        assertThat(Verdict.ofContract(CALL, true, reply(400, "Bad Request"))).hasSize(1);
        assertThat(Verdict.ofContract(CALL, true, problem(400, 422))).hasSize(1);
        assertThat(Verdict.ofContract(CALL, true, reply(204, ""))).hasSize(1);
        assertThat(Verdict.ofContract(CALL, false, reply(200, "{}"))).hasSize(1);
        assertThat(Verdict.ofContract(CALL, true, reply(200, "{\"a\":", "Content-Type: application/json")))
                .hasSize(1);
    }

    @Test
    void anAttackHoldsWhenNobodyElseNoticesIt() {
        Attack attack = new Attack("name", "what", (stage, findings) -> {});

        Outcome held = new Outcome(
                attack,
                new Findings(),
                new Watch.Seen(10, Duration.ofMillis(900), Map.of()),
                Map.of("a", 31 * 1024L),
                1);
        Outcome broken = new Outcome(
                attack,
                new Findings(),
                new Watch.Seen(10, Duration.ofMillis(1100), Map.of("HUNG", 2)),
                Map.of("a", 33 * 1024L),
                1);
        Outcome nobody =
                new Outcome(attack, new Findings(), new Watch.Seen(0, Duration.ZERO, Map.of()), Map.of("a", 0L), 1);

        assertThat(held.broken()).isEmpty();
        assertThat(broken.broken()).hasSize(3);
        assertThat(nobody.broken()).hasSize(1);
    }

    @Test
    void whatMustBeRefusedIsAFindingWhenItIsGranted() {
        Findings findings = new Findings();

        findings.refused("refused", reply(403, ""));
        findings.refused("closed", Reply.none(Ending.CLOSED, Duration.ZERO));
        findings.granted("granted", reply(201, ""));
        assertThat(findings.broken()).isEmpty();

        findings.refused("not refused", reply(200, ""));
        findings.granted("not granted", reply(403, ""));
        assertThat(findings.broken()).hasSize(2);
        assertThat(findings.sent()).isEqualTo(5);
        assertThat(findings.answers()).isEqualTo("1 × 200, 1 × 201, 2 × 403, 1 × closed");
    }

    private static Reply problem(int status, int told) {
        return reply(status, "{\"type\":\"urn:x\",\"title\":\"X\",\"status\":" + told + "}", PROBLEM);
    }

    private static Reply reply(int status, String body, String... headers) {
        return new Reply(
                Ending.ANSWERED, status, List.of(headers), body.getBytes(StandardCharsets.UTF_8), Duration.ZERO);
    }
}
