package com.vibnai.testkit.generator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.vibnai.testkit.TestDatabase;
import com.vibnai.testkit.TestPostgres;
import com.vibnai.testkit.generator.Generated.Link;
import com.vibnai.testkit.umami.UmamiSchema;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The generator for the command line. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        description = "Fills a database with the data that Umami would hold of a busy site.")
public final class GenerateCommand implements Callable<Integer> {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--events", defaultValue = "1000000", description = "How many events.")
    private long events;

    @Option(names = "--events-per-session", defaultValue = "8", description = "Mean number, 1 to 1000.")
    private double eventsPerSession;

    @Option(names = "--identified", defaultValue = "0.25", description = "Share of the visitors that log in, 0 to 1.")
    private double identified;

    @Option(names = "--months", defaultValue = "6", description = "How far back the data reaches, 1 to 120.")
    private int months;

    @Option(names = "--until", description = "No event is later, for example 2026-11-01T00:00:00Z. Default: this hour.")
    private @Nullable Instant until;

    @Option(names = "--seed", defaultValue = "1", description = "The same seed makes the same rows.")
    private long seed;

    @Option(names = "--website", description = "Id of the website. Default: made from the seed.")
    private @Nullable UUID website;

    @Option(
            names = "--schema",
            defaultValue = "V3_1",
            description = "Umami's generation, made where --url names none: ${COMPLETION-CANDIDATES}.")
    private UmamiSchema schema = UmamiSchema.V3_1;

    @Option(
            names = "--url",
            description =
                    "JDBC URL of a database that holds Umami's tables. Default: an embedded PostgreSQL, which stays until Ctrl-C.")
    private @Nullable String url;

    @Option(names = "--links", description = "Writes the identity links into this file, one JSON object a line.")
    private @Nullable Path links;

    /** Runs the command. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new GenerateCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println(failure.getMessage());
                    return 1;
                });
    }

    @Override
    public Integer call() throws Exception {
        GeneratorSettings settings = settings();
        PrintWriter out = commandSpec().commandLine().getOut();
        PrintWriter err = commandSpec().commandLine().getErr();
        Optional<TestDatabase> own = Optional.empty();
        if (url == null) {
            err.println("Starting PostgreSQL ...");
            own = Optional.of(TestPostgres.shared().createDatabase("umami"));
            schema.create(own.get());
        }
        String target = own.map(TestDatabase::jdbcUrl).orElse(String.valueOf(url));
        Instant start = Instant.now();
        Generated made = write(new Generator(() -> DriverManager.getConnection(target), settings), settings, err);
        out.printf(
                Locale.ROOT,
                "%,d events in %,d sessions, %,d users, of website %s, in %d s%n",
                made.events(),
                made.sessions(),
                made.users(),
                made.website(),
                Duration.between(start, Instant.now()).toSeconds());
        made.sample().stream().limit(3).forEach(user -> out.println("  for example " + user.userId()));
        if (own.isPresent()) {
            out.println(target);
            out.println("Ctrl-C ends it.");
            out.flush();
            new CountDownLatch(1).await();
        }
        return 0;
    }

    private Generated write(Generator generator, GeneratorSettings settings, PrintWriter err) throws Exception {
        Progress progress = new Progress(settings.events(), line -> {
            err.println("  " + line);
            err.flush();
        });
        if (links == null) {
            return generator.generate(link -> {}, progress);
        }
        try (PrintWriter file = new PrintWriter(Files.newBufferedWriter(links))) {
            return generator.generate(toJson(file), progress);
        }
    }

    private static Consumer<Link> toJson(PrintWriter file) {
        return link -> {
            try {
                String json = JSON.writeValueAsString(Map.of(
                        "user_id", link.userId(),
                        "website_id", link.websiteId(),
                        "session_id", link.sessionId(),
                        "kind", link.kind(),
                        "from", link.from().toString(),
                        "occurred_at", link.occurredAt().toString()));
                file.println(json);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    private GeneratorSettings settings() {
        try {
            return new GeneratorSettings(
                    website != null ? website : GeneratorSettings.websiteOf(seed),
                    events,
                    eventsPerSession,
                    identified,
                    months,
                    until != null ? until : Instant.now().truncatedTo(ChronoUnit.HOURS),
                    seed);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(commandSpec().commandLine(), e.getMessage());
        }
    }

    private CommandSpec commandSpec() {
        return Objects.requireNonNull(spec);
    }
}
