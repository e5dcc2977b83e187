package com.vibnai.attribution.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.vibnai.attribution.AttributionStack;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class KeysCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = AttributionCommand.line();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    @Test
    void makesAKeyAndSaysWhatToSet() {
        int exit = run("keys", "new", "--name", "server", "--scopes", "read,ingest");

        assertThat(exit).isZero();
        Matcher key = Pattern.compile("sk_[0-9a-f]{64}").matcher(out.toString());
        assertThat(key.find()).isTrue();
        assertThat(out.toString())
                .contains("ATTRIBUTION_API_KEYS_SERVER_DIGEST=" + AttributionStack.sha256(key.group()))
                .contains("ATTRIBUTION_API_KEYS_SERVER_SCOPES=ingest,read");
    }

    @Test
    void makesAnotherKeyEachTime() {
        run("keys", "new", "--name", "a", "--scopes", "read");
        String first = out.toString();
        out.getBuffer().setLength(0);
        run("keys", "new", "--name", "a", "--scopes", "read");

        assertThat(out.toString()).isNotEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "keys new",
                "keys new --name a",
                "keys new --name a --scopes everything",
                "keys new --name a.b --scopes read",
                "nonsense",
                "--nonsense"
            })
    void refusesWrongArguments(String arguments) {
        assertThat(run(arguments.split(" "))).isEqualTo(2);
        assertThat(err.toString()).isNotBlank();
        assertThat(out.toString()).doesNotContain("sk_");
    }

    @Test
    void digestsAKeyOfTheInput() {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream("sk_test_server\n".getBytes(StandardCharsets.UTF_8)));
            assertThat(run("keys", "digest")).isZero();
        } finally {
            System.setIn(before);
        }

        assertThat(out.toString().strip()).isEqualTo(AttributionStack.sha256("sk_test_server"));
    }

    @Test
    void explainsItself() {
        assertThat(run("--help")).isZero();

        assertThat(out.toString()).contains("keys").contains("Without a command it serves");
    }
}
