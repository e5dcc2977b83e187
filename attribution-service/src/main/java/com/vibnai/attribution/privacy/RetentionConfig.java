package com.vibnai.attribution.privacy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.OptionalInt;

/** When records lose what tells whose they are. Off unless {@link #days()} is set. */
@ConfigMapping(prefix = "attribution.retention")
public interface RetentionConfig {

    /** Days after the signup, 1 to 36,500. */
    OptionalInt days();

    /** How often a run starts. */
    @WithDefault("1H")
    Duration every();

    /** Records of one transaction, 1 to 10,000. */
    @WithDefault("500")
    @Min(1)
    @Max(10000)
    int batch();
}
