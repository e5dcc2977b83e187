package com.vibnai.attribution.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The import against a server that answers as the batch call does, and fails when it is told to. */
class ImportCommandTest {

    private final StringWriter err = new StringWriter();
    private final Map<String, JsonObject> stored = Collections.synchronizedMap(new LinkedHashMap<>());
    private final List<Integer> failures = Collections.synchronizedList(new ArrayList<>());
    private final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;

    @TempDir
    Path folder;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/attributions/batch", this::batch);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void batch(HttpExchange exchange) throws IOException {
        JsonArray entries = new JsonArray(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        int status = failures.isEmpty() ? 200 : failures.remove(0);
        JsonObject answer = status == 200 ? answer(entries) : new JsonObject().put("detail", "told to fail");
        byte[] body = answer.encode().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private JsonObject answer(JsonArray entries) {
        sizes.add(entries.size());
        JsonArray items = new JsonArray();
        for (int i = 0; i < entries.size(); i++) {
            JsonObject entry = entries.getJsonObject(i);
            String user = entry.getString("user_id");
            JsonObject item = new JsonObject().put("index", i);
            if (user == null || user.isBlank()) {
                item.put("status", 400)
                        .put(
                                "errors",
                                new JsonArray()
                                        .add(new JsonObject()
                                                .put("field", "user_id")
                                                .put("message", "must not be blank")));
            } else {
                item.put("status", stored.putIfAbsent(user, entry) == null ? 201 : 200);
            }
            items.add(item);
        }
        return new JsonObject().put("items", items);
    }

    private int run(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "import", "--url", "http://localhost:" + server.getAddress().getPort(), "--key", "sk_test"));
        arguments.addAll(List.of(more));
        CommandLine line = AttributionCommand.line();
        line.setErr(new PrintWriter(err, true)).setOut(new PrintWriter(err, true));
        return line.execute(arguments.toArray(String[]::new));
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private List<String> rejects(Path file) throws IOException {
        return Files.readAllLines(Path.of(file + ".rejects.csv"));
    }

    @Test
    void sendsTheMappedColumnsOfACsvFileAndNoOthers() throws IOException {
        Path file = file("users.csv", """
                \uFEFFid,email,first_source,note,website,session
                42,ada@example.com,google,"a, ""quoted""
                note",w1,s1
                43,bob@example.com,,,,
                """);

        int exit = run(
                "--file",
                file.toString(),
                "--map",
                "user_id=id,utm_source=first_source",
                "--map",
                "umami.website_id=website,umami.session_id=session,utm_term=note");

        assertThat(exit).isZero();
        assertThat(stored).containsOnlyKeys("42", "43");
        assertThat(stored.get("42"))
                .isEqualTo(new JsonObject()
                        .put("user_id", "42")
                        .put("utm_source", "google")
                        .put("umami", new JsonObject().put("website_id", "w1").put("session_id", "s1"))
                        .put("utm_term", "a, \"quoted\"\nnote"));
        assertThat(stored.get("43")).isEqualTo(new JsonObject().put("user_id", "43"));
        assertThat(err.toString())
                .contains("2 rows: 2 created, 0 there already, 0 rejected")
                .contains("Done.");
    }

    @Test
    void readsOneObjectALine() throws IOException {
        Path file = file("users.ndjson", """
                {"id": 42, "src": "google", "nested": {"x": 1}, "none": null}

                {"id": "43"}
                """);

        assertThat(run("--file", file.toString(), "--map", "user_id=id,utm_source=src,utm_term=nested"))
                .isZero();

        assertThat(stored.get("42"))
                .isEqualTo(new JsonObject().put("user_id", "42").put("utm_source", "google"));
        assertThat(stored).containsKey("43");
    }

    @Test
    void reportsRejectedRowsWithReasons() throws IOException {
        Path file = file("users.csv", "id,src\n1,a\n,b\n3\n4,c,d\n5,e\n");

        assertThat(run("--file", file.toString(), "--map", "user_id=id,utm_source=src", "--batch", "2"))
                .isZero();

        assertThat(stored).containsOnlyKeys("1", "5");
        assertThat(rejects(file))
                .containsExactly(
                        "row,status,reason,sent",
                        "2,400,\"user_id must not be blank\",\"{\"\"utm_source\"\":\"\"b\"\"}\"",
                        "3,,\"has 1 values, the header 2\",",
                        "4,,\"has 3 values, the header 2\",");
        assertThat(err.toString()).contains("5 rows: 2 created, 0 there already, 3 rejected");
    }

    @Test
    void reportsLinesThatAreNoObject() throws IOException {
        Path file = file("users.jsonl", "{\"id\":\"1\"}\n[1]\noops\n");

        assertThat(run("--file", file.toString(), "--map", "user_id=id")).isZero();

        assertThat(rejects(file)).contains("2,,\"is no JSON object\",", "3,,\"is not JSON\",");
    }

    @Test
    void triesAgainWhileTheServiceIsBusy() throws IOException {
        failures.addAll(List.of(503, 429));
        Path file = file("users.csv", "id\n1\n2\n");

        assertThat(run("--file", file.toString(), "--map", "user_id=id")).isZero();

        assertThat(stored).containsOnlyKeys("1", "2");
    }

    @Test
    void goesOnWhereItWasCutOff() throws IOException {
        // Given
        StringBuilder rows = new StringBuilder("id,src\n");
        for (int i = 1; i <= 10; i++) {
            rows.append(i == 4 ? "" : Integer.toString(i)).append(",x\n");
        }
        Path file = file("users.csv", rows.toString());
        failures.addAll(List.of(200, 200, 403));
        assertThat(run("--file", file.toString(), "--map", "user_id=id", "--batch", "2"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("403: told to fail").contains("--resume goes on");
        Files.writeString(
                Path.of(file + ".rejects.csv"), Files.readString(Path.of(file + ".rejects.csv")) + "half a li");

        // When
        assertThat(run("--file", file.toString(), "--map", "user_id=id", "--batch", "2", "--resume"))
                .isZero();

        // Then
        assertThat(stored).hasSize(9);
        assertThat(sizes).containsExactly(2, 2, 2, 2, 2);
        assertThat(rejects(file)).hasSize(2).last().asString().startsWith("4,400,");
        assertThat(err.toString()).contains("10 rows: 9 created, 0 there already, 1 rejected");
    }

    @Test
    void resumesNoOtherImport() throws IOException {
        Path file = file("users.csv", "id,other\n1,2\n");
        assertThat(run("--file", file.toString(), "--map", "user_id=id", "--resume"))
                .isEqualTo(2);
        run("--file", file.toString(), "--map", "user_id=id");

        assertThat(run("--file", file.toString(), "--map", "user_id=other", "--resume"))
                .isEqualTo(2);

        assertThat(stored).containsOnlyKeys("1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--map user_id=id",
                "--file missing.csv --map user_id=id",
                "--file users.csv",
                "--file users.csv --map utm_source=src",
                "--file users.csv --map user_id=",
                "--file users.csv --map user_id=id --batch 0",
                "--file users.csv --map user_id=id --format xml",
                "--file users.txt --map user_id=id"
            })
    void refusesWrongArguments(String arguments) throws IOException {
        file("users.csv", "id\n1\n");
        file("users.txt", "id\n1\n");
        String[] words = arguments.replace("--file ", "--file " + folder + "/").split(" ");

        assertThat(run(words)).isEqualTo(2);

        assertThat(stored).isEmpty();
        assertThat(err.toString()).isNotBlank();
    }
}
