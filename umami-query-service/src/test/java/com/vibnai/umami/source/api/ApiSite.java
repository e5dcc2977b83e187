package com.vibnai.umami.source.api;

import com.vibnai.testkit.TestDatabase;
import com.vibnai.testkit.TestPostgres;
import com.vibnai.testkit.umami.UmamiSchema;
import com.vibnai.testkit.umami.UmamiStandIn;
import com.vibnai.testkit.umami.api.ApiOptions;
import com.vibnai.umami.platform.QueryConfig;
import com.vibnai.umami.source.EventSourceContract.World;
import com.vibnai.umami.source.UmamiRows;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import java.net.URI;

/** A Umami with its API. */
public record ApiSite(TestDatabase database, UmamiRows rows, UmamiStandIn umami) implements AutoCloseable {

    static ApiSite start(UmamiSchema schema, ApiOptions options) {
        TestDatabase database = TestPostgres.shared().createDatabase("umami");
        schema.create(database);
        return new ApiSite(
                database,
                new UmamiRows(database),
                UmamiStandIn.start(UmamiStandIn.Options.on(database.jdbcUrl()).with(options)));
    }

    /** One that answers any number of calls. */
    public static ApiSite start(UmamiSchema schema) {
        return start(schema, ApiOptions.fresh());
    }

    /** A source on it, and its rows. */
    public World world(QueryConfig query) {
        return new World(source(TestApiConfig.login(url("/api")), query), rows);
    }

    static ApiSource source(ApiConfig config, QueryConfig query) {
        UmamiApi client = QuarkusRestClientBuilder.newBuilder()
                .baseUri(URI.create(config.url()))
                .build(UmamiApi.class);
        return new ApiSource(new ApiReader(new ApiCalls(client, config, query), config), config);
    }

    String url(String base) {
        return umami.url() + base;
    }

    @Override
    public void close() {
        umami.close();
        database.close();
    }
}
