package com.vibnai.testkit.generator;

import static org.assertj.core.api.Assertions.assertThat;

import com.vibnai.testkit.TestDatabase;
import com.vibnai.testkit.TestPostgres;
import com.vibnai.testkit.umami.UmamiSchema;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class GenerateCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine command =
            GenerateCommand.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));

    @Test
    void fillsADatabaseThatIsThere(@TempDir Path folder) throws IOException {
        try (TestDatabase database = TestPostgres.shared().createDatabase("command")) {
            UmamiSchema.V3_1.create(database);
            Path links = folder.resolve("links.ndjson");

            int code = command.execute(
                    "--events=3000",
                    "--url",
                    database.jdbcUrl(),
                    "--links",
                    links.toString(),
                    "--until=2026-11-01T00:00:00Z");

            assertThat(err.toString()).contains("statistics");
            assertThat(code).isZero();
            assertThat(out.toString()).contains("3,000 events in").contains("for example user-");
            assertThat(Files.readAllLines(links))
                    .isNotEmpty()
                    .allMatch(line -> line.contains("\"session_id\":\"") && line.contains("\"kind\":\""));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "--events=0, events has to be",
        "--identified=2, share has to be",
        "--months=0, months has to be",
        "--x, Unknown"
    })
    void saysWhatIsWrongWithAnOption(String option, String sentence) {
        int code = command.execute(option);

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains(sentence);
    }

    @Test
    void saysInOneLineThatADatabaseCannotBeReached() {
        int code = command.execute("--url=jdbc:postgresql://localhost:1/none");

        assertThat(code).isEqualTo(1);
        assertThat(err.toString().strip().lines()).hasSize(1);
    }
}
