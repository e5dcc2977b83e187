package com.vibnai.umami.source.api;

import com.vibnai.umami.source.SourceConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Refuses to start with an API that nothing lets us into. */
@Singleton
class ApiStart {

    void check(@Observes StartupEvent started, SourceConfig source, ApiConfig api) {
        boolean hasLogin = api.username().isPresent() && api.password().isPresent();
        if (source.source() == SourceConfig.Kind.API && api.key().isEmpty() && !hasLogin) {
            throw new IllegalStateException(
                    "umami.source=api needs umami.api.key, or umami.api.username and umami.api.password.");
        }
    }
}
