package com.vibnai.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.vibnai.stage.StageFailure;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MeasurementTest {

    @Test
    void takesTheMedianOfTheRatiosAndNotTheRatioOfTheMedians() {
        // Given
        Series series = new Series("name", "requests/s", "reference", 1.3, true);
        series.add(100, 50);
        series.add(90, 90);
        series.add(300, 100);

        // When
        JsonObject json = series.json();

        // Then
        assertThat(json.getDouble("ratio_median")).isEqualTo(2.0);
        assertThat(json.getDouble("ratio_min")).isEqualTo(1.0);
        assertThat(json.getDouble("ratio_max")).isEqualTo(3.0);
        assertThat(json.getBoolean("met")).isTrue();
        assertThat(json.getJsonArray("rounds")).hasSize(3);
    }

    @Test
    void aBoundThatIsExceededIsNotMet() {
        // Given
        Series series = new Series("p99", "ms", "the bound", 1.0, false);
        series.add(51, 50);

        // When
        JsonObject json = series.json();

        // Then
        assertThat(json.getBoolean("met")).isFalse();
    }

    @Test
    void aPartMeasuredAgainReplacesOnlyItself(@TempDir Path folder) throws Exception {
        // Given
        Path file = folder.resolve("results.json");
        List<String> order = List.of("ingest", "query");
        Results first = new Results(file, order, new JsonObject().put("commit", "one"));
        first.add(new Series("trail", "requests/s", "pgbench", null, true)).add(1, 2);
        first.write("query");
        first.add(new Series("signup", "requests/s", "pgbench", null, true)).add(1, 2);
        first.write("ingest");

        // When
        Results second = new Results(file, order, new JsonObject().put("commit", "two"));
        second.add(new Series("funnel", "requests/s", "pgbench", null, true)).add(1, 2);
        second.write("query");

        // Then
        String markdown = Report.markdown(new JsonObject(Files.readString(file)), "plots/");
        assertThat(markdown)
                .containsSubsequence("### ingest", "commit one", "| signup |", "### query", "commit two", "| funnel |")
                .contains("(plots/query.svg)")
                .doesNotContain("trail");
    }

    @Test
    void countsOnlySuccessesOfWrk() {
        // Given
        String output =
                "Running 1s test\nwrk-result {\"requests\":100,\"failed\":20,\"micros\":2000000,\"p50\":1500,\"p99\":9000}\n";

        // When
        Wrk.Load load = Wrk.parse(output);

        // Then
        assertThat(load.perSecond()).isCloseTo(40, within(0.001));
        assertThat(load.failed()).isEqualTo(20);
        assertThat(load.p99()).isEqualTo(9.0);
    }

    @Test
    void refusesAReferenceWithFailedTransactions() {
        // Given
        String output = "number of failed transactions: 3 (1.0%)\ntps = 100.5 (without initial connection time)\n";

        // When, Then
        assertThat(Pgbench.parse(output.replace(": 3", ": 0"))).isEqualTo(100.5);
        assertThatThrownBy(() -> Pgbench.parse(output)).isInstanceOf(StageFailure.class);
    }

    @Test
    void putsLoggedParametersBackIntoTheStatement() {
        // Given
        String sql = "SELECT * FROM website_event WHERE session_id = ANY($1::uuid[]) AND created_at < $2 AND url = $10";

        // When
        String bound = CapturedSql.bind(sql, "Parameters: $1 = '{a,b}', $2 = NULL, $10 = 'it''s $1 at 10:00'");

        // Then
        assertThat(bound)
                .isEqualTo("SELECT * FROM website_event WHERE session_id = ANY(E'{a,b}'::uuid[]) AND created_at < NULL"
                        + " AND url = E'it''s $1 at 10\\x3a00'");
    }

    @Test
    void aStatementWhoseParameterWasNotLoggedIsNoReference() {
        // When, Then
        assertThatThrownBy(() -> CapturedSql.bind("SELECT $1", "")).isInstanceOf(StageFailure.class);
    }
}
