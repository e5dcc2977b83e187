package com.vibnai.attribution.firsttouch;

import com.vibnai.attribution.channel.Classifier;
import com.vibnai.attribution.identity.IdentityConfig;
import com.vibnai.attribution.identity.LinkWriter;
import com.vibnai.attribution.platform.Migrations;
import com.vibnai.attribution.platform.security.Trust;
import com.vibnai.attribution.touch.Campaign;
import com.vibnai.attribution.touch.ExternalReferrer;
import com.vibnai.attribution.touch.Touch;
import com.vibnai.testkit.TestDatabase;
import com.vibnai.testkit.TestPostgres;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;

/** The writing half of the service on a database of its own, without HTTP. */
final class WriterStage implements AutoCloseable {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Classifier CHANNELS = Classifier.builtIn();

    final TestDatabase database = TestPostgres.shared().createDatabase("writer");
    final Vertx vertx = Vertx.vertx();
    final MeterRegistry metrics = new SimpleMeterRegistry();
    final Pool pool;
    final SignupWriter writer;
    final SignupBatch batches;

    WriterStage() {
        Flyway.configure()
                .dataSource(database.jdbcUrl(), null, null)
                .configuration(Migrations.SETTINGS)
                .load()
                .migrate();
        PgConnectOptions options = PgConnectOptions.fromUri(database.reactiveUrl())
                .setUser(database.user())
                .setPassword(database.password());
        pool = Pool.newInstance(PgBuilder.pool()
                .connectingTo(options)
                .with(new PoolOptions().setMaxSize(8))
                .using(vertx)
                .build());
        writer = new SignupWriter(pool, new LinkWriter(identity(), metrics));
        batches = new SignupBatch(writer);
    }

    private static IdentityConfig identity() {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(IdentityConfig.class)
                .withDefaultValue("attribution.identity.grace", "PT5S")
                .withConverter(Duration.class, 200, Duration::parse)
                .build()
                .getConfigMapping(IdentityConfig.class);
    }

    SignupQueue queue(int queue, int batch, int lanes, Duration longestWait) {
        return queue(queue, batch, lanes, longestWait, longestWait.plusMinutes(2));
    }

    SignupQueue queue(int queue, int batch, int lanes, Duration longestWait, Duration timeout) {
        IngestConfig config = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(IngestConfig.class)
                .withDefaultValue("attribution.ingest.queue", Integer.toString(queue))
                .withDefaultValue("attribution.ingest.batch", Integer.toString(batch))
                .withDefaultValue("attribution.ingest.lanes", Integer.toString(lanes))
                .withDefaultValue("attribution.ingest.longest-wait", longestWait.toString())
                .withDefaultValue("attribution.ingest.timeout", timeout.toString())
                .withConverter(Duration.class, 200, Duration::parse)
                .build()
                .getConfigMapping(IngestConfig.class);
        return new SignupQueue(batches, config, vertx, metrics);
    }

    /** A signup with {@code number} in every field of its touch; a direct one has those fields that a direct one can have. */
    static Signup signup(String user, int number, boolean direct) {
        String tag = "-" + number;
        Touch touch = direct
                ? Touch.of(
                        new Campaign(null, null, null, null, null, null, null),
                        Map.of(),
                        "https://www.example.com/from" + tag,
                        "https://www.example.com/to" + tag,
                        START.plusSeconds(number),
                        new ExternalReferrer())
                : Touch.of(
                        new Campaign(
                                "source" + tag,
                                "medium" + tag,
                                "campaign" + tag,
                                "term" + tag,
                                "content" + tag,
                                "id" + tag,
                                "platform" + tag),
                        Map.of("gclid", "gclid" + tag, "fbclid", "fbclid" + tag),
                        "https://other.example.org/from" + tag,
                        "https://www.example.com/to" + tag,
                        START.plusSeconds(number),
                        new ExternalReferrer());
        return new Signup(
                user,
                touch,
                CHANNELS.classify(touch),
                touch,
                CHANNELS.classify(touch),
                Trust.SERVER,
                Source.SERVER,
                "key" + tag,
                START.plusSeconds(number),
                null,
                List.of());
    }

    static String newUser() {
        return "user-" + UUID.randomUUID();
    }

    @Override
    public void close() {
        pool.closeAndAwait();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        database.close();
    }
}
