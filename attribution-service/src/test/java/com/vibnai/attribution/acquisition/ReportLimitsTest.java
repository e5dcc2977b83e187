package com.vibnai.attribution.acquisition;

import static com.vibnai.attribution.Api.reader;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.notNullValue;

import com.vibnai.attribution.AttributionStack;
import com.vibnai.attribution.Sql;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a report may cost, and what is said where it would cost more. */
@QuarkusTest
@QuarkusTestResource(AttributionStack.class)
@TestProfile(CountedByHand.class)
class ReportLimitsTest {

    private static final String REPORT = "/v1/reports/acquisition?from=2026-03-01&to=2026-03-04";

    private final DataSource database;
    private final Counting counting;
    private final ReportsConfig config;

    ReportLimitsTest(DataSource database, Counting counting, ReportsConfig config) {
        this.database = database;
        this.counting = counting;
        this.config = config;
    }

    @BeforeEach
    void empty() throws SQLException {
        Sql.execute(database, "DELETE FROM conversions; DELETE FROM attributions");
        count();
    }

    private void count() {
        counting.pass().await().atMost(Duration.ofMinutes(1));
    }

    private static void refused(Response answer, String detail) {
        answer.then()
                .statusCode(503)
                .contentType("application/problem+json")
                .header("Retry-After", notNullValue())
                .body("detail", containsString(detail));
    }

    @Test
    void asksToComeBackWhenTooManySignupsAreNotCountedYet() throws SQLException {
        // Given
        Sql.execute(
                database,
                "INSERT INTO attributions (user_id, click_ids, direct, trust, source, signed_up_at)"
                        + " SELECT 'many-' || n, '{}', true, 'server', 'server', '2026-03-02T10:00:00Z'"
                        + " FROM generate_series(1, " + (config.uncounted() + 1) + ") AS n");

        // When
        Response before = reader().get(REPORT);
        count();
        Response after = reader().get(REPORT);

        // Then
        refused(before, "count");
        after.then().statusCode(200);
        assertThat((Integer) after.path("totals.signups")).isEqualTo(config.uncounted() + 1);
    }

    @Test
    void refusesOneMoreThanAreMadeAtOnceAndGivesUpOnWhatTakesTooLong() throws SQLException {
        try (Connection lock = database.getConnection();
                Statement statement = lock.createStatement()) {
            // Given
            lock.setAutoCommit(false);
            statement.execute("LOCK TABLE acquisition_days");

            // When
            List<CompletableFuture<Response>> reports = Stream.generate(() ->
                            CompletableFuture.supplyAsync(() -> reader().get(REPORT), task -> new Thread(task).start()))
                    .limit(config.concurrent() + 1)
                    .toList();
            Response first = (Response) CompletableFuture.anyOf(reports.toArray(CompletableFuture[]::new))
                    .join();
            List<Response> all = reports.stream().map(CompletableFuture::join).toList();

            // Then
            refused(first, "Too many reports");
            assertThat(all).allSatisfy(answer -> refused(answer, ""));
            assertThat(all)
                    .filteredOn(answer -> answer.asString().contains("Too many reports"))
                    .hasSize(1);
            lock.rollback();
        }
        reader().get(REPORT).then().statusCode(200);
    }
}
