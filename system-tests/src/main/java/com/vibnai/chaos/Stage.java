package com.vibnai.chaos;

import com.vibnai.bench.AttributionUnderTest;
import com.vibnai.bench.QueryUnderTest;
import com.vibnai.stage.FreePort;
import com.vibnai.stage.PostgresServer;
import com.vibnai.stage.ServiceRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is broken: attribution-service on a PostgreSQL of its own, umami-query-service on another one. */
final class Stage implements AutoCloseable {

    private static final String DATABASE = "attribution";
    /** Enough for the crash recovery of a full disk, small enough to be filled at once. */
    private static final int DISK_MB = 700;

    private final Path root;
    private final Path work;
    private final @Nullable Namespaces namespaces;
    private final @Nullable SkewedClock clock;
    private final PostgresServer postgres;
    private final PostgresServer umami;
    private final UmamiUsers users;
    private final int port = FreePort.find();
    private ServiceRun attribution;
    private ServiceRun query;

    private Stage(
            Path root,
            Path work,
            @Nullable Namespaces namespaces,
            @Nullable SkewedClock clock,
            PostgresServer postgres,
            PostgresServer umami,
            UmamiUsers users) {
        this.root = root;
        this.work = work;
        this.namespaces = namespaces;
        this.clock = clock;
        this.postgres = postgres;
        this.umami = umami;
        this.users = users;
        this.attribution = startAttribution(Map.of());
        this.query = startQuery();
    }

    static Stage start(Path root, Path work, Path data) throws Exception {
        Path disk = Files.createDirectories(data.resolve("disk"));
        Namespaces namespaces = null;
        if (Namespaces.available()) {
            Namespaces.mount(disk, DISK_MB);
            namespaces = Namespaces.create();
        }
        PostgresServer postgres = PostgresServer.create(
                work,
                disk.resolve("pg"),
                namespaces == null ? "127.0.0.1" : Namespaces.SERVER,
                namespaces == null ? List.of() : namespaces.prefix(),
                Map.of("max_connections", "60", "max_wal_size", "192MB", "shared_buffers", "64MB"));
        PostgresServer umami = PostgresServer.create(work, data.resolve("umami"), "127.0.0.1", List.of(), Map.of());
        postgres.start();
        postgres.execute("postgres", "CREATE DATABASE " + DATABASE);
        umami.start();
        UmamiUsers users = UmamiUsers.create(umami);
        Stage stage = new Stage(root, work, namespaces, SkewedClock.find(data), postgres, umami, users);
        stage.attribution.awaitReady();
        stage.query.awaitReady();
        users.link(stage.attribution.url());
        return stage;
    }

    @Nullable
    Namespaces namespaces() {
        return namespaces;
    }

    /** The clock that {@link #restartOnClock} gives attribution-service; null if there is none that can be set. */
    @Nullable
    SkewedClock clock() {
        return clock;
    }

    PostgresServer postgres() {
        return postgres;
    }

    PostgresServer umami() {
        return umami;
    }

    ServiceRun attribution() {
        return attribution;
    }

    ServiceRun query() {
        return query;
    }

    List<String> users() {
        return users.ids();
    }

    String database() {
        return DATABASE;
    }

    /** As an orchestrator does when a process has ended. */
    void restartAttribution() throws InterruptedException {
        attribution = startAttribution(Map.of());
        attribution.awaitReady();
    }

    /** On the clock that there has to be. */
    void restartOnClock() throws IOException, InterruptedException {
        attribution.close();
        attribution = startAttribution(Objects.requireNonNull(clock).environment());
        attribution.awaitReady();
    }

    /** Where the file that fills the disk goes. */
    Path filler() {
        return postgres.data().resolveSibling("filler");
    }

    @Override
    public void close() throws IOException {
        query.close();
        attribution.close();
        umami.close();
        Files.deleteIfExists(filler());
        postgres.close();
        if (namespaces != null) {
            Namespaces.unmount(postgres.data().resolveSibling("."));
            namespaces.close();
        }
    }

    private ServiceRun startAttribution(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(AttributionUnderTest.environment(postgres, DATABASE));
        environment.putAll(more);
        return ServiceRun.packaged(root, work, "attribution-service", java(), port, environment);
    }

    private ServiceRun startQuery() {
        return ServiceRun.packaged(
                root, work, "umami-query-service", java(), QueryUnderTest.environment(umami, users.database(), port));
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"));
    }
}
