package com.vibnai.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import com.vibnai.chaos.Ledger.Difference;
import com.vibnai.testkit.TestDatabase;
import com.vibnai.testkit.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private final Ledger ledger = new Ledger();
    private TestDatabase database;

    @BeforeEach
    void createTable() {
        database = TestPostgres.shared().createDatabase("ledger");
        database.execute("CREATE TABLE attributions (user_id text, utm_campaign text)");
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void findsNothingWhenEveryAcknowledgedSignupIsThere() throws SQLException {
        // Given
        ledger.sending("ann", "spring");
        ledger.acknowledge("ann", "spring");
        database.execute("INSERT INTO attributions VALUES ('ann', 'spring')");

        // When
        Difference difference = compare();

        // Then
        assertThat(difference).isEqualTo(new Difference(1, 0, 0, 0, 0));
        assertThat(difference.none()).isTrue();
    }

    @Test
    void findsWhatIsMissingChangedDoubledAndInvented() throws SQLException {
        // Given
        for (String user : new String[] {"missing", "changed", "doubled"}) {
            ledger.sending(user, "spring");
            ledger.sending(user, "summer");
            ledger.acknowledge(user, "spring");
        }
        database.execute("INSERT INTO attributions VALUES ('changed', 'summer'), ('doubled', 'spring'),"
                + " ('doubled', 'spring'), ('unknown', 'winter')");

        // When
        Difference difference = compare();

        // Then
        assertThat(difference).isEqualTo(new Difference(3, 1, 1, 1, 1));
        assertThat(difference.none()).isFalse();
    }

    @Test
    void aSignupThatGotNoAnswerMayBeThereOrNot() throws SQLException {
        // Given
        ledger.sending("stored", "spring");
        ledger.sending("lost", "spring");
        database.execute("INSERT INTO attributions VALUES ('stored', 'spring')");

        // When
        Difference difference = compare();

        // Then
        assertThat(difference.none()).isTrue();
    }

    @Test
    void noticesThatTheServiceSaysSomethingElseThanBefore() {
        // Given
        ledger.acknowledge("ann", "spring");

        // When
        boolean same = ledger.acknowledge("ann", "summer");

        // Then
        assertThat(same).isFalse();
    }

    private Difference compare() throws SQLException {
        try (Connection connection = database.connect()) {
            return ledger.compare(connection);
        }
    }
}
