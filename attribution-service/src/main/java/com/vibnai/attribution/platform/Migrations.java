package com.vibnai.attribution.platform;

import io.quarkus.flyway.FlywayConfigurationCustomizer;
import jakarta.inject.Singleton;
import java.util.Map;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Replicas that start together wait for each other under a lock of the session. Flyway's usual lock is an open transaction,
 * for whose end CREATE INDEX CONCURRENTLY would wait for ever.
 */
@Singleton
public class Migrations implements FlywayConfigurationCustomizer {

    /** The settings of Flyway that the migrations need. */
    public static final Map<String, String> SETTINGS = Map.of("flyway.postgresql.transactional.lock", "false");

    @Override
    public void customize(FluentConfiguration configuration) {
        configuration.configuration(SETTINGS);
    }
}
