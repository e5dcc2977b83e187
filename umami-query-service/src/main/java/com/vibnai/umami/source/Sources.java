package com.vibnai.umami.source;

import com.vibnai.umami.source.api.ApiSource;
import com.vibnai.umami.source.database.DatabaseSource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;

/** Picks the source that the configuration asks for; the other one is never made. */
final class Sources {

    @Produces
    @ApplicationScoped
    EventSource source(SourceConfig config, Instance<DatabaseSource> database, Instance<ApiSource> api) {
        return switch (config.source()) {
            case DATABASE -> database.get();
            case API -> api.get();
        };
    }
}
