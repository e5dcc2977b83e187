package com.vibnai.attribution.channel;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import java.util.Optional;

/** By which rules touches are classified. */
@ConfigMapping(prefix = "attribution.channels")
public interface ChannelConfig {

    /**
     * A YAML file with rules and sources of your own (docs/channels.md). It is read at start; a file that is missing or wrong
     * stops the start with the line that is wrong.
     */
    Optional<Path> rulesFile();

    /** Records that a re-classification reads and writes at once, 1 to 10,000. */
    @WithDefault("500")
    @Min(1)
    @Max(10000)
    int batch();
}
