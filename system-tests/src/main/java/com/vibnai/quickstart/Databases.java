package com.vibnai.quickstart;

import com.vibnai.testkit.TestDatabase;
import com.vibnai.testkit.TestPostgres;
import com.vibnai.testkit.umami.UmamiSchema;
import java.util.UUID;

/**
 * An embedded PostgreSQL with the two databases, and a role that may read Umami's and nothing else.
 *
 * @param readerPassword of the role {@code umami_reader}
 */
record Databases(TestDatabase attribution, TestDatabase umami, UUID websiteId, String readerPassword) {

    static Databases start() {
        TestPostgres server = TestPostgres.shared();
        TestDatabase attribution = server.createDatabase("attribution");
        TestDatabase umami = server.createDatabase("umami");
        UmamiSchema.V3_1.create(umami);
        UUID website = UmamiSchema.addWebsite(umami, "Demo", "localhost");
        String password = Keys.token();
        umami.execute("CREATE ROLE umami_reader LOGIN PASSWORD '" + password + "';"
                + "GRANT SELECT ON website_event, session, website, event_data, session_data TO umami_reader");
        return new Databases(attribution, umami, website, password);
    }

    /** Address with the owner's credentials, in the form that psql and both drivers take. */
    static String url(TestDatabase database) {
        return database.reactiveUrl() + "?user=" + database.user() + "&password=" + database.password();
    }
}
