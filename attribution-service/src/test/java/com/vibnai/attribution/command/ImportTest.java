package com.vibnai.attribution.command;

import static com.vibnai.attribution.Api.newUser;
import static com.vibnai.attribution.Api.record;
import static com.vibnai.attribution.Api.signUp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.vibnai.attribution.AttributionStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The import against the service itself. */
@QuarkusTest
@QuarkusTestResource(AttributionStack.class)
class ImportTest {

    private final StringWriter err = new StringWriter();

    @TestHTTPResource("/")
    URI service;

    @TempDir
    Path folder;

    @Test
    void bringsAnExistingTableOfUsersIn() throws IOException {
        // Given
        String known = newUser();
        String ada = newUser();
        String bob = newUser();
        signUp(Map.of("user_id", known, "utm_source", "twitter")).statusCode(201);
        Path file = Files.writeString(
                folder.resolve("users.csv"),
                "id,created,src,email,seen\n"
                        + ada + ",2025-01-02T03:04:05Z,google,ada@example.com,2025-01-01T00:00:00Z\n"
                        + bob + ",2025-02-03T04:05:06Z,,bob@example.com,\n"
                        + known + ",2025-02-03T04:05:06Z,google,eve@example.com,\n"
                        + newUser() + ",yesterday,google,x@example.com,\n"
                        + ",2025-02-03T04:05:06Z,google,y@example.com,\n");
        CommandLine line = AttributionCommand.line();
        line.setErr(new PrintWriter(err, true));

        // When
        int exit = line.execute(
                "import",
                "--file",
                file.toString(),
                "--map",
                "user_id=id,signed_up_at=created,utm_source=src,first_seen_at=seen",
                "--url",
                service.toString(),
                "--key",
                AttributionStack.SERVER_KEY,
                "--batch",
                "2");

        // Then
        assertThat(exit).as(err.toString()).isZero();
        assertThat(err.toString()).contains("5 rows: 2 created, 1 there already, 2 rejected");
        record(ada)
                .statusCode(200)
                .body("first_touch.utm_source", equalTo("google"))
                .body("signed_up_at", equalTo("2025-01-02T03:04:05Z"));
        record(bob).statusCode(200);
        record(known).body("first_touch.utm_source", equalTo("twitter"));
        assertThat(Files.readAllLines(Path.of(file + ".rejects.csv")))
                .hasSize(3)
                .anySatisfy(row -> assertThat(row).startsWith("4,400,").contains("signed_up_at"))
                .anySatisfy(row -> assertThat(row).startsWith("5,400,").contains("user_id"));
    }
}
