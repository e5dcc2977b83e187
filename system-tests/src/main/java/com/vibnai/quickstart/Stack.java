package com.vibnai.quickstart;

import com.vibnai.quickstart.demo.DemoData;
import com.vibnai.quickstart.demo.DemoSite;
import com.vibnai.testkit.umami.UmamiStandIn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Everything that runs. Started in order, ended in the opposite one, whatever went wrong in between. */
final class Stack implements AutoCloseable {

    private final Packaging packaging;
    private final Path logs;
    private final Ports ports;
    private final Consumer<String> progress;
    private final Keys keys = Keys.random();
    private final List<AutoCloseable> parts = new ArrayList<>();
    private final List<ServiceProcess> services = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    Stack(Packaging packaging, Path logs, Ports ports, Consumer<String> progress) {
        this.packaging = packaging;
        this.logs = logs;
        this.ports = ports;
        this.progress = progress;
    }

    /** Starts all of it; answers what the env file holds. */
    Map<String, String> start(boolean demoData) throws InterruptedException, IOException {
        progress.accept("PostgreSQL (embedded) ...");
        Databases databases = Databases.start();
        progress.accept("Stand-in for Umami 3.1 ...");
        parts.add(UmamiStandIn.start(
                UmamiStandIn.Options.on(databases.umami().jdbcUrl()).at("127.0.0.1", ports.umami())));
        progress.accept("attribution-service, umami-query-service, tracker-web ...");
        startServices(databases);
        for (ServiceProcess service : services) {
            service.awaitReady();
            progress.accept("  " + service.name() + " is ready");
        }
        Map<String, String> values = values(databases);
        if (demoData) {
            progress.accept("Demo users with their histories ...");
            new DemoData(databases.umami(), databases.websiteId(), values).write(progress);
        }
        parts.add(DemoSite.start(ports.demo(), values));
        return values;
    }

    /** Runs {@code action} with the service should one end by itself. */
    void onDeath(Consumer<ServiceProcess> action) {
        services.forEach(service -> service.onExit(() -> {
            if (!closed.get()) {
                action.accept(service);
            }
        }));
    }

    List<ProcessHandle> processes() {
        return services.stream().map(ServiceProcess::handle).toList();
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        for (int i = parts.size() - 1; i >= 0; i--) {
            try {
                parts.get(i).close();
            } catch (Exception e) {
                progress.accept("Could not end " + parts.get(i) + ": " + e.getMessage());
            }
        }
    }

    private void startServices(Databases databases) {
        String localhost = "http://localhost:" + ports.demo();
        String loopback = "http://127.0.0.1:" + ports.demo();
        String console = "http://localhost:" + ports.tracker();
        add(
                "attribution-service",
                ports.attribution(),
                ports.management().get(1),
                Map.ofEntries(
                        Map.entry("ATTRIBUTION_DB_URL", Databases.url(databases.attribution())),
                        Map.entry("ATTRIBUTION_API_KEYS_SERVER_DIGEST", Keys.digest(keys.server())),
                        Map.entry("ATTRIBUTION_API_KEYS_SERVER_SCOPES", "ingest"),
                        Map.entry("ATTRIBUTION_API_KEYS_READ_DIGEST", Keys.digest(keys.read())),
                        Map.entry("ATTRIBUTION_API_KEYS_READ_SCOPES", "read"),
                        Map.entry("ATTRIBUTION_API_KEYS_ADMIN_DIGEST", Keys.digest(keys.admin())),
                        Map.entry("ATTRIBUTION_API_KEYS_ADMIN_SCOPES", "ingest,read,admin"),
                        Map.entry("ATTRIBUTION_API_KEYS_QUERY_DIGEST", Keys.digest(keys.query())),
                        Map.entry("ATTRIBUTION_API_KEYS_QUERY_SCOPES", "read,ingest"),
                        Map.entry("ATTRIBUTION_BROWSER_PUBLISHABLE_KEYS", keys.publishable()),
                        Map.entry("ATTRIBUTION_BROWSER_ALLOWED_ORIGINS", localhost + "," + loopback),
                        Map.entry("ATTRIBUTION_BROWSER_SIGNING_SECRETS", keys.signingSecret()),
                        Map.entry("ATTRIBUTION_CONSOLE_ORIGINS", console),
                        Map.entry("READ_TOKEN_SECRET", keys.readTokenSecret())));
        add(
                "umami-query-service",
                ports.query(),
                ports.management().get(2),
                Map.of(
                        "UMAMI_DB_URL",
                        databases.umami().reactiveUrl(),
                        "UMAMI_DB_USER",
                        "umami_reader",
                        "UMAMI_DB_PASSWORD",
                        databases.readerPassword(),
                        "UMAMI_ATTRIBUTION_URL",
                        "http://127.0.0.1:" + ports.attribution(),
                        "UMAMI_ATTRIBUTION_API_KEY",
                        keys.query(),
                        "UMAMI_FIRST_TOUCH_INTERVAL",
                        "2s",
                        "UMAMI_API_KEYS_READ_DIGEST",
                        Keys.digest(keys.read()),
                        "UMAMI_API_KEYS_READ_SCOPES",
                        "read",
                        "UMAMI_CONSOLE_ORIGINS",
                        console,
                        "READ_TOKEN_SECRET",
                        keys.readTokenSecret()));
        add(
                "tracker-web",
                ports.tracker(),
                ports.management().get(0),
                Map.of(
                        "TRACKER_UMAMI_WEBSITE_ID",
                        databases.websiteId().toString(),
                        "TRACKER_UMAMI_SCRIPT_URL",
                        "http://localhost:" + ports.umami() + "/script.js",
                        "TRACKER_ATTRIBUTION_URL",
                        "http://localhost:" + ports.attribution(),
                        "TRACKER_PUBLISHABLE_KEY",
                        keys.publishable(),
                        "TRACKER_CONSOLE_ATTRIBUTION_URL",
                        "http://localhost:" + ports.attribution(),
                        "TRACKER_CONSOLE_QUERY_URL",
                        "http://localhost:" + ports.query(),
                        "TRACKER_CONSOLE_TOKEN_URL",
                        localhost + "/api/console/token",
                        "TRACKER_CONSOLE_USERS_URL",
                        localhost + "/api/console/users"));
    }

    private void add(String name, int port, int management, Map<String, String> environment) {
        ServiceProcess service = ServiceProcess.start(packaging, logs, name, port, management, environment);
        parts.add(service);
        services.add(service);
    }

    private Map<String, String> values(Databases databases) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("ATTRIBUTION_URL", "http://localhost:" + ports.attribution());
        values.put("UMAMI_QUERY_URL", "http://localhost:" + ports.query());
        values.put("TRACKER_URL", "http://localhost:" + ports.tracker());
        values.put("DEMO_SITE_URL", "http://localhost:" + ports.demo());
        values.put("UMAMI_URL", "http://localhost:" + ports.umami());
        values.put("UMAMI_WEBSITE_ID", databases.websiteId().toString());
        values.put("SERVER_KEY", keys.server());
        values.put("READ_KEY", keys.read());
        values.put("ADMIN_KEY", keys.admin());
        values.put("PUBLISHABLE_KEY", keys.publishable());
        values.put("SIGNING_SECRET", keys.signingSecret());
        values.put("ATTRIBUTION_DB_URL", Databases.url(databases.attribution()));
        values.put("UMAMI_DB_URL", Databases.url(databases.umami()));
        return values;
    }
}
