package com.vibnai.tracker.firstparty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vibnai.tracker.platform.ProblemType;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UmamiScriptTest {

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger fetches = new AtomicInteger();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-20T09:00:00Z"));
    private final HttpServer umami = wait(vertx.createHttpServer()
            .requestHandler(request -> request.response().end("send(\"/api/send\");" + fetches.incrementAndGet()))
            .listen(0, "127.0.0.1"));
    private final ProxyConfig config = new SmallRyeConfigBuilder()
            // Without Quarkus there is only the ISO form.
            .withSources(new PropertiesConfigSource(Map.of("tracker.proxy.timeout", "PT5S"), "test", 500))
            .withMapping(ProxyConfig.class)
            .build()
            .getConfigMapping(ProxyConfig.class);
    private final UmamiScript script = new UmamiScript(
            new Upstream(vertx, URI.create("http://127.0.0.1:" + umami.actualPort()), config), config, now::get);

    @AfterEach
    void end() {
        wait(vertx.close());
    }

    private static <T> T wait(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    private String content() {
        return new String(wait(script.get()).forms().get("identity"), StandardCharsets.UTF_8);
    }

    @Test
    void isFetchedOnceInAWhile() {
        assertThat(content()).isEqualTo("send(\"/api/send\");1");
        assertThat(content()).endsWith("1");

        now.updateAndGet(time -> time.plusSeconds(301));

        assertThat(content()).endsWith("2");
    }

    @Test
    void isTheLastGoodOneWhileUmamiIsAway() {
        String before = content();

        wait(umami.close());
        now.updateAndGet(time -> time.plusSeconds(86_400));

        assertThat(content()).isEqualTo(before);
    }

    @Test
    void isMissingWhenUmamiWasNeverThere() {
        wait(umami.close());

        assertThatThrownBy(this::content).satisfies(failure -> assertThat(Upstream.problem(failure.getCause()))
                .isEqualTo(ProblemType.UNAVAILABLE));
    }

    @ParameterizedTest
    @CsvSource({"/s.js, /api/send, /api/send", "/m/s.js, /m/c, /c", "/m/n/s.js, /m/n/o/c, /o/c", "/s.js, /c, /c"})
    void looksForTheCollectorFromItsOwnFolderOn(String script, String collector, String written) {
        assertThat(UmamiScript.besideScript(script, collector)).isEqualTo(written);
    }

    @Test
    void cannotFindACollectorElsewhere() {
        assertThatThrownBy(() -> UmamiScript.besideScript("/m/s.js", "/n/c"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tracker.proxy.collect-path");
    }
}
